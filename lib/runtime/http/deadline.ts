/** The error of an attempt that exceeded its time. */
export class TimedOut extends Error {
  public override readonly name = 'TimeoutError';
}

/** The error of an attempt whose client has disconnected. */
export class ClientGone extends Error {
  public override readonly name = 'ClientGone';
}

/**
 * What can end a call. An AbortSignal is one, and takes many times as long to make as the one of a deadline, of which every call needs one.
 */
export interface EndSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The signal of a deadline. Each listener is called at most once. */
class End implements EndSignal {
  public aborted = false;
  private readonly listeners = new Set<() => void>();

  public addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  public removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  public abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}

/** Ends an attempt when its time is over or its client has disconnected, and reports which of the two it was. */
export class Deadline {
  private readonly ending = new End();
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

  public get signal(): EndSignal {
    return this.ending;
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
    if (!this.isRead) this.ending.abort();
  }

  private end(why: Error): void {
    this.why ??= why;
    this.ending.abort();
  }
}
