import { segmentKey } from '../store/keys';
import { numberOf, type Row, toAttributes, toKey } from '../store/row';
import type { Sealed } from '../store/seal';
import { sizeOfAll } from '../store/size';
import type { Placed } from './items';

/** As much as a segment grows to: few enough bytes to write again with each turn, and enough that a window is few segments. */
export const SEGMENT_BYTES = 16_384;

/** A segment isn't added to for longer: it expires by its newest item, and its oldest must not stay much longer than that. */
export const SEGMENT_MS = 86_400_000;

/** What is readable of a segment. */
export interface SegmentFigures {
  readonly first: number;
  readonly last: number;
  readonly tokens: number;
  readonly bytes: number;
}

export const figuresOf = (row: Row): SegmentFigures => ({
  first: numberOf(row, 'first'),
  last: numberOf(row, 'last'),
  tokens: numberOf(row, 'tokens'),
  bytes: numberOf(row, 'bytes'),
});

/** The row of items that follow each other; at least one. */
export function segmentRow(
  user: string,
  line: string,
  {
    first,
    placed,
    sealed,
    expiresAt,
  }: { first: number; placed: readonly Placed[]; sealed: Sealed; expiresAt?: number },
): Row {
  const last = placed.at(-1);
  const { tokens, bytes } = sizeOfAll(placed.map(({ item }) => item));
  return {
    ...toKey(segmentKey(user, line, first)),
    ...toAttributes({
      first,
      last: last?.seq,
      items: placed.length,
      tokens,
      bytes,
      updatedAt: last?.at,
      expiresAt,
      ...sealed,
    }),
  };
}
