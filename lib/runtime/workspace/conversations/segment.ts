import type { EncryptedContent } from '../store/content-cipher';
import { type Row, toAttributes, toKey } from '../store/row';
import type { LogEntry } from './items';
import { segmentKey } from './keys';
import { sizeOfAll } from './size';

/** A segment grows to this size: small enough to be rewritten with each turn, large enough that a window is few segments. */
export const SEGMENT_BYTES = 16_384;

/** A segment accepts items for this time. It expires with its newest item, and its oldest must not stay much longer than its period. */
export const SEGMENT_MS = 86_400_000;

/** One or more consecutive entries of a log, and how their row stores them. */
export interface Segment {
  readonly first: number;
  readonly entries: readonly LogEntry[];
  readonly encrypted: EncryptedContent;
  readonly expiresAt?: number;
}

export function segmentRow(user: string, log: string, { first, entries, encrypted, expiresAt }: Segment): Row {
  const last = entries.at(-1);
  const { tokens, bytes } = sizeOfAll(entries.map(({ item }) => item));
  return {
    ...toKey(segmentKey(user, log, first)),
    ...toAttributes({
      first,
      last: last?.seq,
      items: entries.length,
      tokens,
      bytes,
      updatedAt: last?.at,
      expiresAt,
      ...encrypted,
    }),
  };
}
