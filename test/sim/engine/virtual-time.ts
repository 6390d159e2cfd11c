interface Timer {
  readonly at: number;
  readonly nth: number;
  readonly act: () => void;
}

/**
 * A clock that moves only where the program waits. Timers run in the order of their times, one for each turn of the event loop, so that
 * the promises that one resolves settle before the next.
 */
export class VirtualTime {
  private readonly timers = new Map<number, Timer>();
  private made = 0;
  private isRunning = false;

  /** @param now in Unix milliseconds */
  constructor(public now: number) {}

  /** Runs an act later. Returns the number by which it can be cancelled. */
  public after(milliseconds: number, act: () => void): number {
    const nth = ++this.made;
    this.timers.set(nth, { at: this.now + Math.max(0, milliseconds), nth, act });
    this.run();
    return nth;
  }

  public cancel(nth: number): void {
    this.timers.delete(nth);
  }

  public pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Sets the clock forward. Timers that are due by then run late, as after a machine was suspended. */
  public jumpTo(time: number): void {
    this.now = Math.max(this.now, time);
  }

  private run(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    let next: Timer | undefined;
    for (const timer of this.timers.values()) {
      if (next === undefined || timer.at < next.at) next = timer;
    }
    if (next === undefined) {
      this.isRunning = false;
      return;
    }
    this.timers.delete(next.nth);
    this.jumpTo(next.at);
    next.act();
    setImmediate(() => this.turn());
  }
}
