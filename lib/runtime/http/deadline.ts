/** The error of an attempt that exceeded its time. */
export class TimedOut extends Error {
  public override readonly name = 'TimeoutError';
}

/** The error of an attempt whose client has disconnected. */
export class ClientGone extends Error {
  public override readonly name = 'ClientGone';
}

/** The reason for closing a connection that isn't needed any more. It is shared, because creating an error is the slowest part. */
const OVER = new Error('the attempt is over');

/** Ends an attempt when its time is over or its client has disconnected, and reports which of the two it was. */
export class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private ms = 0;
  private paused = false;
  private isRead = false;
  private why: Error | undefined;
  private readonly onAbort = () => this.end(new ClientGone('the client closed the connection'));

  constructor(private readonly client: AbortSignal | undefined) {
    if (client?.aborted) this.onAbort();
    else client?.addEventListener('abort', this.onAbort, { once: true });
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Gives the attempt this much time from now. */
  public within(ms: number): void {
    this.paused = false;
    // A stream calls this at each event, and refreshing a timer is cheaper than creating another.
    if (this.timer !== undefined && this.ms === ms) return void this.timer.refresh();
    clearTimeout(this.timer);
    this.ms = ms;
    this.timer = setTimeout(() => {
      if (!this.paused) this.end(new TimedOut('no answer came in time'));
    }, ms).unref();
  }

  /** Stops the clock while the gateway waits for the client. */
  public pause(): void {
    this.paused = true;
  }

  /**
   * The error to report. If the attempt was ended, that is the reason, not the error of the aborted connection. If an error has a status,
   * it is reported itself, unless the client has disconnected.
   */
  public reason(error: unknown): unknown {
    const answered = (error as { $metadata?: unknown } | undefined)?.$metadata !== undefined;
    return answered && !(this.why instanceof ClientGone) ? error : (this.why ?? error);
  }

  /** The answer was read to its end, so that no connection has to be closed. */
  public read(): void {
    this.isRead = true;
  }

  /** Must be called once the attempt is over, or the timer keeps running. It closes a connection that is still open. */
  public over(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.client?.removeEventListener('abort', this.onAbort);
    if (!this.isRead) this.controller.abort(OVER);
  }

  private end(why: Error): void {
    this.why ??= why;
    this.controller.abort();
  }
}
