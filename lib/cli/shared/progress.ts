/** A check that is done sooner than this needs no progress line. */
const PATIENCE = 500;
const INTERVAL = 100;

/** A line on a terminal that tells how far a long run is, and that is wiped at its end. */
export class Progress {
  private readonly started = performance.now();
  private shown = 0;

  public constructor(private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown }) {}

  public tell(done: number, total: number): void {
    const now = performance.now();
    if (this.stream.isTTY !== true || now - this.started < PATIENCE || now - this.shown < INTERVAL) return;
    this.shown = now;
    this.stream.write(`\r\u001b[K${done} of ${total} templates checked`);
  }

  public end(): void {
    if (this.shown > 0) this.stream.write('\r\u001b[K');
  }
}
