import { groupRow, groupsOfUser } from '../../contract/directory';
import { type DirectoryTable, type Item, MOST_KEYS, textOf } from './directory-table';
import { chunks, inTurns } from './in-turns';
import { toGroup } from './records';

/** The most groups of one user that are read, so that a user in very many delays no request for long. */
export const MOST_GROUPS_OF_USER = 1_000;

/**
 * The names of all groups that a user is in; at most {@link MOST_GROUPS_OF_USER}, in no order.
 *
 * @param known rows of the directory that are read already
 */
export async function groupNames(
  table: DirectoryTable,
  user: string,
  known: Promise<ReadonlyMap<string, Item>>,
): Promise<readonly string[]> {
  const { items } = await table.page(groupsOfUser(user), undefined, MOST_GROUPS_OF_USER);
  const keys = items.map(({ sk }) => groupRow(sk?.S ?? ''));
  const read = await known;
  const unread = keys.filter((key) => !read.has(textOf(key)));
  const others = await inTurns(chunks(unread, MOST_KEYS), (some) => table.getAll(some));
  const rows = [...keys.map((key) => read.get(textOf(key))), ...others.flat()].filter((row) => row !== undefined);
  // A group that is being deleted has lost its name, and another may have it by now.
  return rows.flatMap((row) => {
    const { isEnding, displayName } = toGroup(row);
    return isEnding ? [] : [displayName];
  });
}
