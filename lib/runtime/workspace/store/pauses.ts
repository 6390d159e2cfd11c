import { setTimeout as wait } from 'node:timers/promises';

/**
 * The pauses between attempts: each up to twice as long as the one before, of a random length, so that those who met don't meet
 * again.
 */
export class Pauses {
  private attempts = 0;
  private readonly until: number;

  constructor(
    private readonly firstMs = 10,
    private readonly longestMs = 1_600,
    /** How long it is tried at all. */
    totalMs = 10_000,
  ) {
    this.until = performance.now() + totalMs;
  }

  /** Whether it may be tried again, once the pause is over. */
  public async next(): Promise<boolean> {
    if (performance.now() >= this.until) return false;
    const most = Math.min(this.longestMs, this.firstMs * 2 ** this.attempts++);
    await wait(Math.random() * most);
    return true;
  }
}
