import { RIGHTS_PARTITION } from '../../../contract/tables';
import { withPrefix } from '../../workspace/store/range';
import { keyOf, type Row } from '../../workspace/store/row';
import type { ContentTable } from '../../workspace/store/table';

/** The part of a list that an administrator requests. */
export interface PageOptions {
  /** The ID after which the page begins. */
  readonly after?: string;
  /** The number of rows, at most {@link MOST_ROWS}. */
  readonly limit: number;
}

/** The rows of one page. Each is less than two kilobytes, so a page is far below what an answer may have. */
export const MOST_ROWS = 1_000;

/** Rows that one query reads. */
const QUERY_ROWS = 100;

/**
 * Reads a page of the rows of a workspace's rights whose sort keys are a prefix and an ID.
 *
 * @returns the rows in the order of their IDs, and the last ID if there are more
 */
export async function rightsPage(
  table: ContentTable,
  prefix: string,
  { after, limit }: PageOptions,
): Promise<{ readonly rows: readonly Row[]; readonly next?: string }> {
  const range = withPrefix(RIGHTS_PARTITION, prefix, Math.min(limit + 2, QUERY_ROWS));
  const cursor = after && `${prefix}${after}`;
  const rows: Row[] = [];
  for await (const read of table.pages(cursor === undefined ? range : { ...range, from: cursor })) {
    for (const row of read) {
      if (keyOf(row).sk === cursor) continue;
      const last = rows.at(-1);
      if (last !== undefined && rows.length === limit) return { rows, next: keyOf(last).sk.slice(prefix.length) };
      rows.push(row);
    }
  }
  return { rows };
}
