import { endOf, type Month, monthOf } from '../limits/calendar-month';

const DAY = 86_400_000;

/** The days for which a month's counts are stored after its end: more than the two months in which they can be released. */
const STORED_DAYS = 63;

/** The days for which what was released of a month is stored. */
const RELEASED_DAYS = 92;

/** The month that lies some months before that of a time. */
export const monthsBefore = (time: Date, count: number): Month =>
  monthOf(new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - count, 1)));

/** Whether nothing counts for a month any more: a day after its end, because requests end and late counts are written before that. */
export const isClosed = (month: Month, now: Date): boolean => now.getTime() >= endOf(month).getTime() + DAY;

/** Every month of which counts may exist: the present one, and those before it that may not be deleted yet. */
export const storedMonths = (now: Date): Month[] => Array.from({ length: 5 }, (_, ago) => monthsBefore(now, ago));

export const forgetCounts = (month: Month): Date => new Date(endOf(month).getTime() + STORED_DAYS * DAY);

export const forgetReleased = (month: Month): Date => new Date(endOf(month).getTime() + RELEASED_DAYS * DAY);
