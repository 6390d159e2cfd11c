import { RESIDENCY_EVENT } from '../../contract/metrics';
import { canonicalJson } from '../../ledger/canonical-json';
import { type EvidenceLine, evidenceLine, type LedgerLine } from './evidence-line';
import type { LogLine } from './gateway-logs';
import { type Hour, hoursAfter, startOf } from './hour';
import { account, FORGOTTEN_HOURS, type Gap, type Numbered, type Streams } from './streams';

/** Numbers of a stream for which no record arrived. It is a leaf of its own, so that nobody can deny it later. */
export interface GapRecord extends Gap {
  readonly event: 'gap';
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
  /** Lines that can't be leaves, and records with the number of another one. */
  readonly refused: number;
}

/** What a leaf of the ledger states. */
export type LedgerRecord = EvidenceLine['record'] | GapRecord | HourRecord;

interface HourOptions {
  readonly hour: Hour;
  readonly streams: Streams;
  readonly isFirst: boolean;
  /** A new random salt, in base64url. */
  readonly salt: () => string;
}

/** The lines of an hour in the order of their leaves. The same log lines in another order give the same records. */
export function hourLines(
  log: readonly LogLine[],
  { hour, streams, isFirst, salt }: HourOptions,
): LedgerLine<LedgerRecord>[] {
  const read = log.map(({ message }) => evidenceLine(message));
  const lines = read.filter((line) => line !== undefined);
  const { unique, conflicts } = withoutRepetitions(lines);
  const records = new Map(unique.map((line) => [line.record, line]));
  const { added, gaps } = advance(streams, [...records.keys()], { hour, isFirst });
  const sorted = added.toSorted((one, other) => compare(one.time, other.time) || byNumber(one, other));
  const gapRecords = gaps.map((gap): GapRecord => ({ event: 'gap', hour, ...gap }));
  const late = isFirst ? [] : added.filter(({ time }) => Date.parse(time) < startOf(hour));
  const end: HourRecord = {
    event: 'hour',
    hour,
    records: added.length,
    late: late.length,
    gaps: gaps.length,
    // Before the first hour, gateways of an earlier version wrote lines without numbers.
    refused: conflicts + (isFirst ? 0 : read.length - lines.length),
  };
  return [
    ...sorted.map((record) => records.get(record) as EvidenceLine),
    ...[...gapRecords, end].map((record) => ({ record, salt: salt() })),
  ];
}

/** The streams after the records of an hour, which is all that a later hour needs. */
export function streamsAfter(before: Streams, lines: readonly LedgerLine[], hour: Hour, isFirst: boolean): Streams {
  const records = lines
    .map(({ record }) => record as LedgerRecord)
    .filter((record) => record.event === RESIDENCY_EVENT);
  return advance(before, records, { hour, isFirst }).streams;
}

const advance = <R extends Numbered>(
  before: Streams,
  records: readonly R[],
  { hour, isFirst }: { hour: Hour; isFirst: boolean },
) => account(before, records.toSorted(byNumber), { hour, isFirst, oldest: hoursAfter(hour, -FORGOTTEN_HOURS) });

/** CloudWatch may return a line twice. Another record with the same number is a second history, of which the first one counts. */
function withoutRepetitions(lines: readonly EvidenceLine[]) {
  const unique = new Map<string, EvidenceLine>();
  let conflicts = 0;
  for (const line of lines.toSorted(byText)) {
    const { stream, seq } = line.record;
    const number = `${stream}/${seq}`;
    const first = unique.get(number);
    if (first === undefined) unique.set(number, line);
    else if (canonicalJson(first) !== canonicalJson(line)) conflicts += 1;
  }
  return { unique: [...unique.values()], conflicts };
}

const byText = (one: EvidenceLine, other: EvidenceLine): number =>
  byNumber(one.record, other.record) || compare(one.record.time, other.record.time) || compare(one.salt, other.salt);

const byNumber = (one: Numbered, other: Numbered): number => compare(one.stream, other.stream) || one.seq - other.seq;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
