import type { PageQuery } from '../../http/page';
import { partitionOf } from './keys';

/** Rows of one partition, in the order of their sort keys. */
export interface Range {
  readonly pk: string;
  /** Inclusive, as is `to`. */
  readonly from: string;
  readonly to: string;
  readonly order: 'asc' | 'desc';
  /** The number of rows per query. */
  readonly page: number;
}

/** The rows of a partition whose sort keys begin with a prefix. */
export const withPrefix = (pk: string, prefix: string, page: number, order: Range['order'] = 'asc'): Range => ({
  pk,
  from: prefix,
  to: `${prefix}~`,
  order,
  page,
});

/** The rows of a user whose sort keys begin with a prefix. */
export const ofUser = (user: string, prefix: string, page: number, order: Range['order'] = 'asc'): Range =>
  withPrefix(partitionOf(user), prefix, page, order);

/** The rows of a user's list from a cursor on. Both ends are inclusive, so the row of the cursor is among them. */
export function fromCursor(user: string, prefix: string, { after, limit, order }: PageQuery): Range {
  const range = ofUser(user, prefix, limit + 2, order);
  if (after === undefined) return range;
  const cursor = `${prefix}${after}`;
  return order === 'asc' ? { ...range, from: cursor } : { ...range, to: cursor };
}
