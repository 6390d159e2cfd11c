import type { Hour } from './hour';

/** What is known of the numbers of one stream: the records of one process of a gateway, numbered from 0. */
export interface StreamState {
  /** One more than the largest number. */
  readonly next: number;
  /** Ranges below it that didn't arrive, both ends included. */
  readonly missing: readonly Range[];
  /** When a record of it last arrived. */
  readonly seen: Hour;
}

export type Range = readonly [from: number, to: number];

export type Streams = Readonly<Record<string, StreamState>>;

/** A record's place in its stream. */
export interface Numbered {
  readonly stream: string;
  readonly seq: number;
}

/** Numbers that didn't arrive. */
export interface Gap extends Numbered {
  /** The last one; `seq` is the first. */
  readonly to: number;
}

/** What an hour adds to the streams. */
export interface Accounted<R extends Numbered> {
  /** The records that aren't in the ledger yet. */
  readonly added: readonly R[];
  readonly gaps: readonly Gap[];
  readonly streams: Streams;
}

/** Whether the record with a number is in the ledger. */
export function isAccounted(streams: Streams, { stream, seq }: Numbered): boolean {
  const state = Object.hasOwn(streams, stream) ? streams[stream] : undefined;
  return state !== undefined && isKnown(state, seq);
}

/** A process that has been silent for longer has ended: Lambda freezes one for hours, not for days. */
export const FORGOTTEN_HOURS = 48;

/**
 * Adds records to their streams. Those that are in the ledger already are left out, and those that close a gap of an earlier hour
 * shorten it.
 *
 * @param records sorted by their numbers, without two of one stream that have the same
 * @param hour the hour that is closed
 * @param oldest streams that were last seen before it are forgotten
 * @param isFirst the ledger begins with this hour, so no record before it is missing
 */
export function account<R extends Numbered>(
  before: Streams,
  records: readonly R[],
  { hour, oldest, isFirst }: { readonly hour: Hour; readonly oldest: Hour; readonly isFirst: boolean },
): Accounted<R> {
  const streams = new Map(Object.entries(before).filter(([, { seen }]) => seen >= oldest));
  const added: R[] = [];
  const gaps: Gap[] = [];
  for (const record of records) {
    const { stream, seq } = record;
    const state = streams.get(stream) ?? { next: isFirst ? seq : 0, missing: [], seen: hour };
    if (isKnown(state, seq)) continue;
    const { next, missing } = state;
    added.push(record);
    if (seq > next) gaps.push({ stream, seq: next, to: seq - 1 });
    streams.set(stream, {
      next: Math.max(next, seq + 1),
      missing:
        seq < next
          ? missing.flatMap((range) => without(range, seq))
          : seq > next
            ? [...missing, [next, seq - 1]]
            : missing,
      seen: hour,
    });
  }
  return { added, gaps, streams: Object.fromEntries(streams) };
}

const isKnown = ({ next, missing }: StreamState, seq: number): boolean =>
  seq < next && !missing.some((range) => isIn(range, seq));

const isIn = ([from, to]: Range, seq: number): boolean => from <= seq && seq <= to;

function without(range: Range, seq: number): Range[] {
  if (!isIn(range, seq)) return [range];
  const [from, to] = range;
  const parts: Range[] = [
    [from, seq - 1],
    [seq + 1, to],
  ];
  return parts.filter(([first, last]) => first <= last);
}
