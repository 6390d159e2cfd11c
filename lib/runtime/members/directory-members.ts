import { MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import type { DirectoryMember, DirectoryRoles } from '../directory/directory-roles';
import { type ListedMember, ManagedElsewhere, type MemberList, type MemberPage, UnknownCursor } from './member-list';

/** The members of a workspace whose directory SCIM writes: those who have used it since then, with their roles of now. */
export class DirectoryMembers implements MemberList {
  constructor(
    private readonly directory: Pick<DirectoryRoles, 'ofMember' | 'page'>,
    /** The groups of the directory, by their roles in this workspace. */
    private readonly groups: Readonly<Record<MemberRole, readonly string[]>>,
  ) {}

  public async page(limit: number, after?: string): Promise<MemberPage> {
    if (after !== undefined && !/^[\w-]{1,64}$/.test(after)) throw new UnknownCursor('the list has no such page');
    const { members, last } = await this.directory.page(limit, after);
    return { members: members.map(listed).filter(({ roles }) => roles.length > 0), ...(last && { next: last }) };
  }

  public async find(id: string): Promise<ListedMember | undefined> {
    const entry = await this.directory.ofMember(id);
    // A user without a role or who is inactive stays visible, so that their sessions can be ended.
    return entry && listed({ member: id, ...entry });
  }

  public async add(): Promise<never> {
    return this.bySystem('membership of this workspace');
  }

  public async setRoles(): Promise<never> {
    return this.bySystem('the roles of a member');
  }

  public async remove(): Promise<never> {
    return this.bySystem('membership of this workspace');
  }

  private bySystem(subject: string): never {
    const groups = MEMBER_ROLES.flatMap((role) => this.groups[role].map((group) => `'${group}' (${role})`));
    throw new ManagedElsewhere(
      `the organisation's identity system decides ${subject} by SCIM, by its groups ${groups.join(', ')}; change it there, and disable a ` +
        'member here to block them meanwhile',
    );
  }
}

const listed = ({ member, user, roles }: DirectoryMember): ListedMember => ({
  id: member,
  name: user.userName,
  roles,
  enabled: user.active,
  invited: false,
  created: new Date(user.created),
});
