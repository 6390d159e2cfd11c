import type { Sourced } from './types';

/** The kinds of fact, each with the maximum age in days before a row counts as stale. */
export const MAX_AGE_DAYS = {
  region: 365,
  zone: 180,
  profile: 180,
  onDemandModel: 90,
  modelRetention: 90,
  bedrockApi: 90,
  host: 180,
  partition: 365,
  price: 90,
  servicePrice: 180,
} as const;

export type FactKind = keyof typeof MAX_AGE_DAYS;

/** Whether a fact is older than its kind allows; the caller passes the time, so that a test can set it. */
export function isStale(kind: FactKind, fact: Pick<Sourced, 'asOf'>, now: Date): boolean {
  return (now.getTime() - lastDayOf(fact.asOf).getTime()) / 86_400_000 > MAX_AGE_DAYS[kind];
}

/** The last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean, in UTC. */
export function lastDayOf(asOf: string): Date {
  const [year = Number.NaN, month = 12, day] = asOf.split('-').map(Number);
  return day === undefined ? new Date(Date.UTC(year, month, 0)) : new Date(Date.UTC(year, month - 1, day));
}
