/** The error of an attempt that took longer than it may. */
export class TimedOut extends Error {
  public override readonly name = 'TimeoutError';
}

/** The error of an attempt that the client no longer waits for. */
export class ClientGone extends Error {
  public override readonly name = 'ClientGone';
}

/** What a connection is told that nobody needs any more. Making an error for each would take longer than the rest of it. */
const OVER = new Error('the attempt is over');

/** Ends an attempt when its time is over or its client has gone, and says which of the two it was. */
export class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private ms = 0;
  private paused = false;
  private why: Error | undefined;
  private readonly onAbort = () => this.end(new ClientGone('the client closed the connection'));

  constructor(private readonly client: AbortSignal | undefined) {
    if (client?.aborted) this.onAbort();
    else client?.addEventListener('abort', this.onAbort, { once: true });
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Gives the attempt this much time from now on. */
  public within(ms: number): void {
    this.paused = false;
    // A stream asks at each of its events, and a timer that goes on is cheaper than another.
    if (this.timer !== undefined && this.ms === ms) return void this.timer.refresh();
    clearTimeout(this.timer);
    this.ms = ms;
    this.timer = setTimeout(() => {
      if (!this.paused) this.end(new TimedOut('no answer came in time'));
    }, ms).unref();
  }

  /** Stops the clock, while it is the client that is waited for. */
  public pause(): void {
    this.paused = true;
  }

  /** The error to report: why the connection was aborted in place of what it threw then, unless it had told a status before. */
  public reason(error: unknown): unknown {
    const answered = (error as { $metadata?: unknown } | undefined)?.$metadata !== undefined;
    return answered && !(this.why instanceof ClientGone) ? error : (this.why ?? error);
  }

  /** Must be called once the attempt is over, or the timer keeps running; it closes a connection that is still open. */
  public over(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.client?.removeEventListener('abort', this.onAbort);
    this.controller.abort(OVER);
  }

  private end(why: Error): void {
    this.why ??= why;
    this.controller.abort();
  }
}
