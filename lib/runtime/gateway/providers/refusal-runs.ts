import type { ProviderRefusal } from '../errors/provider-refusal';

/** The consecutive refusals after which a provider, or one of its models, leaves. */
export const REFUSALS_TO_LEAVE = 5;

/** The shortest time that they take, so that a disturbance of a moment is none. */
export const LASTING_MS = 10_000;

/** After this time without a refusal, the next one begins a new run: what was refused hours ago says nothing of the present. */
export const PAUSE_MS = 60_000;

/** What a call of a provider's model showed. Any other failure shows nothing, and isn't recorded. */
export interface Outcome {
  readonly provider: string;
  readonly model: string;
  readonly at: number;
  /** None if the provider answered. */
  readonly refusal?: ProviderRefusal;
  /** Whether the gateway made the call itself, with nothing that a caller sent. */
  readonly byProbe: boolean;
}

/** Consecutive refusals, without an answer or a pause of {@link PAUSE_MS} between them. */
export interface RefusalRun {
  readonly refusals: number;
  readonly probes: number;
  /** Whether a probe was refused access, so that this isn't about the content of a caller. */
  readonly isProbedDenied: boolean;
  /** When the first probe was refused; none if none was. */
  readonly probedAt?: number;
  readonly lastAt: number;
  readonly models: ReadonlySet<string>;
  readonly kinds: ReadonlySet<ProviderRefusal>;
}

/** A provider, or one of its models, that leaves. */
export interface Departure {
  readonly provider: string;
  /** None if the whole provider leaves. */
  readonly model?: string;
  readonly run: RefusalRun;
}

/**
 * The refusals of each provider and model, over all requests of a process.
 *
 * A provider leaves after {@link REFUSALS_TO_LEAVE} consecutive refusals. They must be of two models, or none may be one of access, which
 * can be about a model. The last one must be the answer to a probe, and so must one that is at least {@link LASTING_MS} older: no
 * caller decides when a provider leaves, nor how long it has refused. A model leaves by its own refusals, in the same way.
 */
export class RefusalRuns {
  private readonly runs = new Map<string, RefusalRun>();

  /** Records an outcome; what leaves by it. */
  public record({ provider, model, at, refusal, byProbe }: Outcome): Departure | undefined {
    const keys = [provider, keyOf(provider, model)] as const;
    if (refusal === undefined) {
      for (const key of keys) this.runs.delete(key);
      return undefined;
    }
    const [ofProvider, ofModel] = keys.map((key) => {
      const run = extended(this.runs.get(key), { model, at, refusal, byProbe });
      this.runs.set(key, run);
      return run;
    }) as [RefusalRun, RefusalRun];
    if (!byProbe) return undefined;
    if (isLasting(ofProvider, at) && (ofProvider.models.size > 1 || !ofProvider.kinds.has('access')))
      return { provider, run: ofProvider };
    return isLasting(ofModel, at) ? { provider, model, run: ofModel } : undefined;
  }

  /** The refusals of a provider without an answer since; undefined if there are none. */
  public of(provider: string): RefusalRun | undefined {
    return this.runs.get(provider);
  }

  /** Whether a probe of the model was refused access in its present run. */
  public isProbedDenied(provider: string, model: string, at: number): boolean {
    const run = this.runs.get(keyOf(provider, model));
    return run !== undefined && !isOver(run, at) && run.isProbedDenied;
  }

  /** Forgets the refusals of a provider and its models, because a person has readmitted it, or of one model. */
  public forget(provider: string, model?: string): void {
    if (model !== undefined) this.runs.delete(keyOf(provider, model));
    else
      for (const key of this.runs.keys())
        if (key === provider || key.startsWith(`${provider}\n`)) this.runs.delete(key);
  }
}

/** No name has a line feed. */
const keyOf = (provider: string, model: string) => `${provider}\n${model}`;

function extended(
  before: RefusalRun | undefined,
  { model, at, refusal, byProbe }: Pick<Outcome, 'model' | 'at' | 'byProbe'> & { readonly refusal: ProviderRefusal },
): RefusalRun {
  const run = before === undefined || isOver(before, at) ? undefined : before;
  // A clock that was set back must not keep the time from passing.
  const probedAt = byProbe ? Math.min(run?.probedAt ?? at, at) : run?.probedAt;
  return {
    refusals: (run?.refusals ?? 0) + 1,
    probes: (run?.probes ?? 0) + (byProbe ? 1 : 0),
    isProbedDenied: run?.isProbedDenied === true || (byProbe && refusal === 'access'),
    ...(probedAt !== undefined && { probedAt }),
    lastAt: at,
    models: new Set([...(run?.models ?? []), model]),
    kinds: new Set([...(run?.kinds ?? []), refusal]),
  };
}

const isOver = ({ lastAt }: RefusalRun, at: number) => at - lastAt > PAUSE_MS;

const isLasting = ({ refusals, probedAt = Number.POSITIVE_INFINITY }: RefusalRun, at: number) =>
  refusals >= REFUSALS_TO_LEAVE && at - probedAt >= LASTING_MS;
