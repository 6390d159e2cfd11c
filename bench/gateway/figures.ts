import { median, quantile } from '../statistics';
import { type Contender, DIRECT } from './contenders';
import { KINDS, type Kind } from './load';
import { type Alone, keyOf, type Load, type Single } from './measure';

type What = 'firstByte' | 'total';
type Only = 'all' | 'undisturbed';

/**
 * A request is undisturbed if its processes waited for a core for less than this. What they waited for is other work on the machine; a
 * pause of their own, such as the collection of garbage, isn't a wait.
 */
const UNDISTURBED_MS = 0.2;

/** The figures of a run. Everything is compared within its round, because the machine has other work. */
export class Figures {
  constructor(
    public readonly alone: Alone,
    public readonly loads: ReadonlyMap<string, readonly Load[]>,
  ) {}

  /** The milliseconds that a contender adds to the direct call: the difference of their medians, of all requests or of the undisturbed ones. */
  public added(contender: Contender, kind: Kind, what: What, only: Only): number {
    return this.difference(contender, kind, what, only, 0.5);
  }

  /** The same of their 99th percentiles. */
  public addedP99(contender: Contender, kind: Kind, what: What, only: Only): number {
    return this.difference(contender, kind, what, only, 0.99);
  }

  /** The share of a contender's requests that were undisturbed. */
  public undisturbed(contender: Pick<Contender, 'name'>): number {
    const count = (only: Only) => KINDS.flatMap((kind) => this.samples(contender, kind, only)).length;
    return count('undisturbed') / count('all');
  }

  private difference(contender: Contender, kind: Kind, what: What, only: Only, share: number): number {
    const figure = (who: Pick<Contender, 'name'>) =>
      quantile(
        this.samples(who, kind, only).map((sample) => sample[what]),
        share,
      );
    return figure(contender) - figure({ name: DIRECT });
  }

  private samples(who: Pick<Contender, 'name'>, kind: Kind, only: Only): readonly Single[] {
    const all = this.alone.flatMap((round) => round.get(keyOf(who, kind)) ?? []);
    return only === 'all' ? all : all.filter(({ waited }) => waited <= UNDISTURBED_MS);
  }

  public median(contender: Contender, kind: Kind, concurrency: number, figure: 'cpu' | 'perSecond'): number {
    return median(this.turns(contender, kind, concurrency).map((load) => load[figure]));
  }

  /** The quotient of a figure of two contenders: the median over the rounds. */
  public ratio(a: Contender, b: Contender, kind: Kind, concurrency: number, figure: 'cpu' | 'perSecond'): number {
    const others = this.turns(b, kind, concurrency);
    return median(
      this.turns(a, kind, concurrency).map((load, round) => load[figure] / (others[round]?.[figure] ?? Number.NaN)),
    );
  }

  /** The processor milliseconds per request that a contender needs more than another. */
  public moreCpu(a: Contender, b: Contender, kind: Kind, concurrency: number): number {
    const others = this.turns(b, kind, concurrency);
    return median(this.turns(a, kind, concurrency).map(({ cpu }, round) => cpu - (others[round]?.cpu ?? Number.NaN)));
  }

  public latency(contender: Contender, kind: Kind, concurrency: number, share: number): number {
    return quantile(
      this.turns(contender, kind, concurrency).flatMap(({ totals }) => totals),
      share,
    );
  }

  private turns(contender: Contender, kind: Kind, concurrency: number): readonly Load[] {
    return this.loads.get(keyOf(contender, kind, concurrency)) ?? [];
  }
}
