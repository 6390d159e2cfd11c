import type { MembershipLedger, RoleChange } from '../runtime/members/membership-ledger';
import type { Membership, Memberships } from '../runtime/workspace/identity/membership';
import type { Store } from './store';

/** Who gave a role to which member of a workspace, in the store of `serve`. */
export class LocalMemberships implements MembershipLedger, Memberships {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
  ) {}

  public async of(member: string): Promise<Membership | undefined> {
    const sql = 'SELECT record FROM membership WHERE workspace = ? AND member = ?';
    const row = this.store.get(sql, this.workspace, member);
    return row && JSON.parse(String(row.record));
  }

  public async record({ member, given, taken, by, at }: RoleChange): Promise<void> {
    const { roles = {}, givers = [] } = (await this.of(member)) ?? {};
    const changed = [...given, ...taken].map((role) => [role, { at: at.getTime(), isCurrent: given.includes(role) }]);
    if (changed.length === 0) return;
    const next: Membership = {
      roles: { ...roles, ...Object.fromEntries(changed) },
      givers: given.length === 0 ? givers : [...new Set([...givers, by])],
    };
    const sql = 'INSERT OR REPLACE INTO membership (workspace, member, record) VALUES (?, ?, ?)';
    this.store.run(sql, this.workspace, member, JSON.stringify(next));
  }
}
