import type { DirectoryStore } from '../directory/directory-store';
import type { DirectoryUser } from '../directory/records';
import { notFound } from './api-error';
import { unsupported } from './filter';
import { isSelected, type ListQuery, type Selection, selected } from './list-query';
import type { Operation } from './patch';
import { type Locate, toUserResource } from './resources';
import { retried } from './retried';
import { changedUser, type UserValues } from './user-changes';
import { isId } from './values';

/** The users of a directory, in SCIM's form. */
export class ScimUsers {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly now: () => Date,
  ) {}

  public async list({ filter, start, count, ...selection }: ListQuery, locate: Locate) {
    const all = await this.found(filter);
    const page = all.slice(start, start + count);
    // One after the other: only a request that asks for the groups of many users takes long.
    const resources: object[] = [];
    for (const user of page) resources.push(await this.show(user, selection, locate));
    return { total: all.length, start, resources };
  }

  public async get(id: string): Promise<DirectoryUser> {
    const user = isId(id) ? await this.directory.user(id) : undefined;
    if (user === undefined) throw notFound('user');
    return user;
  }

  /** @throws ApiError if a value is wrong or taken */
  public create(operations: readonly Operation[]): Promise<DirectoryUser> {
    const values = changedUser({}, operations);
    const now = this.now().getTime();
    const user = { id: crypto.randomUUID(), ...values, created: now, changed: now, activeSince: now, version: 1 };
    return retried(async () => {
      await this.directory.writeUser(user);
      return user;
    });
  }

  /** @throws ApiError if there is no such user, or a value is wrong or taken */
  public change(id: string, operations: readonly Operation[]): Promise<DirectoryUser> {
    return retried(async () => {
      const before = await this.get(id);
      const values = changedUser(before, operations, id);
      if (isSame(before, values)) return before;
      const now = this.now().getTime();
      const user: DirectoryUser = {
        ...before,
        ...values,
        changed: now,
        activeSince: isSamePerson(before, values) ? before.activeSince : now,
        version: before.version + 1,
      };
      await this.directory.writeUser(user, before);
      return user;
    });
  }

  public delete(id: string): Promise<void> {
    return retried(async () => this.directory.deleteUser(await this.get(id)));
  }

  public async show(user: DirectoryUser, selection: Selection, locate: Locate) {
    const groups = isSelected(selection, 'groups', false)
      ? await this.directory.groupsById(await this.directory.memberships.groupsOf(user.id))
      : undefined;
    return selected(toUserResource(user, locate, groups), selection);
  }

  /** The users that a filter finds. It must name a unique value, so that no request searches all of them. */
  private async found(filter: ListQuery['filter']): Promise<DirectoryUser[]> {
    if (filter.length === 0) return this.directory.users();
    if (filter.some(([name]) => !COMPARED.includes(name))) throw unsupported();
    const values = new Map(filter);
    const id =
      values.get('id') ??
      (await this.idOf('userExternalId', values.get('externalid'))) ??
      (await this.idOf('userName', values.get('username')));
    const user = isId(id) ? await this.directory.user(id) : undefined;
    return user !== undefined && filter.every(([name, value]) => meets(user, name, value)) ? [user] : [];
  }

  private idOf(of: 'userName' | 'userExternalId', value: string | undefined) {
    return value === undefined ? undefined : this.directory.idOf(of, value);
  }
}

const COMPARED: readonly string[] = ['id', 'username', 'externalid'];

/** `userName` has no case; `externalId` and `id` do (RFC 7643, 3.1 and 4.1). */
const meets = ({ id, userName, externalId }: DirectoryUser, name: string, value: string): boolean => {
  if (name === 'username') return userName.toLowerCase() === value.toLowerCase();
  return (name === 'id' ? id : externalId) === value;
};

/** An external ID that is set late says only then who the user is, so no member has held a role by the record before. */
const isSamePerson = (before: UserValues, { externalId, active }: UserValues): boolean =>
  before.externalId === externalId && before.active === active;

const isSame = (before: UserValues, { userName, externalId, active }: UserValues): boolean =>
  before.userName === userName && before.externalId === externalId && before.active === active;
