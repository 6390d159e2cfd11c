import type { Loss, Lost } from '../../../contract/conversion';

/** Thrown when the text has its largest size: the rest of the file isn't read. */
export class Full extends Error {
  public override readonly name = 'Full';
}

/** The text of a file as it grows, and what it lacks. */
export class TextSink {
  private readonly pieces: string[] = [];
  private readonly lost = new Map<Loss, number>();
  private bytes = 0;

  constructor(private readonly most: number) {}

  /** @throws Full when the text is as long as it may be */
  public add(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.bytes + bytes <= this.most) {
      this.pieces.push(text);
      this.bytes += bytes;
      return;
    }
    // A character that the cut would divide is left out as well.
    const head = Buffer.from(text).subarray(0, this.most - this.bytes);
    this.pieces.push(new TextDecoder().decode(head, { stream: true }));
    this.bytes = this.most;
    this.lose('cut');
    throw new Full('the text is as long as it may be');
  }

  /** Notes what the text lacks. */
  public lose(what: Loss, times = 1): void {
    if (times > 0) this.lost.set(what, (this.lost.get(what) ?? 0) + times);
  }

  public text(): string {
    return this.pieces.join('');
  }

  public losses(): Lost {
    return Object.fromEntries([...this.lost].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
