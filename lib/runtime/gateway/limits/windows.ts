import type { Counter } from './counters';

/** A window of time that a limit holds for, in UTC. */
export interface Window {
  readonly counter: Counter;
  /** When the next one begins. */
  readonly end: Date;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The requests of a tenant in the minute of a time. */
export const requestsOf = (tenant: string, time: Date): Window => windowOf(tenant, 'requests', time, MINUTE, 16);

/** The tokens of a tenant on the day of a time. */
export const tokensOf = (tenant: string, time: Date): Window => windowOf(tenant, 'tokens', time, DAY, 10);

/** Unix time has no leap seconds and begins at midnight, so both windows are multiples of their length. */
function windowOf(tenant: string, what: string, time: Date, length: number, digits: number): Window {
  const begin = Math.floor(time.getTime() / length) * length;
  const end = new Date(begin + length);
  const name = `${what}#${new Date(begin).toISOString().slice(0, digits)}`;
  // A day longer than it is needed: an answer may end long after its request came.
  return { counter: { tenant, name, forget: new Date(end.getTime() + DAY) }, end };
}
