import type { Counter, Counters } from '../runtime/gateway/limits/counters';
import type { Store } from './store';

/** Counts that survive a restart. Only one process uses the store, so each statement is atomic. */
export class LocalCounters implements Counters {
  constructor(
    private readonly store: Store,
    now: Date,
  ) {
    store.run('DELETE FROM counter WHERE forget < ?', now.getTime());
  }

  public async add(counter: Counter, amount: number, below?: number): Promise<number | undefined> {
    const before = this.countOf(counter.tenant, counter.name);
    return below !== undefined && before >= below ? undefined : this.set(counter, before + amount);
  }

  public async subtract(counter: Counter, amount: number): Promise<void> {
    const before = this.countOf(counter.tenant, counter.name);
    if (before >= amount) this.set(counter, before - amount);
  }

  private set({ tenant, name, forget }: Counter, count: number): number {
    const sql =
      'INSERT INTO counter (tenant, name, count, forget) VALUES (?, ?, ?, ?) ' +
      'ON CONFLICT DO UPDATE SET count = excluded.count, forget = excluded.forget';
    this.store.run(sql, tenant, name, count, forget.getTime());
    return count;
  }

  public async read({ tenant, name }: Counter): Promise<number> {
    return this.countOf(tenant, name);
  }

  private countOf(tenant: string, name: string): number {
    const row = this.store.get('SELECT count FROM counter WHERE tenant = ? AND name = ?', tenant, name);
    return Number(row?.count ?? 0);
  }
}
