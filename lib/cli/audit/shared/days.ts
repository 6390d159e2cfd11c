import { UsageError } from '../../shared/usage-error';

/** Whether a text is a day of the calendar, such as `2026-11-24`. Dates of other centuries have no evidence, and later ones have no form of their own. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  return new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

/**
 * The value of an option that is a day in UTC.
 *
 * @throws UsageError if it isn't one
 */
export function readDay(option: string, text: string): string {
  if (isDay(text)) return text;
  throw new UsageError(`${option}: the value isn't a day; allowed: a day such as 2026-11-24`);
}

/** A period of days, of which each may be missing. */
export interface DayOptions {
  readonly from?: string;
  readonly to?: string;
}

/**
 * The days of `--from` and `--to`.
 *
 * @throws UsageError if one isn't a day, or if the last is before the first
 */
export function readDays({ from, to }: DayOptions): DayOptions {
  const days = {
    ...(from !== undefined && { from: readDay('--from', from) }),
    ...(to !== undefined && { to: readDay('--to', to) }),
  };
  requireOrder(days);
  return days;
}

/**
 * Refuses a period that ends before it begins.
 *
 * @throws UsageError
 */
export function requireOrder({ from, to }: DayOptions): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError('--from is after --to, or after the last day of the bundle; name the earlier day first');
  }
}
