import type { DirectoryStore } from '../directory/directory-store';
import type { DirectoryGroup } from '../directory/records';
import { invalidValue, notFound } from './api-error';
import { unsupported } from './filter';
import { changedGroup, type GroupValues, type MemberChanges } from './group-changes';
import { isSelected, type ListQuery, type Selection, selected } from './list-query';
import type { Operation } from './patch';
import { type Locate, toGroupResource } from './resources';
import { retried } from './retried';
import { isId } from './values';

/** The most members in one page of groups; a page ends early after the group with which it reaches them. */
const MOST_MEMBERS_IN_PAGE = 30_000;

/** The groups of a directory, in SCIM's form. */
export class ScimGroups {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly now: () => Date,
  ) {}

  public async list({ filter, start, count, ...selection }: ListQuery, locate: Locate) {
    const all = await this.found(filter);
    const resources: object[] = [];
    let members = 0;
    for (const group of all.slice(start, start + count)) {
      if (members >= MOST_MEMBERS_IN_PAGE) break;
      const ids = await this.membersOf(group, selection);
      members += ids?.length ?? 0;
      resources.push(selected(toGroupResource(group, locate, ids), selection));
    }
    return { total: all.length, start, resources };
  }

  public async get(id: string): Promise<DirectoryGroup> {
    const group = isId(id) ? await this.directory.group(id) : undefined;
    if (group === undefined || group.isEnding) throw notFound('group');
    return group;
  }

  /** @throws ApiError if a value is wrong or taken, or a member isn't a user */
  public async create(operations: readonly Operation[]): Promise<DirectoryGroup> {
    const { values, members } = changedGroup({}, operations);
    const users = await this.requireUsers(added(members));
    const now = this.now().getTime();
    const group = { id: crypto.randomUUID(), ...values, created: now, changed: now, namedSince: now, version: 1 };
    await retried(() => this.directory.writeGroup(group));
    await this.directory.memberships.add(group.id, users, now);
    return group;
  }

  /**
   * Removals come first.
   *
   * @throws ApiError if there is no such group or a value is wrong; and if a name is taken or an added member isn't a user, once the
   * members who leave are removed
   */
  public async change(id: string, operations: readonly Operation[], isWhole = false): Promise<DirectoryGroup> {
    const { memberships } = this.directory;
    const { members } = changedGroup(await this.get(id), operations, id);
    const replaces = members.replaces || isWhole;
    const current = new Set(replaces ? await memberships.membersOf(id) : []);
    const leaving = replaces
      ? [...current].filter((user) => members.users.get(user) !== true)
      : [...members.users].flatMap(([user, joins]) => (joins ? [] : [user]));
    // Before anything can fail, because a member who must go is worse than one who isn't there yet.
    await memberships.remove(id, leaving);
    const users = await this.requireUsers(added(members).filter((user) => !current.has(user)));
    const group = await retried(() => this.rename(id, operations, isWhole));
    await memberships.add(id, users, this.now().getTime());
    return group;
  }

  /** A repeated request finishes what an interrupted one began. */
  public delete(id: string): Promise<void> {
    return retried(async () => {
      const group = isId(id) ? await this.directory.group(id) : undefined;
      if (group === undefined) throw notFound('group');
      await this.directory.deleteGroup(group);
    });
  }

  public async show(group: DirectoryGroup, selection: Selection, locate: Locate) {
    return selected(toGroupResource(group, locate, await this.membersOf(group, selection)), selection);
  }

  private async rename(id: string, operations: readonly Operation[], isWhole: boolean): Promise<DirectoryGroup> {
    const before = await this.get(id);
    const { values } = changedGroup(isWhole ? {} : before, operations, id);
    if (isSame(before, values)) return before;
    const now = this.now().getTime();
    const { externalId: _, ...left } = before;
    const group: DirectoryGroup = { ...left, ...values, changed: now, namedSince: now, version: before.version + 1 };
    await this.directory.writeGroup(group, before);
    return group;
  }

  private async membersOf({ id }: DirectoryGroup, selection: Selection): Promise<readonly string[] | undefined> {
    return isSelected(selection, 'members', true) ? this.directory.memberships.membersOf(id) : undefined;
  }

  private async requireUsers(ids: readonly string[]): Promise<readonly string[]> {
    const [unknown] = await this.directory.memberships.unknown(ids);
    if (unknown === undefined) return ids;
    throw invalidValue(
      "one of 'members' is no user of this directory; create the user first, and send the id of the answer",
    );
  }

  /** The groups that a filter finds, by a unique value or by a member. */
  private async found(filter: ListQuery['filter']): Promise<DirectoryGroup[]> {
    if (filter.length === 0) return this.directory.groups();
    if (filter.some(([name]) => !COMPARED.includes(name))) throw unsupported();
    const values = new Map(filter);
    const id =
      values.get('id') ??
      (await this.idOf('groupExternalId', values.get('externalid'))) ??
      (await this.idOf('groupName', values.get('displayname')));
    const isNamed = filter.some(([name]) => name !== 'members');
    const groups = isNamed
      ? isId(id)
        ? await this.directory.groupsById([id])
        : []
      : await this.groupsOf(values.get('members') ?? '');
    const found: DirectoryGroup[] = [];
    for (const group of groups) {
      const meets = await Promise.all(filter.map(([name, value]) => this.meets(group, name, value)));
      if (meets.every(Boolean)) found.push(group);
    }
    return found;
  }

  private async groupsOf(user: string): Promise<DirectoryGroup[]> {
    return isId(user) ? this.directory.groupsById(await this.directory.memberships.groupsOf(user)) : [];
  }

  private async meets({ id, displayName, externalId }: DirectoryGroup, name: string, value: string): Promise<boolean> {
    if (name === 'members') return isId(value) && this.directory.memberships.has(value, id);
    if (name === 'displayname') return displayName.toLowerCase() === value.toLowerCase();
    return (name === 'id' ? id : externalId) === value;
  }

  private idOf(of: 'groupName' | 'groupExternalId', value: string | undefined) {
    return value === undefined ? undefined : this.directory.idOf(of, value);
  }
}

const COMPARED: readonly string[] = ['id', 'displayname', 'externalid', 'members'];

const added = ({ users }: MemberChanges): string[] => [...users].flatMap(([user, joins]) => (joins ? [user] : []));

const isSame = (before: GroupValues, { displayName, externalId }: GroupValues): boolean =>
  before.displayName === displayName && before.externalId === externalId;
