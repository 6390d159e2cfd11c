import { median, quantile } from '../statistics';
import { type Contender, DIRECT } from './contenders';
import type { Kind } from './load';
import { type Alone, keyOf, type Load } from './measure';

type What = 'firstByte' | 'total';

/** The figures of a run. Everything is compared within its round, because the machine has other work. */
export class Figures {
  /** The third of the rounds in which the direct call was the least disturbed. No gateway's figure takes part in the choice. */
  private readonly quiet: Alone;

  constructor(
    public readonly alone: Alone,
    public readonly loads: ReadonlyMap<string, readonly Load[]>,
  ) {
    const disturbed = (round: Alone[number]) =>
      Math.max(...(round.get(keyOf({ name: DIRECT }, 'json')) ?? []).map(({ total }) => total));
    this.quiet = [...alone].sort((a, b) => disturbed(a) - disturbed(b)).slice(0, Math.ceil(alone.length / 3));
  }

  /** The milliseconds that a contender adds to the direct call: the median over the rounds of the difference of their medians. */
  public added({ name }: Contender, kind: Kind, what: What): number {
    return median(
      this.alone.map((round) => of(round, name, kind, what, median) - of(round, DIRECT, kind, what, median)),
    );
  }

  /** The difference of the 99th percentiles of a contender and the direct call, in all rounds or in the quiet ones. */
  public addedP99({ name }: Contender, kind: Kind, what: What, only: 'all' | 'quiet'): number {
    const rounds = only === 'all' ? this.alone : this.quiet;
    const p99 = (who: string) =>
      quantile(
        rounds.flatMap((round) => (round.get(keyOf({ name: who }, kind)) ?? []).map((sample) => sample[what])),
        0.99,
      );
    return p99(name) - p99(DIRECT);
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

const of = (
  round: Alone[number],
  name: string,
  kind: Kind,
  what: What,
  summary: (figures: readonly number[]) => number,
) => summary((round.get(keyOf({ name }, kind)) ?? []).map((sample) => sample[what]));
