import type { Random } from '../engine/random';
import { type Fate, type Network, SLOW_MS } from './process';

/** How often calls fail, each as a part of all calls. */
interface Odds {
  readonly killed: number;
  readonly throttled: number;
  readonly unanswered: number;
}

const USUAL: Odds = { killed: 0.002, throttled: 0.004, unanswered: 0.002 };
const STORM: Odds = { killed: 0.02, throttled: 0.05, unanswered: 0.02 };

/** A call may be slow, but by less than the time for which a key that was deleted must not be certified. */
const SLOWEST_MS = 30_000;

const UPDATE = 'dynamodb.UpdateItem';

/** What happens to the calls of all processes: on some days much goes wrong. */
export class Weather implements Network {
  private odds = USUAL;
  /** When a call failed last, or was so slow that a request may have failed of it; in Unix milliseconds. */
  public faultAt = Number.NEGATIVE_INFINITY;
  /** When the answer to an update was lost last, which the SDK repeats: a count may be added twice. */
  public repeatedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly random: Random) {}

  public newDay(): void {
    this.odds = this.random.chance(0.1) ? STORM : USUAL;
  }

  public fate(call: string): Fate {
    const fate = this.drawn();
    if (fate !== 'served') this.faultAt = Date.now();
    if (fate === 'unanswered' && call === UPDATE) this.repeatedAt = Date.now();
    return fate;
  }

  private drawn(): Fate {
    const { random, odds } = this;
    const drawn = random.fraction();
    if (drawn < odds.killed) return random.chance(0.5) ? 'killed-before' : 'killed-after';
    if (drawn < odds.killed + odds.throttled) return 'throttled';
    return drawn < odds.killed + odds.throttled + odds.unanswered ? 'unanswered' : 'served';
  }

  /** The same weather for processes that end far more often. */
  public rough(killed: number): Network {
    return {
      fate: (call) => {
        if (!this.random.chance(killed)) return this.fate(call);
        this.faultAt = Date.now();
        return this.random.chance(0.5) ? 'killed-before' : 'killed-after';
      },
      latency: () => this.latency(),
    };
  }

  public latency(): number {
    if (!this.random.chance(0.001)) return this.random.between(1, 20);
    this.faultAt = Date.now();
    return this.random.between(SLOW_MS, SLOWEST_MS);
  }
}
