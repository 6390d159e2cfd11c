import type { ContentTable } from '../workspace/store/table';
import type { Partitions } from './partition';
import { prefixesOf, type UserObjects } from './user-objects';

/** Where content of users is deleted. */
export interface ContentPlace {
  readonly table: ContentTable;
  readonly partitions: Partitions;
  readonly objects: UserObjects;
}

/** How much was deleted, and whether nothing is left. */
export interface Deleted {
  readonly deleted: number;
  readonly isDone: boolean;
}

/** Rows that are asked for at once, and pages of them that are deleted in one step. */
const PAGE = 100;
const PAGES = 20;

/** What is read of a row that is counted or deleted. */
export const KEYS = ['pk', 'sk'] as const;

/** Deletes the rows of a user, a bounded number at a time. */
export async function deleteRows({ partitions, table }: ContentPlace, user: string): Promise<Deleted> {
  let deleted = 0;
  for (let page = 0; page < PAGES; page++) {
    const { rows, last } = await partitions.page(user, { limit: PAGE, attributes: KEYS });
    await table.deleteAll(rows);
    deleted += rows.length;
    if (last === undefined) return { deleted, isDone: true };
  }
  return { deleted, isDone: false };
}

/** Deletes every version of the objects of a user, a bounded number at a time. */
export async function deleteObjects({ objects }: ContentPlace, user: string): Promise<Deleted> {
  let deleted = 0;
  for (const prefix of prefixesOf(user)) {
    const page = await objects.delete(prefix, PAGES);
    deleted += page.deleted;
    if (!page.isDone) return { deleted, isDone: false };
  }
  return { deleted, isDone: true };
}
