/** Complete rows from rows that hold only what differs from common values. */
export const rowsOver = <T, C extends Partial<T>>(
  common: C,
  rows: readonly (Omit<T, keyof C> & Partial<T>)[],
): readonly T[] => rows.map((row) => ({ ...common, ...row }) as unknown as T);
