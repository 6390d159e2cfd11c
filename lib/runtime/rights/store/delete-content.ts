import { isDeepStrictEqual } from 'node:util';
import type { ContentStores } from '../../workspace/store/content-stores';
import type { Row } from '../../workspace/store/row';
import { ContentTable } from '../../workspace/store/table';
import { Partitions } from './partition';
import { prefixesOf, UserObjects } from './user-objects';

/** Access to the content of users in one Region. */
export interface ContentAccess {
  readonly table: ContentTable;
  readonly partitions: Partitions;
  readonly objects: UserObjects;
}

/** @param now the time by which rows expire */
export const contentAccess = (
  { table, bucket }: Pick<ContentStores, 'table' | 'bucket'>,
  now: () => Date,
): ContentAccess => ({
  table: new ContentTable(table.client, table.name, now),
  partitions: new Partitions(table.client, table.name),
  objects: new UserObjects(bucket.client, bucket.name),
});

/** The result of one step of a deletion. */
export interface Deleted {
  readonly deleted: number;
  /** Whether nothing is left. */
  readonly isDone: boolean;
}

/** Rows per query, and pages that one step deletes. */
const PAGE = 100;
const PAGES = 20;

/** The attributes that are read of a row to count or delete it. */
export const KEYS = ['pk', 'sk'] as const;

/** The same, and what a row says about the keys of shares. */
const WITH_KEY = [...KEYS, 'key'] as const;

/**
 * Deletes a bounded number of a user's rows.
 *
 * @param mayDelete decides on the rows that are deleted next, and on no others; false ends the deletion before them
 */
export async function deleteRows(
  { partitions, table }: Pick<ContentAccess, 'partitions' | 'table'>,
  user: string,
  mayDelete?: (rows: readonly Row[]) => Promise<boolean>,
): Promise<Deleted> {
  let deleted = 0;
  let before: Row | undefined;
  for (let page = 0; page < PAGES; page++) {
    const { rows, last } = await partitions.page(user, { limit: PAGE, attributes: mayDelete ? WITH_KEY : KEYS });
    const [first] = rows;
    if (first !== undefined && isDeepStrictEqual(first, before)) {
      throw new Error('the table still lists rows that it reported as deleted, so they count as there; try again');
    }
    before = first;
    if (mayDelete && !(await mayDelete(rows))) return { deleted, isDone: false };
    await table.deleteAll(rows);
    deleted += rows.length;
    if (last === undefined) return { deleted, isDone: true };
    if (rows.length === 0) throw new Error('the table reports more rows without any of them; try again');
  }
  return { deleted, isDone: false };
}

/** Deletes a bounded number of a user's objects, each with all its versions. */
export async function deleteObjects({ objects }: ContentAccess, user: string): Promise<Deleted> {
  let deleted = 0;
  for (const prefix of prefixesOf(user)) {
    const page = await objects.delete(prefix, PAGES);
    deleted += page.deleted;
    if (!page.isDone) return { deleted, isDone: false };
  }
  return { deleted, isDone: true };
}
