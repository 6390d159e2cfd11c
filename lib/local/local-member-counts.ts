import { budgetCountersOf, countersOf } from '../runtime/gateway/limits/windows';
import { type CountedDay, type CountedMonth, dayOf, type MemberCounts } from '../runtime/rights/store/member-counts';
import type { Store } from './store';

/** The counts of a workspace's members in the store of `serve`. */
export class LocalMemberCounts implements MemberCounts {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
    private readonly courses: readonly string[] = [],
  ) {}

  public async days(member: string): Promise<readonly CountedDay[]> {
    const sql = 'SELECT count FROM counter WHERE tenant = ? AND name = ?';
    return this.counters(member).flatMap(({ tenant, name }) => {
      const row = this.store.get(sql, tenant, name);
      return row === undefined ? [] : [{ day: dayOf(name), tokens: Number(row.count) }];
    });
  }

  /** `serve` counts no months, which nothing shows there. */
  public async months(): Promise<readonly CountedMonth[]> {
    return [];
  }

  public async erase(member: string): Promise<number> {
    const sql = 'DELETE FROM counter WHERE tenant = ? AND name = ?';
    for (const { tenant, name } of budgetCountersOf(this.workspace, member, this.courses, new Date())) {
      this.store.run(sql, tenant, name);
    }
    return this.counters(member).reduce((sum, { tenant, name }) => sum + this.store.run(sql, tenant, name), 0);
  }

  private counters(member: string) {
    return countersOf(this.workspace, member, new Date());
  }
}
