import type { Readings } from './dynamodb-readings';

/**
 * Remembers the readings, and asks for them at most once a minute, also when the table doesn't answer. The last ones are
 * used until then: each carries its own time, by which it grows too old whoever remembers it.
 */
export class CachedReadings {
  private asked = Number.NEGATIVE_INFINITY;
  private asking?: Promise<Readings>;
  private last: Readings = new Map();

  constructor(
    private readonly read: () => Promise<Readings>,
    private readonly everyMs = 60_000,
  ) {}

  public async get(now: Date): Promise<Readings> {
    const age = now.getTime() - this.asked;
    if (this.asking === undefined || age < 0 || age >= this.everyMs) {
      this.asked = now.getTime();
      this.asking = this.read().then(
        (readings) => {
          this.last = readings;
          return readings;
        },
        () => this.last,
      );
    }
    return this.asking;
  }
}
