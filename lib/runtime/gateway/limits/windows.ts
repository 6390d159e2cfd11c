import type { Counter } from './counters';

/** A window of time that a limit holds for, in UTC. */
export interface Window {
  readonly counter: Counter;
  /** When the next one begins. */
  readonly end: Date;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** How long the sums of a day are kept, so that a quarter can be accounted for. */
const KEPT_DAYS = 92;

/** The requests of a tenant in the minute of a time. */
export const requestsOf = (tenant: string, time: Date): Window => windowOf(tenant, MINUTE, 1, time, requestsIn);

const requestsIn = (begin: string) => `requests#${begin.slice(0, 16)}`;

/** The tokens of a tenant, or of one member of it, on the day of a time. */
export const tokensOf = (tenant: string, time: Date, member?: string): Window =>
  windowOf(tenant, DAY, KEPT_DAYS, time, (begin) => `${dayTokens(begin)}${member === undefined ? '' : `#${member}`}`);

/** More than a table takes to forget what it may, and no more than it is asked for at once. */
const FORGETTING_DAYS = 6;

/** Every count that there may be of a member of a workspace, of today and of each day that isn't forgotten. */
export function countersOf(tenant: string, member: string, now: Date): Counter[] {
  const days = Array.from({ length: KEPT_DAYS + FORGETTING_DAYS + 1 }, (_, ago) => ago);
  return days.map((ago) => tokensOf(tenant, new Date(now.getTime() - ago * DAY), member).counter);
}

/** What the counts of tokens of a day begin with, in ISO 8601. */
export const dayTokens = (day: string): string => `tokens#${day.slice(0, 10)}`;

/** Unix time has no leap seconds and begins at midnight, so both windows are multiples of their length. */
function windowOf(
  tenant: string,
  length: number,
  keptDays: number,
  time: Date,
  nameOf: (begin: string) => string,
): Window {
  const begin = Math.floor(time.getTime() / length) * length;
  const end = new Date(begin + length);
  const name = nameOf(new Date(begin).toISOString());
  // At least a day longer than it is needed: an answer may end long after its request came.
  return { counter: { tenant, name, forget: new Date(end.getTime() + keptDays * DAY) }, end };
}
