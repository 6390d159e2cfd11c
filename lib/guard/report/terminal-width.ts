/** Tables are laid out for at least this width. */
export const LEAST_WIDTH = 80;

/**
 * The width that output has: `COLUMNS` if it is set, else that of the terminal. None for a pipe or a file, where each row
 * stays on one line, so that other programs can read it.
 */
export function terminalWidth(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  { COLUMNS = '' }: NodeJS.ProcessEnv,
): number | undefined {
  const width = /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : isTTY === true ? columns : undefined;
  return width === undefined || width === 0 ? undefined : Math.max(LEAST_WIDTH, width);
}
