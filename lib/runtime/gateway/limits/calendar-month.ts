/** A calendar month in UTC, such as `2026-11`. */
export type Month = string;

export const monthOf = (time: Date): Month => time.toISOString().slice(0, 'YYYY-MM'.length);

/** The first moment after a month. */
export const endOf = (month: Month): Date => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1));
};
