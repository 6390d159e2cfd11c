import { setImmediate as nextTurn } from 'node:timers/promises';

/** As much as is joined into one write. */
const ENOUGH = 16_384;

/**
 * Joins the lines that are there at the same moment: providers send many events in one packet, and a write for each would cost
 * more than all the rest. Nothing waits for what isn't there, and the first line leaves alone and at once.
 */
export class ReadyLines {
  private pending: Promise<IteratorResult<string>> | undefined;
  private begun = false;

  constructor(private readonly lines: AsyncIterator<string>) {}

  /** The next lines; none once they are over. */
  public async next(): Promise<string | undefined> {
    if (!this.begun) {
      this.begun = true;
      const { done, value } = await this.take();
      return done ? undefined : value;
    }
    // Reading on at once would keep from leaving what was read before.
    if (this.pending === undefined) await nextTurn();
    const first = await this.take();
    if (first.done) return undefined;
    let text = first.value;
    const turn = nextTurn();
    while (text.length < ENOUGH) {
      const line = this.take();
      const found = await Promise.race([line, turn]).catch(() => undefined);
      if (found === undefined || found.done) {
        // Not there yet, over, or failed: the next call will see.
        this.pending = line;
        break;
      }
      text += found.value;
    }
    return text;
  }

  private take(): Promise<IteratorResult<string>> {
    const { pending } = this;
    this.pending = undefined;
    return pending ?? this.lines.next();
  }
}
