import type { GatewayLogs, LogLine, ReadLog } from './gateway-logs';
import { type Hour, hoursAfter, startOf } from './hour';

/** What the logs have of an hour. */
export interface HourLog {
  /** Those of the hour, and of the hour before it, which may have arrived late. */
  readonly lines: readonly LogLine[];
  /** Requests of the hour without a valid key or token. */
  readonly unauthenticated: number;
  readonly overflow?: LogOverflow;
}

/** More lines than can be read. */
export interface LogOverflow {
  readonly reason: NonNullable<ReadLog['overflow']>['reason'];
  /** The lines that were read before the reading was stopped. */
  readonly read: number;
  /** `late`: the late lines of the hour before weren't read. `hour`: none of the hour is in the ledger. */
  readonly unread: 'late' | 'hour';
}

/** Lines that arrive later than this many hours after they were written stay a gap. */
const LATE_HOURS = 1;

/** Reads an hour with the hour before it, or alone if there is too much of both. */
export async function readHour(hour: Hour, logs: Pick<GatewayLogs, 'lines'>): Promise<HourLog> {
  const from = (first: Hour) => logs.lines(startOf(first), startOf(hoursAfter(hour, 1)));
  const of = ({ lines, unauthenticated }: ReadLog) => ({ lines, unauthenticated: unauthenticated.get(hour) ?? 0 });
  const both = await from(hoursAfter(hour, -LATE_HOURS));
  if (both.overflow === undefined) return of(both);
  const alone = await from(hour);
  if (alone.overflow === undefined) return { ...of(alone), overflow: { ...both.overflow, unread: 'late' } };
  return { ...of(alone), lines: [], overflow: { ...alone.overflow, unread: 'hour' } };
}
