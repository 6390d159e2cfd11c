import { GROUP_KEYS, pointerKey, SHARES } from '../../workspace/prompts/share-keys';
import { ofUser } from '../../workspace/store/range';
import { keyOf, toKey } from '../../workspace/store/row';
import type { ContentTable } from '../../workspace/store/table';
import type { PartsOf } from './parts';

/** The keys of a member's shares that an erasure ended. */
export interface EndedGroupKeys {
  readonly keys: readonly string[];
  /** From this time on no process has one in memory, in Unix milliseconds; 0 if there was none. */
  readonly forgottenAt: number;
}

/**
 * Ends what a member shared with groups: the keys under which it is encrypted, and the rows by which groups find it. It comes before the
 * member's rows are deleted, because only they name the keys. It may be repeated.
 */
export async function endGroupKeys(
  { keys }: Pick<PartsOf['eraser'], 'keys'>,
  table: ContentTable,
  user: string,
): Promise<EndedGroupKeys> {
  const ended: string[] = [];
  let forgottenAt = 0;
  for await (const rows of table.pages(ofUser(user, GROUP_KEYS, 100))) {
    for (const { key } of rows) {
      const id = key?.S;
      if (id === undefined)
        throw new Error("a row that names the key of a member's shares has no key; find out what changed it");
      const destroyed = await keys.destroy(id);
      forgottenAt = Math.max(forgottenAt, destroyed.forgottenAt.getTime());
      ended.push(id);
    }
  }
  for await (const rows of table.pages(ofUser(user, SHARES, 100))) {
    await table.deleteAll(rows.map((row) => toKey(pointerKey(keyOf(row).sk.slice(SHARES.length)))));
  }
  return { keys: ended, forgottenAt };
}

/** The keys in the figures of a job, by which its steps in another Region find them. */
export const groupKeysOf = ({ groupKeys }: Readonly<Record<string, string | number>>): string[] =>
  `${groupKeys ?? ''}`.split(' ').filter((key) => key !== '');

/** The figures of a job with these keys too. */
export function withGroupKeys(figures: Readonly<Record<string, string | number>>, keys: readonly string[]) {
  const all = [...new Set([...groupKeysOf(figures), ...keys])];
  return all.length === 0 ? figures : { ...figures, groupKeys: all.join(' ') };
}
