/** An hour in UTC, such as `2026-11-30T17`. Hours sort as texts. */
export type Hour = string;

const HOUR_MS = 3_600_000;

/** The hour that is a number of hours later. */
export const hoursAfter = (hour: Hour, hours: number): Hour =>
  new Date(Date.parse(`${hour}:00:00Z`) + hours * HOUR_MS).toISOString().slice(0, 13);

const pathOf = (hour: Hour) => `ledger/${hour.replaceAll('-', '/').replace('T', '/')}`;

/** The leaves of an hour. */
export const leavesFile = (hour: Hour): string => `${pathOf(hour)}.ndjson.gz`;

/** The tree after an hour. */
export const stateFile = (hour: Hour): string => `${pathOf(hour)}.state.json`;

/** The hour with which the ledger begins. */
export const START_FILE = 'ledger/start.json';

/** The hour of a file of leaves; undefined for another file. */
export function hourOfLeaves(file: string): Hour | undefined {
  const [, year, month, day, hour] = /^ledger\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\.ndjson\.gz$/.exec(file) ?? [];
  const text = `${year}-${month}-${day}T${hour}`;
  return isHour(text) ? text : undefined;
}

/** Whether a text is an hour of the calendar, in a year that can have evidence. */
export function isHour(text: unknown): text is Hour {
  if (typeof text !== 'string' || !/^20\d\d-\d\d-\d\dT\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}:00:00Z`);
  return !Number.isNaN(time) && hoursAfter(text, 0) === text;
}

/** The size that a checkpoint's file is for; undefined for another file. */
export function sizeOfCheckpoint(file: string): number | undefined {
  const [, size] = /^ledger\/checkpoints\/(0|[1-9]\d{0,15})$/.exec(file) ?? [];
  return size === undefined ? undefined : Number(size);
}

export const checkpointFile = (size: number): string => `ledger/checkpoints/${size}`;
