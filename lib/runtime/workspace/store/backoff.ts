import { setTimeout as wait } from 'node:timers/promises';

/**
 * Pauses between attempts. The longest possible pause doubles each time, and each is of a random length, so that requests that met
 * don't meet again.
 */
export class Backoff {
  private attempts = 0;
  private readonly until: number;

  constructor(
    private readonly firstMs = 10,
    private readonly longestMs = 1_600,
    /** No further attempt is made after this time. */
    totalMs = 10_000,
  ) {
    this.until = performance.now() + totalMs;
  }

  /** Waits for the pause; false, without one, once no further attempt may be made. */
  public async next(): Promise<boolean> {
    if (performance.now() >= this.until) return false;
    const most = Math.min(this.longestMs, this.firstMs * 2 ** this.attempts++);
    await wait(Math.random() * most);
    return true;
  }
}
