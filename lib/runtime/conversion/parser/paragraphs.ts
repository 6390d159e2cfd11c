import { MAX_TEXT_BYTES } from '../../../contract/conversion';
import type { TextSink } from './text-sink';

/** Writes paragraphs as lines, and tables as lines of cells that tabs separate. */
export class Paragraphs {
  private line = '';
  /** The cells of the open row of each open table. */
  private readonly rows: string[][] = [];
  /** The characters of the open row of the outermost table. */
  private held = 0;

  constructor(private readonly sink: TextSink) {}

  /** @throws Full when the text is as long as it may be */
  public add(text: string): void {
    this.line += text;
    this.held += text.length;
    // Neither a paragraph nor a row of a table has a limit of its own.
    const most = this.rows.length === 0 ? 65_536 : MAX_TEXT_BYTES;
    if (this.held <= most) return;
    this.sink.add([...this.rows.flat(), this.line].join('\t'));
    this.line = '';
    this.held = 0;
  }

  /** Ends a paragraph: a line, or a part of a cell. */
  public end(): void {
    if (this.rows.length > 0) {
      this.add(' ');
      return;
    }
    this.sink.add(`${this.line}\n`);
    this.line = '';
    this.held = 0;
  }

  public openTable(): void {
    if (this.rows.length === 0 && this.line !== '') this.end();
    this.rows.push([]);
  }

  /** Ends a cell of the open row. */
  public endCell(): void {
    const cell = this.line.replace(/\s+/g, ' ').trim();
    this.line = '';
    this.held += 1;
    this.rows.at(-1)?.push(cell);
  }

  /** Ends a row. That of a table within a cell becomes a part of the cell. */
  public endRow(): void {
    const cells = this.rows.at(-1)?.splice(0) ?? [];
    if (this.rows.length > 1) {
      this.line += `${cells.join(' ')} `;
      return;
    }
    this.sink.add(`${cells.join('\t')}\n`);
    this.held = 0;
  }

  public closeTable(): void {
    this.rows.pop();
  }
}
