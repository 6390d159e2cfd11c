import { setImmediate as nextTurn } from 'node:timers/promises';

/** The length at which a write is complete. */
const ENOUGH = 16_384;

/**
 * Joins the lines that are available at the same moment. Providers send many events in one packet, and a separate write for each would
 * cost more than everything else. No line waits for a later one, and the first line leaves alone and at once.
 */
export class ReadyLines {
  private pending: Promise<IteratorResult<string>> | undefined;
  private started = false;

  constructor(private readonly lines: AsyncIterator<string>) {}

  /** The next lines; undefined at the end. */
  public async next(): Promise<string | undefined> {
    if (!this.started) {
      this.started = true;
      const { done, value } = await this.take();
      return done ? undefined : value;
    }
    // Reading on at once would delay the lines that were already read.
    if (this.pending === undefined) await nextTurn();
    const first = await this.take();
    if (first.done) return undefined;
    let text = first.value;
    const turn = nextTurn();
    while (text.length < ENOUGH) {
      const line = this.take();
      const next = await Promise.race([line, turn]).catch(() => undefined);
      if (next === undefined || next.done) {
        // Not available yet, ended or failed: the next call handles it.
        this.pending = line;
        break;
      }
      text += next.value;
    }
    return text;
  }

  private take(): Promise<IteratorResult<string>> {
    const { pending } = this;
    this.pending = undefined;
    return pending ?? this.lines.next();
  }
}
