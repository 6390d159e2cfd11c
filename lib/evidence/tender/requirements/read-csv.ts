/** A cell of a file, with its place for messages. */
interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Where and why a file isn't CSV. It never repeats the file's text. */
export class CsvError extends Error {
  public override readonly name = 'CsvError';
  constructor(line: number, column: number, problem: string) {
    super(`line ${line}, column ${column}: ${problem}`);
  }
}

/**
 * Reads a file with a row of headings (RFC 4180). The separator is the comma, semicolon or tab that the first line has most of. A byte
 * order mark and empty lines are skipped.
 *
 * @throws CsvError
 */
export function readCsv(text: string): CsvCell[][] {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const reader = new Reader(source.endsWith('\n') ? source : `${source}\n`, separatorOf(source));
  const rows: CsvCell[][] = [];
  while (!reader.isAtEnd) rows.push(reader.row());
  return rows.filter((row) => row.some((cell) => cell.text !== ''));
}

function separatorOf(source: string): string {
  const [first = ''] = source.split('\n', 1);
  const count = (mark: string) => first.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] as string;
}

const QUOTE = '"';

class Reader {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(
    private readonly source: string,
    private readonly separator: string,
  ) {}

  public get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** The cells up to the end of the line, which is consumed. */
  public row(): CsvCell[] {
    const cells = [this.cell()];
    while (this.source[this.at] === this.separator) {
      this.at++;
      cells.push(this.cell());
    }
    this.next();
    return cells;
  }

  private cell(): CsvCell {
    const [line, column] = this.place;
    const isQuoted = this.source[this.at] === QUOTE;
    return { text: isQuoted ? this.quoted() : this.plain(), line, column };
  }

  private plain(): string {
    const start = this.at;
    while (!this.isAtBreak) {
      if (this.source[this.at] === QUOTE) {
        this.fail('a quotation mark inside a cell; put the cell in quotation marks, and double those inside it');
      }
      this.at++;
    }
    return this.source.slice(start, this.at);
  }

  private quoted(): string {
    const start = this.place;
    let text = '';
    this.at++;
    while (this.source[this.at] !== QUOTE || this.source[this.at + 1] === QUOTE) {
      if (this.source[this.at] === QUOTE) this.at++;
      text += this.next();
      if (this.isAtEnd) throw new CsvError(...start, 'a quoted cell does not end; close it with a quotation mark');
    }
    this.at++;
    if (!this.isAtBreak) this.fail('text follows a quoted cell; double each quotation mark inside it');
    return text;
  }

  private next(): string {
    const character = this.source[this.at++] as string;
    if (character === '\n') [this.line, this.lineStart] = [this.line + 1, this.at];
    return character;
  }

  private get isAtBreak(): boolean {
    return this.source[this.at] === this.separator || this.source[this.at] === '\n';
  }

  private get place(): [line: number, column: number] {
    return [this.line, this.at - this.lineStart + 1];
  }

  private fail(problem: string): never {
    throw new CsvError(...this.place, problem);
  }
}
