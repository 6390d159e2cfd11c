import { RESIDENCY_EVENT } from '../../contract/metrics';
import { type EvidenceLine, evidenceLine, type LedgerLine } from './evidence-line';
import { isFailedInvocation } from './failed-invocation';
import { type Hour, hourOf, hoursAfter } from './hour';
import type { HourLog, HourOverflow } from './hour-log';
import type { LogLine } from './log-line';
import { account, FORGOTTEN_HOURS, type Gap, type Numbered, type Streams } from './streams';
import { type ReadLine, withoutRepetitions } from './without-repetitions';

/** Numbers of a stream for which no record arrived. It is a leaf of its own, so it can't be denied later. */
export interface GapRecord extends Gap {
  readonly event: 'gap';
  readonly hour: Hour;
}

/** Lines of a log group that aren't in the ledger, because there are more than its function can read. */
export interface OverflowRecord extends HourOverflow {
  readonly event: 'overflow';
  readonly hour: Hour;
}

/** The last leaf of an hour, which says that the hour is complete. An hour without requests has this leaf only. */
export interface HourRecord {
  readonly event: 'hour';
  readonly hour: Hour;
  /** The records of the hour and of earlier hours. */
  readonly records: number;
  /** Those of earlier hours, whose lines arrived too late. */
  readonly late: number;
  readonly gaps: number;
  /** Invocations of gateways that timed out or crashed in this hour. The record of each may be missing, and no number shows it. */
  readonly failed: number;
  /** Lines that can't be leaves, and records with the number of another one. */
  readonly refused: number;
  /** Requests without a valid key or token. They called no model, and aren't leaves. */
  readonly unauthenticated: number;
  /** Requests that a limit refused before a model was called. They aren't leaves either. */
  readonly limited: number;
  /** Records in the file of the hour before that no log had when a run continued that hour. */
  readonly unlogged: number;
}

/** What a leaf of the ledger states. */
export type LedgerRecord = EvidenceLine['record'] | GapRecord | OverflowRecord | HourRecord;

interface HourOptions {
  readonly hour: Hour;
  readonly streams: Streams;
  readonly isFirst: boolean;
  /** Whether a gateway of an earlier version may have served requests in this hour. */
  readonly isEarly: boolean;
  /** @default 0 */
  readonly unlogged?: number;
  /** A new random salt, in base64url. */
  readonly salt: () => string;
}

/** The lines of an hour in the order of their leaves. The same log lines in another order give the same records. */
export function hourLines(
  { lines: log, counted, overflows }: HourLog,
  { hour, streams, isFirst, isEarly, unlogged = 0, salt }: HourOptions,
): LedgerLine<LedgerRecord>[] {
  const isOfHour = ({ at }: LogLine) => hourOf(at) === hour;
  const failed = log.filter(isFailedInvocation).filter(isOfHour);
  const read = log
    .filter((line) => !isFailedInvocation(line))
    .map((line) => ({ ...line, leaf: evidenceLine(line.message) }));
  const { unique, conflicts } = withoutRepetitions(read.filter(isLeaf));
  // Before the first hour, gateways of an earlier version wrote other lines.
  const malformed = isFirst ? [] : read.filter((line) => !isLeaf(line) && !(isEarly && isUnnumbered(line)));
  const records = new Map(unique.map((line) => [line.leaf.record, line]));
  const { added, gaps } = advance(streams, [...records.keys()], { hour, isFirst });
  const isAdded = new Set(added);
  // A line of this hour can't be in the ledger yet, so it has the number of another one.
  const taken = unique.filter((line) => !isAdded.has(line.leaf.record));
  const sorted = added.toSorted((one, other) => compare(one.time, other.time) || byNumber(one, other));
  const gapRecords = gaps.map((gap): GapRecord => ({ event: 'gap', hour, ...gap }));
  const overflowRecords = overflows.map((overflow): OverflowRecord => ({ event: 'overflow', hour, ...overflow }));
  const late = isFirst ? [] : added.filter((record) => !isOfHour(records.get(record) as ReadLine));
  const end: HourRecord = {
    event: 'hour',
    hour,
    records: added.length,
    late: late.length,
    gaps: gaps.length,
    failed: failed.length,
    refused: [...malformed, ...conflicts, ...taken].filter(isOfHour).length,
    ...counted,
    unlogged,
  };
  return [
    ...sorted.map((record) => (records.get(record) as ReadLine).leaf),
    ...[...gapRecords, ...overflowRecords, end].map((record) => ({ record, salt: salt() })),
  ];
}

/** The streams after the records of an hour, which is all that a later hour needs. */
export function streamsAfter(
  before: Streams,
  lines: readonly { readonly record: object }[],
  hour: Hour,
  isFirst: boolean,
): Streams {
  const records = lines
    .map(({ record }) => record as LedgerRecord)
    .filter((record): record is EvidenceLine['record'] => record.event === RESIDENCY_EVENT);
  return advance(before, records, { hour, isFirst }).streams;
}

const advance = <R extends Numbered>(
  before: Streams,
  records: readonly R[],
  { hour, isFirst }: { hour: Hour; isFirst: boolean },
) => account(before, records.toSorted(byNumber), { hour, isFirst, oldest: hoursAfter(hour, -FORGOTTEN_HOURS) });

const isLeaf = (line: LogLine & { readonly leaf?: EvidenceLine | undefined }): line is ReadLine =>
  line.leaf !== undefined;

/** A record of version 0.1.0, which has no number. */
function isUnnumbered({ message }: LogLine): boolean {
  try {
    const { event, stream } = JSON.parse(message);
    return event === RESIDENCY_EVENT && stream === undefined;
  } catch {
    return false;
  }
}

const byNumber = (one: Numbered, other: Numbered): number => compare(one.stream, other.stream) || one.seq - other.seq;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
