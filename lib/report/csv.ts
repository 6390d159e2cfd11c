/** What a spreadsheet takes for the beginning of a formula, in its wide forms too. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** The same after a character that separates cells in spreadsheets of other languages; quotes there begin a cell. */
const FORMULA_INSIDE = /([;\t\r\n][\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * A line of CSV (RFC 4180), without its end. What begins like a formula gets a quote mark in front of it, so that it stays text, also after
 * a semicolon: in French and German, Excel separates by it.
 */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',');

function csvCell(cell: string): string {
  const inside = cell.replace(FORMULA_INSIDE, "$1'");
  const safe = FORMULA.test(inside) ? `'${inside}` : inside;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
