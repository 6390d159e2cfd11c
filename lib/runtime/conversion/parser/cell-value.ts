/** The numbers of built-in formats that show a date or a time. */
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** Whether a format shows a date or a time: without its texts, colours and conditions, it has a letter of one. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATES.has(id);
  return /[dmyhs]/i.test(
    code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').replace(/general/gi, ''),
  );
}

const DAY_MS = 86_400_000;

/** The day before the first one of each system. That of 1900 counts a 29 February that it didn't have. */
const START = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

/** The last day that spreadsheets have. */
const LAST_DAY = 2_958_466;

/** A number as a date in ISO's form, as a time for less than a day; undefined if no date has it. */
export function asDate(value: number, system: keyof typeof START): string | undefined {
  if (!(value >= 0) || value >= LAST_DAY) return undefined;
  const at = new Date(START[system] + Math.round(value * 86_400) * 1_000);
  const [date = '', time = ''] = at.toISOString().slice(0, 19).split('T');
  if (value < 1 && system === 1900) return time;
  // The first 60 days of 1900 are a day later than they are counted.
  const shown = system === 1900 && value < 60 ? new Date(at.getTime() + DAY_MS).toISOString().slice(0, 10) : date;
  return time === '00:00:00' ? shown : `${shown} ${time}`;
}

/** A number with the fifteen digits that spreadsheets have. */
export const asNumber = (value: number): string => `${Number(value.toPrecision(15))}`;
