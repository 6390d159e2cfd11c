import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import { groupsOf } from '../workspace/identity/groups';
import type { CognitoPool, PoolUser } from './cognito-pool';
import { toCursor, toText } from './cursor';
import { type ListedMember, ManagedElsewhere, type MemberList, type MemberPage } from './member-list';

/** Pages of the pool that are read for one page of the list at most: in a shared pool most users may be others'. */
const MOST_CALLS = 10;

/**
 * The members of a workspace who sign in at an identity provider: those whom its groups let in, as they were when they signed
 * in last. Who never did isn't in the pool.
 */
export class ProviderMembers implements MemberList {
  constructor(
    private readonly pool: CognitoPool,
    /** Groups of the provider, by the roles that they have in this workspace. */
    private readonly groups: Readonly<Record<MemberRole, readonly string[]>>,
  ) {}

  public async page(limit: number, after?: string): Promise<MemberPage> {
    const members: ListedMember[] = [];
    let { token } = toCursor(after, 1);
    for (let call = 0; call < MOST_CALLS; call++) {
      const { users, next } = await this.pool.users(limit - members.length, token);
      members.push(...users.map((user) => this.listed(user)).filter(({ roles }) => roles.length > 0));
      token = next;
      if (token === undefined) return { members };
      if (members.length >= limit) break;
    }
    return { members, next: toText({ part: 0, token }) };
  }

  public async find(id: string): Promise<ListedMember | undefined> {
    const user = await this.pool.byId(id);
    const member = user && this.listed(user);
    return member !== undefined && member.roles.length > 0 ? member : undefined;
  }

  public async add(): Promise<never> {
    return this.atProvider('who comes into this workspace');
  }

  public async setRoles(): Promise<never> {
    return this.atProvider('which roles somebody has');
  }

  public async remove(): Promise<never> {
    // A user who is deleted is made anew at the next sign-in.
    return this.atProvider('who comes into this workspace');
  }

  private atProvider(what: string): never {
    const groups = MEMBER_ROLES.flatMap((role) => this.groups[role].map((group) => `'${group}' (${role})`));
    throw new ManagedElsewhere(
      `${what} is decided at the identity provider, by its groups ${groups.join(', ')}; change it there, and disable a member ` +
        'here to keep them out meanwhile',
    );
  }

  private listed({ id, name, enabled, created, providerGroups }: PoolUser): ListedMember {
    const names = new Set(groupsOf(providerGroups));
    const roles = MEMBER_ROLES.filter((role) => this.groups[role].some((group) => names.has(group)));
    return { id, name, roles, enabled, invited: false, created };
  }
}
