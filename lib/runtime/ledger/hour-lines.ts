import { RESIDENCY_EVENT } from '../../contract/metrics';
import { canonicalJson } from '../../ledger/canonical-json';
import { type EvidenceLine, evidenceLine, type LedgerLine } from './evidence-line';
import { isFailedInvocation } from './failed-invocation';
import type { LogLine } from './gateway-logs';
import { type Hour, hourOf, hoursAfter } from './hour';
import type { HourLog, LogOverflow } from './hour-log';
import { account, FORGOTTEN_HOURS, type Gap, type Numbered, type Streams } from './streams';

/** Numbers of a stream for which no record arrived. It is a leaf of its own, so it can't be denied later. */
export interface GapRecord extends Gap {
  readonly event: 'gap';
  readonly hour: Hour;
}

/** Lines that aren't in the ledger, because there are more than its function can read. */
export interface OverflowRecord extends LogOverflow {
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
}

/** What a leaf of the ledger states. */
export type LedgerRecord = EvidenceLine['record'] | GapRecord | OverflowRecord | HourRecord;

interface HourOptions {
  readonly hour: Hour;
  readonly streams: Streams;
  readonly isFirst: boolean;
  /** A new random salt, in base64url. */
  readonly salt: () => string;
}

/** The lines of an hour in the order of their leaves. The same log lines in another order give the same records. */
export function hourLines(
  { lines: log, unauthenticated, overflow }: HourLog,
  { hour, streams, isFirst, salt }: HourOptions,
): LedgerLine<LedgerRecord>[] {
  const isOfHour = ({ at }: LogLine) => hourOf(at) === hour;
  const failed = log.filter(isFailedInvocation).filter(isOfHour);
  const read = log
    .filter((line) => !isFailedInvocation(line))
    .map((line) => ({ ...line, leaf: evidenceLine(line.message) }));
  const { unique, conflicts } = withoutRepetitions(read.filter(isLeaf));
  // Before the first hour, gateways of an earlier version wrote lines without numbers.
  const malformed = isFirst ? [] : read.filter((line) => !isLeaf(line));
  const records = new Map(unique.map((line) => [line.leaf.record, line]));
  const { added, gaps } = advance(streams, [...records.keys()], { hour, isFirst });
  const sorted = added.toSorted((one, other) => compare(one.time, other.time) || byNumber(one, other));
  const gapRecords = gaps.map((gap): GapRecord => ({ event: 'gap', hour, ...gap }));
  const overflowRecords = overflow ? [{ event: 'overflow' as const, hour, ...overflow }] : [];
  const late = isFirst ? [] : added.filter((record) => !isOfHour(records.get(record) as ReadLine));
  const end: HourRecord = {
    event: 'hour',
    hour,
    records: added.length,
    late: late.length,
    gaps: gaps.length,
    failed: failed.length,
    refused: [...malformed, ...conflicts].filter(isOfHour).length,
    unauthenticated,
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

/** A line of a log that is a leaf. */
interface ReadLine extends LogLine {
  readonly leaf: EvidenceLine;
}

const isLeaf = (line: LogLine & { readonly leaf?: EvidenceLine | undefined }): line is ReadLine =>
  line.leaf !== undefined;

/** CloudWatch may return a line twice. Another record with the same number is a second history, of which the first one counts. */
function withoutRepetitions(lines: readonly ReadLine[]) {
  const unique = new Map<string, ReadLine>();
  const conflicts: ReadLine[] = [];
  for (const line of lines.toSorted(byText)) {
    const { stream, seq } = line.leaf.record;
    const number = `${stream}/${seq}`;
    const first = unique.get(number);
    if (first === undefined) unique.set(number, line);
    else if (canonicalJson(first.leaf) !== canonicalJson(line.leaf)) conflicts.push(line);
  }
  return { unique: [...unique.values()], conflicts };
}

const byText = ({ leaf: one }: ReadLine, { leaf: other }: ReadLine): number =>
  byNumber(one.record, other.record) || compare(canonicalJson(one), canonicalJson(other));

const byNumber = (one: Numbered, other: Numbered): number => compare(one.stream, other.stream) || one.seq - other.seq;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
