import { UsageError } from './usage-error';

/** The day that an option names, as `2026-11-30`. */
export function dayOf(option: string, text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new UsageError(`${option}: needs a day that exists, such as 2026-11-30`);
  }
  return text;
}
