/** The error of an attempt that took longer than it may. */
export class TimedOut extends Error {
  public override readonly name = 'TimeoutError';
}

/** The error of an attempt that the client no longer waits for. */
export class ClientGone extends Error {
  public override readonly name = 'ClientGone';
}

/** Ends an attempt when its time is over or its client has gone, and says which of the two it was. */
export class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
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
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(new TimedOut('no answer came in time')), ms).unref();
  }

  /** Stops the clock, while it is the client that is waited for. */
  public pause(): void {
    clearTimeout(this.timer);
  }

  /** The error to report in place of what the aborted connection threw. */
  public reason(error: unknown): unknown {
    return this.why ?? error;
  }

  /** Must be called once the attempt is over, or the timer keeps running; it closes a connection that is still open. */
  public over(): void {
    clearTimeout(this.timer);
    this.client?.removeEventListener('abort', this.onAbort);
    this.controller.abort();
  }

  private end(why: Error): void {
    this.why ??= why;
    this.controller.abort();
  }
}
