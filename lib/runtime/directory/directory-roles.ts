import { DIRECTORY_PARTITIONS, groupRow, linkRow, membershipRow, userRow } from '../../contract/directory';
import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import type { Table } from '../aws/table';
import { byKey, DirectoryTable, type Item, textOf } from './directory-table';
import { groupNames } from './group-names';
import { type DirectoryUser, digestOf, toGroup, toUser, uniqueKey } from './records';

/** What the directory says of a member. */
export interface DirectoryEntry {
  readonly user: DirectoryUser;
  /** Since when the member has each role, in Unix milliseconds. An inactive user has none. */
  readonly since: Readonly<Partial<Record<MemberRole, number>>>;
  readonly roles: readonly MemberRole[];
  /**
   * The names of all groups that the member is in. An inactive user is in none.
   *
   * @default - not read: the reader needs roles only
   */
  readonly groups?: readonly string[];
}

/** A member and what the directory says of them. */
export interface DirectoryMember extends DirectoryEntry {
  /** The `sub` of their tokens. */
  readonly member: string;
}

/** The groups of each role, by their `displayName` or `externalId`. */
export type RoleGroups = Readonly<Record<MemberRole, readonly string[]>>;

/** Reads which roles members have by the directory, with two reads of DynamoDB, however large it is. */
export class DirectoryRoles {
  private readonly table: DirectoryTable;

  /** @param withGroups whether entries also have the names of all groups of a member, which takes more reads and permissions */
  constructor(
    table: Table,
    private readonly groups: RoleGroups,
    private readonly withGroups = false,
  ) {
    this.table = new DirectoryTable(table);
  }

  /**
   * The entry of the user with an external ID, for the member whose token has it as subject. Notes which user the member is, so that
   * an erasure finds the user's rows, also after SCIM has created the user again.
   */
  public async bySubject(member: string, subject: string): Promise<DirectoryEntry | undefined> {
    const [own, link] = [uniqueKey('userExternalId', subject), linkRow(member)];
    const found = byKey(await this.table.getAll([own, link, ...this.nameKeys()]));
    const id = found.get(textOf(own))?.id?.S;
    if (id === undefined) return undefined;
    const digest = digestOf(subject);
    const known = found.get(textOf(link));
    if (known?.id?.S !== id || known.digest?.S !== digest) {
      await this.table.write([{ put: { ...link, id: { S: id }, digest: { S: digest } } }]);
    }
    const entry = await this.entryOf(id, found);
    // The row that reserves the external ID and the user's own row must agree.
    return entry?.user.externalId === undefined ? undefined : entry;
  }

  /** The entry of a member who has used the workspace before. */
  public async ofMember(member: string): Promise<DirectoryEntry | undefined> {
    const link = linkRow(member);
    const found = byKey(await this.table.getAll([link, ...this.nameKeys()]));
    const id = found.get(textOf(link))?.id?.S;
    return id === undefined ? undefined : this.entryOf(id, found);
  }

  /** A page of the members who have used the workspace, in the order of their IDs. */
  public async page(limit: number, after?: string): Promise<{ members: DirectoryMember[]; last?: string }> {
    const start = after === undefined ? undefined : linkRow(after);
    const { items, last } = await this.table.page(DIRECTORY_PARTITIONS.links, start, limit);
    const names = byKey(await this.table.getAll(this.nameKeys()));
    const members: DirectoryMember[] = [];
    for (const { sk, id } of items) {
      const entry = await this.entryOf(id?.S ?? '', names);
      if (entry !== undefined) members.push({ member: sk?.S ?? '', ...entry });
    }
    return { members, ...(last && { last: last.sk?.S }) };
  }

  private async entryOf(id: string, names: ReadonlyMap<string, Item>): Promise<DirectoryEntry | undefined> {
    const candidates = [...new Set(this.nameKeys().flatMap((key) => names.get(textOf(key))?.id?.S ?? []))];
    const keys = candidates.flatMap((group) => [groupRow(group), membershipRow(id, group)]);
    const reading = this.table.getAll([userRow(id), ...keys]).then(byKey);
    // Both reads begin at once.
    const [found, allGroups] = await Promise.all([
      reading,
      this.withGroups ? groupNames(this.table, id, reading) : undefined,
    ]);
    const item = found.get(textOf(userRow(id)));
    if (item === undefined) return undefined;
    const user = toUser(item);
    const since: Partial<Record<MemberRole, number>> = {};
    for (const role of MEMBER_ROLES) {
      for (const group of user.active ? candidates : []) {
        const at = this.sinceWhen(found, id, group, role);
        if (at !== undefined)
          since[role] = Math.min(since[role] ?? Number.POSITIVE_INFINITY, Math.max(at, user.activeSince));
      }
    }
    const roles = MEMBER_ROLES.filter((role) => since[role] !== undefined);
    return { user, since, roles, ...(allGroups && { groups: user.active ? allGroups : [] }) };
  }

  /** Since when a group gives a user a role; undefined if it doesn't. */
  private sinceWhen(found: ReadonlyMap<string, Item>, user: string, id: string, role: MemberRole): number | undefined {
    const membership = found.get(textOf(membershipRow(user, id)));
    const item = found.get(textOf(groupRow(id)));
    if (membership === undefined || item === undefined) return undefined;
    const { displayName, externalId, namedSince, isEnding } = toGroup(item);
    // Exactly as written: unlike the unique value, the name of a group that has a role has its case.
    const named = this.groups[role].some((name) => name === displayName || name === externalId);
    if (!named || isEnding) return undefined;
    // A time that can't be read would count as long ago.
    const since = Number(membership.since?.N ?? Number.NaN);
    return Number.isNaN(since) ? undefined : Math.max(since, namedSince);
  }

  private nameKeys(): Item[] {
    const names = new Set(MEMBER_ROLES.flatMap((role) => this.groups[role]));
    return [...names].flatMap((name) => [uniqueKey('groupName', name), uniqueKey('groupExternalId', name)]);
  }
}
