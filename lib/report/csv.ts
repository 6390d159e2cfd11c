/** What a spreadsheet takes for the beginning of a formula, in its wide forms too. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A line of CSV (RFC 4180), without its end. A cell that begins like a formula gets a quote mark in front of it, so that it stays text. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',');

function csvCell(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
