import type { AnyDestination } from '../../../boundary/server';
import type { DepartureKind, LeftState } from '../../../contract/provider-state';
import { type ProviderRefusal, refusalOf } from '../errors/provider-refusal';
import { classify } from '../errors/upstream-failure';
import { KnownStates, type KnownStatesOptions } from './known-states';
import { modelName, providerNames, stateNames } from './provider-names';
import { type Departure, LASTING_MS, RefusalRuns } from './refusal-runs';
import type { StatesFault } from './states-fault';

/** Calls a destination with fixed content. It rejects as a request of a caller would. */
export type Probe = (destination: AnyDestination) => Promise<unknown>;

/** What a watch writes to the log. */
export type ProviderEvent =
  | ({ readonly event: 'provider-left' } & Omit<LeftState, 'generation'>)
  | { readonly event: 'provider-readmitted'; readonly name: string }
  | ({ readonly event: 'provider-states-failed' } & StatesFault);

export interface ProviderWatchOptions extends Pick<KnownStatesOptions, 'states' | 'everyMs' | 'waitMs'> {
  /** Every destination of the process. */
  readonly destinations: readonly AnyDestination[];
  /** @default - nothing is logged */
  readonly log?: (event: ProviderEvent) => void;
  /** @default - no metric */
  readonly counted?: (out: number) => void;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** The other models of a provider that a round of probes calls at most, after the one that refused. */
const OTHERS = 2;

/**
 * Watches how providers answer, over all requests of a process, and takes those out of use that refuse the gateway itself. After a
 * refusal it calls the provider with content of its own, at most once in {@link LASTING_MS}: a refusal that only a caller's content
 * causes, or that concerns one model, is then followed by an answer.
 */
export class ProviderWatch {
  private readonly runs = new RefusalRuns();
  private readonly known: KnownStates;
  private readonly suspects = new Map<string, AnyDestination>();
  private readonly rounds = new Map<string, number>();
  private readonly probing = new Set<Promise<void>>();

  constructor(private readonly options: ProviderWatchOptions) {
    const { states, destinations, everyMs, waitMs, log, counted = () => {} } = options;
    this.known = new KnownStates({
      states,
      names: stateNames(destinations),
      everyMs,
      waitMs,
      counted,
      failed: (fault) => log?.({ event: 'provider-states-failed', ...fault }),
      readmitted: (name) => {
        const slash = name.indexOf('/');
        if (slash < 0) this.runs.forget(name);
        else this.runs.forget(name.slice(0, slash), name.slice(slash + 1));
        log?.({ event: 'provider-readmitted', name });
      },
    });
  }

  /** Learns what other processes took out of use, and what a person readmitted. */
  public refresh(): Promise<void> {
    return this.known.refresh(this.now());
  }

  /** Why a destination is out of use: its provider has left, or its model; undefined if it is in use. */
  public leftOf(destination: AnyDestination): LeftState | undefined {
    const names = providerNames(destination);
    return names && (this.known.of(names.provider) ?? this.known.of(modelName(names)));
  }

  /** Whether a probe shows that a destination's 403 isn't about the content of a caller. */
  public deniesProbes(destination: AnyDestination): boolean {
    const names = providerNames(destination);
    return names !== undefined && this.runs.isProbedDenied(names.provider, names.model, this.now().getTime());
  }

  /** Notes that a destination answered. */
  public answered(destination: AnyDestination): void {
    this.record(destination, undefined, false);
  }

  /** Notes how a call of a caller failed. */
  public failed(destination: AnyDestination, error: unknown): void {
    const refusal = refusalOf(error);
    const provider = providerNames(destination)?.provider;
    if (refusal === undefined || provider === undefined) return;
    this.suspects.set(provider, destination);
    this.record(destination, refusal, false);
  }

  /**
   * Probes the providers that have refused a call, in the background.
   *
   * @param destinations those that the request's tenant may use
   */
  public check(probe: Probe, destinations: readonly AnyDestination[]): void {
    const now = this.now().getTime();
    for (const [provider, suspect] of this.suspects) {
      this.suspects.delete(provider);
      const last = this.rounds.get(provider) ?? Number.NEGATIVE_INFINITY;
      if (this.leftOf(suspect) !== undefined || (now >= last && now - last < LASTING_MS)) continue;
      this.rounds.set(provider, now);
      const round = this.probe(probe, suspect, this.othersOf(provider, suspect, destinations));
      this.probing.add(round);
      void round.finally(() => this.probing.delete(round));
    }
  }

  /** Resolves once the probes and the writes that were begun are over. */
  public async settled(): Promise<void> {
    await Promise.all(this.probing);
    await this.known.settled();
  }

  /** Those in another Region first, because an account may be refused in one Region only, then those that haven't refused yet. */
  private othersOf(
    provider: string,
    suspect: AnyDestination,
    destinations: readonly AnyDestination[],
  ): AnyDestination[] {
    const refused = this.runs.of(provider)?.models;
    const names = providerNames(suspect);
    const rank = (other: AnyDestination) =>
      (other.sourceRegion === suspect.sourceRegion ? 2 : 0) + (refused?.has(providerNames(other)?.model ?? '') ? 1 : 0);
    const others = new Map<string, AnyDestination>();
    for (const other of destinations) {
      const its = providerNames(other);
      if (its?.provider !== provider || its.model === names?.model || this.leftOf(other) !== undefined) continue;
      others.set(its.model, other);
    }
    return [...others.values()].sort((a, b) => rank(a) - rank(b)).slice(0, OTHERS);
  }

  /** Ends at the first answer, which ends the run of refusals too. */
  private async probe(probe: Probe, suspect: AnyDestination, others: readonly AnyDestination[]): Promise<void> {
    for (const destination of [suspect, ...others]) {
      try {
        await probe(destination);
        return this.record(destination, undefined, true);
      } catch (error) {
        // The provider has read the request, so it accepts the key.
        if (['rejected', 'too-long'].includes(classify(error))) return this.record(destination, undefined, true);
        const refusal = refusalOf(error);
        if (refusal !== undefined) this.record(destination, refusal, true);
      }
    }
  }

  private record(destination: AnyDestination, refusal: ProviderRefusal | undefined, byProbe: boolean): void {
    const names = providerNames(destination);
    if (names === undefined) return;
    const departure = this.runs.record({ ...names, at: this.now().getTime(), refusal, byProbe });
    if (departure !== undefined) this.leave(departure, refusal as DepartureKind);
  }

  private leave({ provider, model, run }: Departure, kind: DepartureKind): void {
    const name = model === undefined ? provider : modelName({ provider, model });
    if (this.known.of(name) !== undefined) return;
    const { refusals, models } = run;
    const state = { name, at: this.now().toISOString(), kind, refusals, models: [...models].sort() };
    this.known.leave(state);
    this.options.log?.({ event: 'provider-left', ...state });
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}
