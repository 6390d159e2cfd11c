import type { ProviderRefusal } from '../errors/provider-refusal';

/** The consecutive refusals after which a provider, or one of its models, leaves. */
export const REFUSALS_TO_LEAVE = 5;

/** The shortest time that they take, so that a disturbance of a moment is none. */
export const LASTING_MS = 10_000;

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

/** Consecutive refusals, without an answer between them. */
export interface RefusalRun {
  readonly refusals: number;
  readonly probes: number;
  readonly since: number;
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
 * A provider leaves after {@link REFUSALS_TO_LEAVE} consecutive refusals that last {@link LASTING_MS}. They must be of two models, or none may
 * be one of access, which can be about a model. At least one of them must be the answer to a probe, so that no caller's request has
 * a part in it. A model leaves by its own refusals, with the same number, time and probe.
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
    if (isLasting(ofProvider, at) && (ofProvider.models.size > 1 || !ofProvider.kinds.has('access')))
      return { provider, run: ofProvider };
    return isLasting(ofModel, at) ? { provider, model, run: ofModel } : undefined;
  }

  /** The refusals of a provider without an answer since; undefined if there are none. */
  public of(provider: string): RefusalRun | undefined {
    return this.runs.get(provider);
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
  run: RefusalRun | undefined,
  { model, at, refusal, byProbe }: Pick<Outcome, 'model' | 'at' | 'byProbe'> & { readonly refusal: ProviderRefusal },
): RefusalRun {
  return {
    refusals: (run?.refusals ?? 0) + 1,
    probes: (run?.probes ?? 0) + (byProbe ? 1 : 0),
    // A clock that was set back must not keep the time from passing.
    since: Math.min(run?.since ?? at, at),
    models: new Set([...(run?.models ?? []), model]),
    kinds: new Set([...(run?.kinds ?? []), refusal]),
  };
}

const isLasting = ({ refusals, probes, since }: RefusalRun, at: number) =>
  refusals >= REFUSALS_TO_LEAVE && probes > 0 && at - since >= LASTING_MS;
