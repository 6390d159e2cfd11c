import type { Readings } from './dynamodb-readings';

/**
 * Caches the check results, and reads them at most once a minute, even if the table doesn't answer. Until then, the last results are
 * used. Each result has its own time, so caching doesn't prolong its validity.
 */
export class CachedReadings {
  private readAt = Number.NEGATIVE_INFINITY;
  private pending?: Promise<Readings>;
  private last: Readings = new Map();

  constructor(
    private readonly read: () => Promise<Readings>,
    private readonly everyMs = 60_000,
  ) {}

  public async get(now: Date): Promise<Readings> {
    const age = now.getTime() - this.readAt;
    if (this.pending === undefined || age < 0 || age >= this.everyMs) {
      this.readAt = now.getTime();
      this.pending = this.read().then(
        (readings) => {
          this.last = readings;
          return readings;
        },
        () => this.last,
      );
    }
    return this.pending;
  }
}
