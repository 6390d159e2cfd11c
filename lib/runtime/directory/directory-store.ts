import {
  DIRECTORY_PARTITIONS,
  groupRow,
  linkRow,
  type UniqueValue,
  uniqueRow,
  userRow,
} from '../../contract/directory';
import type { Table } from '../aws/table';
import { DirectoryTable, type Item } from './directory-table';
import { Memberships } from './memberships';
import {
  type DirectoryGroup,
  type DirectoryUser,
  toGroup,
  toGroupItem,
  toUser,
  toUserItem,
  uniqueKey,
} from './records';
import { type UniqueValues, writeRecord } from './unique-values';

/** The users and groups of a workspace's directory. Every change of a record is atomic. */
export class DirectoryStore {
  public readonly memberships: Memberships;
  private readonly table: DirectoryTable;

  constructor(table: Table) {
    this.table = new DirectoryTable(table);
    this.memberships = new Memberships(this.table);
  }

  /** Every user, in the order of their IDs. */
  public async users(): Promise<DirectoryUser[]> {
    return (await this.all(DIRECTORY_PARTITIONS.users)).map(toUser);
  }

  /** Every group, in the order of their IDs; those that are being deleted left out. */
  public async groups(): Promise<DirectoryGroup[]> {
    return (await this.all(DIRECTORY_PARTITIONS.groups)).map(toGroup).filter(({ isEnding }) => !isEnding);
  }

  public async user(id: string): Promise<DirectoryUser | undefined> {
    const item = await this.table.get(userRow(id));
    return item && toUser(item);
  }

  /** A group, even if it is being deleted. */
  public async group(id: string): Promise<DirectoryGroup | undefined> {
    const item = await this.table.get(groupRow(id));
    return item && toGroup(item);
  }

  public async groupsById(ids: readonly string[]): Promise<DirectoryGroup[]> {
    return (await this.table.getAll(ids.map(groupRow))).map(toGroup).filter(({ isEnding }) => !isEnding);
  }

  /** The ID of the record that has a unique value. */
  public async idOf(of: UniqueValue, value: string): Promise<string | undefined> {
    return (await this.table.get(uniqueKey(of, value)))?.id?.S;
  }

  /**
   * Creates a user, or replaces one.
   *
   * @throws ValueTaken or RecordChanged
   */
  public writeUser(user: DirectoryUser, before?: DirectoryUser): Promise<void> {
    const item = toUserItem(user);
    return writeRecord(this.table, {
      id: user.id,
      key: userRow(user.id),
      item,
      version: before?.version,
      before: valuesOfUser(before),
      after: valuesOfUser(user),
    });
  }

  /**
   * Creates a group, or replaces one.
   *
   * @throws ValueTaken or RecordChanged
   */
  public writeGroup(group: DirectoryGroup, before?: DirectoryGroup): Promise<void> {
    const item = toGroupItem(group);
    return writeRecord(this.table, {
      id: group.id,
      key: groupRow(group.id),
      item,
      version: before?.version,
      before: valuesOfGroup(before),
      after: valuesOfGroup(group),
    });
  }

  /**
   * Deletes a user. The memberships go first, so that a repeated call finishes what an interrupted one began.
   *
   * @throws RecordChanged
   */
  public async deleteUser(user: DirectoryUser): Promise<void> {
    await this.memberships.leaveAll(user.id);
    const { id, version } = user;
    await writeRecord(this.table, { id, key: userRow(id), version, before: valuesOfUser(user), after: {} });
    // A request that added the user to a group meanwhile has left rows without a user.
    await this.memberships.leaveAll(id);
  }

  /**
   * Deletes a group. It gives no role from the first step on; a repeated call finishes what an interrupted one began.
   *
   * @throws RecordChanged
   */
  public async deleteGroup(group: DirectoryGroup): Promise<void> {
    const ending: DirectoryGroup = group.isEnding ? group : { ...group, version: group.version + 1, isEnding: true };
    if (!group.isEnding) await this.writeGroup(ending, group);
    const { id, version } = ending;
    await this.memberships.remove(id, await this.memberships.membersOf(id));
    await writeRecord(this.table, { id, key: groupRow(id), version, before: {}, after: {} });
  }

  /**
   * Deletes what the directory has of a member, and which user they are.
   *
   * @param before users created from this time on stay, in Unix milliseconds, and so does the link to them
   * @default - all of the member's users are deleted
   * @returns the number of rows that were found
   */
  public async erase(member: string, before = Number.POSITIVE_INFINITY): Promise<number> {
    const ids = await this.usersOf(member);
    if (ids.length === 0) return 0;
    let rows = 0;
    let isNeeded = false;
    for (const id of ids) {
      const user = await this.user(id);
      if (user !== undefined && user.created >= before) {
        isNeeded = true;
        continue;
      }
      rows += (await this.memberships.groupsOf(id)).length + (user === undefined ? 0 : 1);
      if (user !== undefined) await this.deleteUser(user);
      else await this.memberships.leaveAll(id);
    }
    // The link goes last, so that a repeated call finds what an interrupted one left.
    if (isNeeded) return rows;
    await this.table.write([{ remove: linkRow(member) }]);
    return rows + 1;
  }

  /** The number of rows that the directory has of a member. */
  public async count(member: string): Promise<number> {
    const ids = await this.usersOf(member);
    let rows = ids.length === 0 ? 0 : 1;
    for (const id of ids) {
      const [groups, user] = await Promise.all([this.memberships.groupsOf(id), this.user(id)]);
      rows += groups.length + (user === undefined ? 0 : 1);
    }
    return rows;
  }

  /** The IDs of the user that a member's link names, and of the one that SCIM has since created with the same external ID. */
  private async usersOf(member: string): Promise<string[]> {
    const link = await this.table.get(linkRow(member));
    if (link?.id?.S === undefined) return [];
    const digest = link.digest?.S;
    const now = digest === undefined ? undefined : await this.table.get(uniqueRow('userExternalId', digest));
    return [...new Set([link.id.S, ...(now?.id?.S === undefined ? [] : [now.id.S])])];
  }

  private async all(pk: string): Promise<Item[]> {
    const items: Item[] = [];
    for await (const page of this.table.partition(pk)) items.push(...page);
    return items;
  }
}

const valuesOfUser = (user: DirectoryUser | undefined): UniqueValues =>
  user === undefined
    ? {}
    : { userName: user.userName, ...(user.externalId !== undefined && { userExternalId: user.externalId }) };

/** A group that is being deleted reserves nothing. */
const valuesOfGroup = (group: DirectoryGroup | undefined): UniqueValues =>
  group === undefined || group.isEnding
    ? {}
    : { groupName: group.displayName, ...(group.externalId !== undefined && { groupExternalId: group.externalId }) };
