import { randomBytes } from 'node:crypto';
import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import type { CognitoPool, PoolUser } from './cognito-pool';
import { toCursor, toText } from './cursor';
import type { ListedMember, MemberList, MemberPage } from './member-list';

export interface PoolMembersOptions {
  readonly pool: CognitoPool;
  /** The pool's group of each role in this workspace. */
  readonly groups: Readonly<Record<MemberRole, string>>;
  /** Whether other workspaces come in by the pool too. */
  readonly isShared: boolean;
}

/** Pages of the pool that are read for one page of the list at most. */
const MOST_CALLS = 10;

/** The members of a workspace whose users are the pool's own, by groups of the pool. */
export class PoolMembers implements MemberList {
  constructor(private readonly options: PoolMembersOptions) {}

  /** One group after the other. Whoever is in several is told of with the first of them. */
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

  public async add(name: string, roles: readonly MemberRole[]) {
    const { pool, isShared } = this.options;
    // Whoever makes a user has their first password. Of a shared pool, another workspace might let that user in.
    const value = firstPassword();
    const made = isShared ? undefined : await pool.create(name, value);
    const user = made ?? (await pool.byName(name));
    if (user === undefined) return undefined;
    try {
      await this.join(user.name, roles);
    } catch (error) {
      // Their password would be lost with this answer, and nobody could sign in with it.
      if (made !== undefined) await pool.delete(made.name);
      throw error;
    }
    const member = await this.listed(user);
    return { member, ...(made !== undefined && { secret: { kind: 'temporary_password' as const, value } }) };
  }

  public async setRoles({ name, roles: before }: ListedMember, roles: readonly MemberRole[]): Promise<void> {
    await this.join(
      name,
      roles.filter((role) => !before.includes(role)),
    );
    await this.leave(
      name,
      before.filter((role) => !roles.includes(role)),
    );
  }

  public async remove({ name }: ListedMember): Promise<void> {
    const { pool, isShared } = this.options;
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

/** One of each kind that the pool asks for, and 144 bits beside. */
const firstPassword = (): string => `Aa1!${randomBytes(18).toString('base64url')}`;
