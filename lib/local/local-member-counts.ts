import { countersOf } from '../runtime/gateway/limits/windows';
import type { MemberCounts } from '../runtime/rights/store/member-counts';
import type { Store } from './store';

/** The counts of a workspace's members in the store of `serve`. */
export class LocalMemberCounts implements MemberCounts {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
  ) {}

  public async days(member: string): Promise<number> {
    const sql = 'SELECT 1 FROM counter WHERE tenant = ? AND name = ?';
    return this.counters(member).filter(({ tenant, name }) => this.store.get(sql, tenant, name) !== undefined).length;
  }

  public async erase(member: string): Promise<number> {
    const sql = 'DELETE FROM counter WHERE tenant = ? AND name = ?';
    return this.counters(member).reduce((sum, { tenant, name }) => sum + this.store.run(sql, tenant, name), 0);
  }

  private counters(member: string) {
    return countersOf(this.workspace, member, new Date());
  }
}
