import { CsvError, readCsv } from './read-csv';

/** One line of a buyer's list. */
export interface Requirement {
  readonly id: string;
  readonly text: string;
}

/** More would be a mistake: no list of requirements has as many. */
const MOST = 10_000;

/**
 * The columns `id` and `text` of a CSV file; others are ignored.
 *
 * @throws CsvError with line and column
 */
export const requirementsOf = (text: string): Requirement[] =>
  pairsOf(text, 'text').map(([id, value]) => ({ id, text: value }));

/**
 * The columns `id` and `title` of the buyer's copy of a catalogue.
 *
 * @throws CsvError with line and column
 */
export const titlesOf = (text: string): ReadonlyMap<string, string> => new Map(pairsOf(text, 'title'));

function pairsOf(text: string, second: string): [id: string, value: string][] {
  const [headings = [], ...rows] = readCsv(text);
  const columnOf = (name: string) => {
    const index = headings.findIndex((cell) => cell.text.trim().toLowerCase() === name);
    if (index < 0)
      throw new CsvError(1, 1, `no column '${name}'; the first line has to name the columns id and ${second}`);
    return index;
  };
  const [id, value] = [columnOf('id'), columnOf(second)];
  if (rows.length > MOST) throw new CsvError(MOST + 2, 1, `more than ${MOST} rows; split the file`);
  if (rows.length === 0) throw new CsvError(2, 1, 'no row below the headings; add at least one');
  const lines = new Map<string, number>();
  return rows.map((row) => {
    const [{ line, column } = { line: 1, column: 1 }] = row;
    const [name, content] = [row[id]?.text.trim() ?? '', row[value]?.text.trim() ?? ''];
    if (row.length > headings.length) {
      const { line: where, column: extra } = row[headings.length] as (typeof row)[number];
      throw new CsvError(
        where,
        extra,
        'more cells than columns; put a cell that contains the separator in quotation marks',
      );
    }
    if (name === '') throw new CsvError(line, row[id]?.column ?? column, 'the cell of the column id is empty');
    if (content === '')
      throw new CsvError(line, row[value]?.column ?? column, `the cell of the column ${second} is empty`);
    const earlier = lines.get(name);
    if (earlier !== undefined)
      throw new CsvError(
        line,
        row[id]?.column ?? column,
        `the same id as in line ${earlier}; each id has to be unique`,
      );
    lines.set(name, line);
    return [name, content];
  });
}
