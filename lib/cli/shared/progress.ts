/** A check that ends sooner, in milliseconds, needs no progress line. */
const PATIENCE = 500;
const INTERVAL = 100;

/** A line on a terminal with the progress of a long run; it is erased at the end. */
export class Progress {
  private readonly started = performance.now();
  private shown = 0;

  public constructor(private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown }) {}

  public update(done: number, total: number): void {
    const now = performance.now();
    if (this.stream.isTTY !== true || now - this.started < PATIENCE || now - this.shown < INTERVAL) return;
    this.shown = now;
    this.stream.write(`\r\u001b[K${done} of ${total} templates checked`);
  }

  public end(): void {
    if (this.shown > 0) this.stream.write('\r\u001b[K');
  }
}
