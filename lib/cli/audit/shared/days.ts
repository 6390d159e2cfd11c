import { UsageError } from '../../shared/usage-error';

/**
 * The value of an option that is a day in UTC.
 *
 * @throws UsageError if it isn't one
 */
export function readDay(option: string, text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && date.toJSON()?.startsWith(text)) return text;
  throw new UsageError(`${option}: the value isn't a day; allowed: a day such as 2026-11-24`);
}
