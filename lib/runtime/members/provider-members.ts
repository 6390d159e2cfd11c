import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import { groupsOf } from '../workspace/identity/groups';
import type { CognitoPool, PoolUser } from './cognito-pool';
import { toCursor, toText } from './cursor';
import { type ListedMember, ManagedElsewhere, type MemberList, type MemberPage } from './member-list';

/** The most pages of the pool that are read for one page of the list: in a shared pool, most users may be of other workspaces. */
const MOST_CALLS = 10;

/**
 * The members of a workspace who sign in through an identity provider: the users whose groups have a role, as of their last sign-in.
 * Users who have never signed in aren't in the pool.
 */
export class ProviderMembers implements MemberList {
  constructor(
    private readonly pool: CognitoPool,
    /** The identity provider's groups, by their roles in this workspace. */
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
    return this.atProvider('membership of this workspace');
  }

  public async setRoles(): Promise<never> {
    return this.atProvider('the roles of a member');
  }

  public async remove(): Promise<never> {
    // A deleted user would be created again at the next sign-in.
    return this.atProvider('membership of this workspace');
  }

  private atProvider(subject: string): never {
    const groups = MEMBER_ROLES.flatMap((role) => this.groups[role].map((group) => `'${group}' (${role})`));
    throw new ManagedElsewhere(
      `the identity provider decides ${subject}, by its groups ${groups.join(', ')}; change it there, and disable a member here ` +
        'to block them meanwhile',
    );
  }

  private listed({ id, name, enabled, created, providerGroups }: PoolUser): ListedMember {
    const names = new Set(groupsOf(providerGroups));
    const roles = MEMBER_ROLES.filter((role) => this.groups[role].some((group) => names.has(group)));
    return { id, name, roles, enabled, invited: false, created };
  }
}
