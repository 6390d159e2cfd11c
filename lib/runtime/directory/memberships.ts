import {
  groupsOfUser,
  MEMBER_PARTITIONS,
  memberRow,
  membershipRow,
  membersOfGroup,
  userRow,
} from '../../contract/directory';
import { type DirectoryTable, type Item, MOST_WRITES, type Part } from './directory-table';
import { chunks, inTurns } from './in-turns';

/** Each membership is two rows: one with the user's groups, which decides, and one that lists the group's members. */
const ROWS = 2;

/** Which users are in which groups. */
export class Memberships {
  constructor(private readonly table: DirectoryTable) {}

  /** The IDs of a user's groups. */
  public async groupsOf(user: string): Promise<string[]> {
    return idsOf(this.table.partition(groupsOfUser(user)));
  }

  /** The IDs of a group's members, in order. */
  public async membersOf(group: string): Promise<string[]> {
    const parts = await inTurns(MEMBER_PARTITIONS, (part) => idsOf(this.table.partition(membersOfGroup(group, part))));
    return parts.flat();
  }

  public async has(user: string, group: string): Promise<boolean> {
    return (await this.table.get(membershipRow(user, group))) !== undefined;
  }

  /** Those of the IDs that no user has. */
  public async unknown(users: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    await inTurns(chunks(users, MOST_WRITES), async (ids) => {
      for (const { sk } of await this.table.getAll(ids.map(userRow))) found.add(sk?.S ?? '');
    });
    return users.filter((id) => !found.has(id));
  }

  /** Adds members. Those who are members already keep the time since when they are. */
  public add(group: string, users: readonly string[], now: number): Promise<void> {
    const once = { since: { N: `${now}` } };
    return this.change(group, users, (key) => ({ add: key, once }));
  }

  public remove(group: string, users: readonly string[]): Promise<void> {
    return this.change(group, users, (key) => ({ remove: key }));
  }

  /** Removes a user from all groups. */
  public async leaveAll(user: string): Promise<void> {
    const groups = await this.groupsOf(user);
    await inTurns(chunks(groups, MOST_WRITES / ROWS), (some) =>
      this.table.write(some.flatMap((group) => rowsOf(group, user).map((remove) => ({ remove })))),
    );
  }

  /** Both rows of a membership change together, so that a crash leaves no member that the group doesn't list. */
  private async change(group: string, users: readonly string[], part: (key: Item) => Part): Promise<void> {
    await inTurns(chunks(users, MOST_WRITES / ROWS), (some) =>
      this.table.write(some.flatMap((user) => rowsOf(group, user).map(part))),
    );
  }
}

const rowsOf = (group: string, user: string): Item[] => [membershipRow(user, group), memberRow(group, user)];

async function idsOf(pages: AsyncIterable<Item[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const items of pages) for (const { sk } of items) ids.push(sk?.S ?? '');
  return ids;
}
