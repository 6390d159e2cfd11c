import { randomBytes } from 'node:crypto';
import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import type { CognitoPool, PoolUser } from './cognito-pool';
import { toCursor, toText } from './cursor';
import type { ListedMember, MemberList, MemberPage, RecordGiven } from './member-list';

export interface PoolMembersOptions {
  readonly pool: CognitoPool;
  /** The pool's group of each role in this workspace. */
  readonly groups: Readonly<Record<MemberRole, string>>;
  /** Whether other workspaces use the pool too. */
  readonly isShared: boolean;
}

/** The most pages of the pool that are read for one page of the list. */
const MOST_CALLS = 10;

/** The members of a workspace whose users and groups are the pool's own. */
export class PoolMembers implements MemberList {
  constructor(private readonly options: PoolMembersOptions) {}

  /** Lists one group after the other. A member of several groups is listed with the first of them. */
  public async page(limit: number, after?: string): Promise<MemberPage> {
    const { pool, groups } = this.options;
    const members: ListedMember[] = [];
    let { part, token } = toCursor(after, MEMBER_ROLES.length);
    for (let call = 0; call < MOST_CALLS && members.length < limit; call++) {
      const role = MEMBER_ROLES[part];
      if (role === undefined) return { members };
      const { users, next } = await pool.inGroup(groups[role], limit - members.length, token);
      const listed = await Promise.all(users.map((user) => this.listed(user)));
      members.push(...listed.filter(({ roles }) => roles[0] === role));
      if (next === undefined) part++;
      token = next;
    }
    return { members, ...(part < MEMBER_ROLES.length && { next: toText({ part, token }) }) };
  }

  public async find(id: string): Promise<ListedMember | undefined> {
    const user = await this.options.pool.byId(id);
    const member = user && (await this.listed(user));
    return member !== undefined && member.roles.length > 0 ? member : undefined;
  }

  public async add(name: string, roles: readonly MemberRole[], record: RecordGiven) {
    const { pool, isShared } = this.options;
    // The creator of a user knows the temporary password. In a shared pool, another workspace might admit that user.
    const value = temporaryPassword();
    const created = isShared ? undefined : await pool.create(name, value);
    const user = created ?? (await pool.byName(name));
    if (user === undefined) return undefined;
    try {
      const before: readonly MemberRole[] = created === undefined ? (await this.listed(user)).roles : [];
      await record(
        user.id,
        roles.filter((role) => !before.includes(role)),
      );
      await this.join(user.name, roles);
    } catch (error) {
      // The temporary password would be lost with this answer, so the user could never sign in.
      if (created !== undefined) await pool.delete(created.name);
      throw error;
    }
    const member = await this.listed(user);
    return { member, ...(created !== undefined && { secret: { kind: 'temporary_password' as const, value } }) };
  }

  public async setRoles(
    { name, roles: before }: ListedMember,
    roles: readonly MemberRole[],
    record: () => Promise<void>,
  ): Promise<void> {
    await record();
    await this.join(
      name,
      roles.filter((role) => !before.includes(role)),
    );
    await this.leave(
      name,
      before.filter((role) => !roles.includes(role)),
    );
  }

  public async remove({ name }: ListedMember, record: () => Promise<void>): Promise<void> {
    const { pool, isShared } = this.options;
    await record();
    if (isShared) await this.leave(name, MEMBER_ROLES);
    else await pool.delete(name);
  }

  private async join(name: string, roles: readonly MemberRole[]): Promise<void> {
    for (const role of roles) await this.options.pool.join(name, this.options.groups[role]);
  }

  private async leave(name: string, roles: readonly MemberRole[]): Promise<void> {
    for (const role of roles) await this.options.pool.leave(name, this.options.groups[role]);
  }

  private async listed({ id, name, enabled, status, created }: PoolUser): Promise<ListedMember> {
    const { pool, groups } = this.options;
    const names = await pool.groupsOf(name);
    const roles = MEMBER_ROLES.filter((role) => names.includes(groups[role]));
    return { id, name, roles, enabled, invited: status === 'FORCE_CHANGE_PASSWORD', created };
  }
}

/** One character of each kind that the pool requires, and 144 random bits. */
const temporaryPassword = (): string => `Aa1!${randomBytes(18).toString('base64url')}`;
