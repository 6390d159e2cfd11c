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

const QUOTE = '"';

/**
 * Reads a file with a row of headings (RFC 4180). The separator is that of the first line: a comma, a semicolon or a tab. A byte order mark is
 * skipped, and empty lines too.
 *
 * @throws CsvError
 */
export function readCsv(text: string): CsvCell[][] {
  const source = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
  const separator = separatorOf(source);
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = 0;
  let [line, start] = [1, 0];
  const place = () => [line, at - start + 1] as const;
  while (at < source.length) {
    const [cellLine, cellColumn] = place();
    let value = '';
    if (source[at] === QUOTE) {
      at++;
      for (;;) {
        if (at >= source.length)
          throw new CsvError(cellLine, cellColumn, 'a quoted cell does not end; close it with a quotation mark');
        if (source[at] === QUOTE && source[at + 1] === QUOTE) at++;
        else if (source[at] === QUOTE) break;
        if (source[at] === '\n') [line, start] = [line + 1, at + 1];
        value += source[at++];
      }
      at++;
      if (at < source.length && source[at] !== separator && source[at] !== '\n') {
        throw new CsvError(...place(), 'text follows a quoted cell; double each quotation mark inside it');
      }
    } else {
      while (at < source.length && source[at] !== separator && source[at] !== '\n') {
        if (source[at] === QUOTE)
          throw new CsvError(
            ...place(),
            'a quotation mark inside a cell; put the cell in quotation marks, and double those inside it',
          );
        value += source[at++];
      }
    }
    row.push({ text: value, line: cellLine, column: cellColumn });
    if (source[at] === separator && at + 1 === source.length) row.push({ text: '', line, column: at - start + 2 });
    if (source[at] !== separator) {
      if (row.some((cell) => cell.text !== '')) rows.push(row);
      row = [];
      [line, start] = [line + 1, at + 1];
    }
    at++;
  }
  return rows;
}

function separatorOf(source: string): string {
  const [first = ''] = source.split('\n', 1);
  const count = (mark: string) => first.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] as string;
}
