import { hanging, pieces, wrap } from '../guard/report/wrap';

const GAP = 2;
/** A column that holds a text is not made narrower than this. */
const LEAST = 24;

/** Rows as lines in which each column is as wide as its widest cell, two spaces between them. */
export const columns = (rows: readonly (readonly string[])[], width?: number): string[] =>
  lineGroups(rows, width).flat();

/**
 * The lines of each row. Within a width, cells are wrapped; if that leaves too little for a column, each row is a list with
 * the headings as labels, and the row of headings has no lines.
 */
export function lineGroups(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[][] {
  const widths = fittedWidths(rows, width);
  if (widths === undefined) return asLists(rows, width);
  return rows.map((row) => {
    const cells = row.map((cell, column) => linesOf(cell).flatMap((line) => wrap(line, widths[column] as number)));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] as number))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  });
}

/** The widths of the columns: the widest are narrowed until all fit; none if they can't. */
function fittedWidths(rows: readonly (readonly string[])[], width: number): number[] | undefined {
  const cells = (column: number) => rows.flatMap((row) => linesOf(row[column] ?? ''));
  const natural = (rows[0] ?? []).map((_, column) => longest(cells(column)));
  const least = natural.map((most, column) =>
    Math.min(most, Math.max(LEAST, longest(cells(column).flatMap(unbreakable)))),
  );
  let over = natural.reduce((sum, one) => sum + one, GAP * (natural.length - 1)) - width;
  const widths = [...natural];
  while (over > 0) {
    const widest = widths
      .map((one, column) => ({ one, column }))
      .filter(({ one, column }) => one > (least[column] as number))
      .sort((a, b) => b.one - a.one)[0];
    if (widest === undefined) return undefined;
    widths[widest.column] = widest.one - 1;
    over--;
  }
  return widths;
}

/** A cell may have several texts, each on a line of its own. */
const linesOf = (cell: string) => cell.split('\n');
const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
const unbreakable = (text: string) => text.split(' ').flatMap(pieces);

function asLists([labels = [], ...rows]: readonly (readonly string[])[], width: number): string[][] {
  const column = longest(labels) + 2 * GAP;
  const list = ([name = '', ...cells]: readonly string[]) => [
    ...(name === '' ? [] : wrap(name, width)),
    ...cells.flatMap((cell, index) =>
      cell === '' || cell === '-'
        ? []
        : linesOf(cell).flatMap((line, at) =>
            // Spaces align numbers in a column, and a list has none.
            hanging(at === 0 ? `  ${labels[index + 1]}` : '', line.trimStart(), width, column),
          ),
    ),
  ];
  return [[], ...rows.map(list)];
}
