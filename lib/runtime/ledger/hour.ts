const HOUR_MS = 3_600_000;

/** An hour in UTC, such as `2026-11-30T17`. Hours sort as texts. */
export type Hour = string;

/** The hour of a time. */
export const hourOf = (time: Date | number): Hour => new Date(time).toISOString().slice(0, 13);

/** When an hour begins, in milliseconds since 1970; NaN for a text that is no hour. */
export const startOf = (hour: Hour): number => Date.parse(`${hour}:00:00Z`);

/** The hour that is a number of hours later. */
export const hoursAfter = (hour: Hour, hours: number): Hour => hourOf(startOf(hour) + hours * HOUR_MS);

/** How long after its end an hour is closed: log lines arrive seconds after they are written, seldom minutes. */
const ARRIVAL_MS = 5 * 60_000;

/** The last hour that is over, and whose lines have arrived. */
export const lastFinished = (now: Date): Hour => hourOf(now.getTime() - ARRIVAL_MS - HOUR_MS);
