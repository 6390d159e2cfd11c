import type { Counter, Counters } from '../runtime/gateway/limits/counters';
import { added, type Parts } from '../runtime/gateway/limits/use';
import type { Store } from './store';

/** Counts that survive a restart. Only one process uses the store, so each statement is atomic. */
export class LocalCounters implements Counters {
  constructor(
    private readonly store: Store,
    now: Date,
  ) {
    store.run('DELETE FROM counter WHERE forget < ?', now.getTime());
  }

  public async add(counter: Counter, amount: number, below?: number, parts: Parts = {}): Promise<number | undefined> {
    const before = this.stored(counter);
    if (below !== undefined && before.count >= below) return undefined;
    return this.set(counter, before.count + amount, added(before.parts, parts));
  }

  public async subtract(counter: Counter, amount: number): Promise<void> {
    const { count, parts } = this.stored(counter);
    if (count >= amount) this.set(counter, count - amount, parts);
  }

  private set({ tenant, name, forget }: Counter, count: number, parts: Parts): number {
    const sql =
      'INSERT INTO counter (tenant, name, count, forget, parts) VALUES (?, ?, ?, ?, ?) ' +
      'ON CONFLICT DO UPDATE SET count = excluded.count, forget = excluded.forget, parts = excluded.parts';
    this.store.run(sql, tenant, name, count, forget.getTime(), JSON.stringify(parts));
    return count;
  }

  public async read(counter: Counter): Promise<number> {
    return this.stored(counter).count;
  }

  public async readAll(counter: Counter) {
    if (counter.mayMove) {
      const { tenant, name, forget } = counter;
      const sql = 'UPDATE counter SET forget = ? WHERE tenant = ? AND name = ? AND forget < ?';
      this.store.run(sql, forget.getTime(), tenant, name, forget.getTime());
    }
    return this.stored(counter);
  }

  private stored({ tenant, name }: Counter): { readonly count: number; readonly parts: Parts } {
    const row = this.store.get('SELECT count, parts FROM counter WHERE tenant = ? AND name = ?', tenant, name);
    return { count: Number(row?.count ?? 0), parts: JSON.parse(`${row?.parts ?? '{}'}`) };
  }
}
