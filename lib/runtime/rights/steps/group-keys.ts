import { GROUP_KEYS, pointerKey, SHARED_FILES, SHARES } from '../../workspace/prompts/share-keys';
import { ofUser } from '../../workspace/store/range';
import { keyOf, type Row, toKey } from '../../workspace/store/row';
import type { ContentTable } from '../../workspace/store/table';
import { type ContentAccess, type Deleted, deleteRows } from '../store/delete-content';
import type { PartsOf } from './parts';

type Keys = Pick<PartsOf['eraser'], 'keys'>;
type Figures = Readonly<Record<string, string | number>>;

/** The keys of a member's shares that an erasure ended, without those that its job names already. */
interface EndedGroupKeys {
  readonly keys: readonly string[];
  /** From this time on no process has one in memory, in Unix milliseconds; 0 if there was none. */
  readonly forgottenAt: number;
}

/** Rows that name a key of a member's shares. Their prefixes begin with `share`. */
const NAMING = [SHARES, SHARED_FILES, GROUP_KEYS];

/**
 * Deletes a bounded number of a member's rows, and what groups see by them. While rows name keys that the job doesn't, it ends these keys and
 * deletes none of these rows: the job must name the keys first, because the recovery Region finds them there.
 */
export async function deleteRowsAndShares(
  parts: Keys,
  content: ContentAccess,
  user: string,
  figures: Figures,
): Promise<Deleted & EndedGroupKeys> {
  let ended = await endListed(parts, content.table, user, figures);
  if (ended.keys.length > 0) return { deleted: 0, isDone: false, ...ended };
  // A request that began before the erasure may have written rows since they were listed, so those that are deleted decide.
  const deleted = await deleteRows(content, user, async (rows) => {
    ended = await endShares(parts, content.table, rows, figures);
    return ended.keys.length === 0;
  });
  return { ...deleted, ...ended };
}

/** Ends all shares that are there now, so that their keys are in the job after one step. */
async function endListed(parts: Keys, table: ContentTable, user: string, figures: Figures): Promise<EndedGroupKeys> {
  const keys = new Set<string>();
  let forgottenAt = 0;
  for await (const rows of table.pages(ofUser(user, 'share', 100))) {
    const ended = await endShares(parts, table, rows, withGroupKeys(figures, [...keys]));
    for (const key of ended.keys) keys.add(key);
    forgottenAt = Math.max(forgottenAt, ended.forgottenAt);
  }
  return { keys: [...keys], forgottenAt };
}

/** Ends the keys that rows name, and deletes the rows by which groups find shares among them. It may be repeated. */
async function endShares(
  { keys }: Keys,
  table: ContentTable,
  rows: readonly Row[],
  figures: Figures,
): Promise<EndedGroupKeys> {
  const ended = newGroupKeys(rows, figures);
  let forgottenAt = 0;
  for (const key of ended) {
    const destroyed = await keys.destroy(key);
    forgottenAt = Math.max(forgottenAt, destroyed.forgottenAt.getTime());
  }
  const shares = rows.map((row) => keyOf(row).sk).filter((sk) => sk.startsWith(SHARES));
  await table.deleteAll(shares.map((sk) => toKey(pointerKey(sk.slice(SHARES.length)))));
  return { keys: ended, forgottenAt };
}

/**
 * The keys that rows name and a job doesn't.
 *
 * @throws Error when a row that must name a key names none
 */
export function newGroupKeys(rows: readonly Row[], figures: Figures): string[] {
  const known = groupKeysOf(figures);
  const named = rows
    .filter((row) => NAMING.some((prefix) => keyOf(row).sk.startsWith(prefix)))
    .map(({ key }) => {
      if (key?.S !== undefined) return key.S;
      throw new Error("a row that names the key of a member's shares has no key; find out what changed it");
    });
  return [...new Set(named)].filter((key) => !known.includes(key));
}

/** The keys in the figures of a job, by which its steps in another Region find them. */
export const groupKeysOf = ({ groupKeys }: Figures): string[] =>
  `${groupKeys ?? ''}`.split(' ').filter((key) => key !== '');

/** The figures of a job with these keys too. */
export function withGroupKeys(figures: Figures, keys: readonly string[]) {
  const all = [...new Set([...groupKeysOf(figures), ...keys])];
  return all.length === 0 ? figures : { ...figures, groupKeys: all.join(' ') };
}
