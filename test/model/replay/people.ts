import type { MemberRole } from '@/lib/contract/roles';
import type { RoleSources } from '@/lib/runtime/rights/decisions/role-history';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';

/** The people of a trace. Roles that change are recorded as the administration of members records them. */
export class People implements RoleSources {
  private readonly recorded = new Map<string, Membership>();
  public readonly memberships = { of: async (member: string) => this.recorded.get(member) };

  /** A person without a record holds their role since before the first request, or doesn't hold it. */
  public readonly unrecorded = async ({ id, role }: { readonly id: string; readonly role: MemberRole }) =>
    INITIAL.has(`${id} ${role}`) ? 0 : undefined;

  public change(member: string, role: MemberRole, by: string, at: number, isCurrent: boolean): void {
    const { roles = {}, givers = [] } = this.recorded.get(member) ?? {};
    this.recorded.set(member, {
      roles: { ...roles, [role]: { at, isCurrent } },
      givers: isCurrent ? [...new Set([...givers, by])] : givers,
    });
  }
}

const INITIAL = new Set(['first admin', 'second admin', 'ada member', 'heir member']);
