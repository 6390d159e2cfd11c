import type { CountedRequests } from './counted-lines';
import { evidenceLine } from './evidence-line';
import type { GatewayLogs } from './gateway-logs';
import { type Hour, hoursAfter, startOf } from './hour';
import type { LogOverflow } from './log-bounds';
import type { LogLine } from './log-line';
import { isAccounted, type Streams } from './streams';

/** What the logs have of an hour. */
export interface HourLog {
  /** Those of the hour, and those of the hour before it that aren't in the ledger. */
  readonly lines: readonly LogLine[];
  readonly counted: CountedRequests;
  readonly overflows: readonly HourOverflow[];
}

/** More lines of a log group than can be read. */
export interface HourOverflow extends LogOverflow {
  /** `late`: the late lines of the hour before weren't read. `hour`: nothing of the log group in this hour is in the ledger. */
  readonly unread: 'late' | 'hour';
}

/** Lines that arrive later than this many hours after they were written stay a gap. */
const LATE_HOURS = 1;

/** Reads an hour, and then what the hour before it has that isn't in the ledger. */
export async function readHour(hour: Hour, streams: Streams, logs: Pick<GatewayLogs, 'lines'>): Promise<HourLog> {
  const [before, from, to] = [-LATE_HOURS, 0, 1].map((hours) => startOf(hoursAfter(hour, hours))) as [
    number,
    number,
    number,
  ];
  const own = await logs.lines(from, to);
  const late = await logs.lines(before, from, { room: own.room, isNeeded: (message) => isNew(message, streams) });
  return {
    lines: [...late.lines, ...own.lines],
    counted: own.counted.of(hour),
    overflows: [
      ...own.overflows.map((overflow) => ({ ...overflow, unread: 'hour' as const })),
      ...late.overflows.map((overflow) => ({ ...overflow, unread: 'late' as const })),
    ],
  };
}

/** Of the hour before, everything else was counted when it was closed. */
function isNew(message: string, streams: Streams): boolean {
  const line = evidenceLine(message);
  return line !== undefined && !isAccounted(streams, line.record);
}
