import { isDeepStrictEqual } from 'node:util';
import type { KeyRecord } from '@/lib/runtime/gateway/keys/key-record';
import { KeyConflict, type KeyStore } from '@/lib/runtime/gateway/keys/key-registry';
import type { Counter, Counters } from '@/lib/runtime/gateway/limits/counters';
import { added, type Parts } from '@/lib/runtime/gateway/limits/use';

/** Keys in memory, and how often they were looked up. */
export class MemoryKeys implements KeyStore {
  public readonly asked: string[] = [];
  public failing = false;
  private readonly records = new Map<string, KeyRecord>();

  public async find(id: string) {
    this.asked.push(id);
    if (this.failing) throw new Error('STORE-CANARY');
    return this.records.get(id);
  }

  public async add(record: KeyRecord) {
    if (this.records.has(record.id)) throw new KeyConflict(`the id '${record.id}' is taken`);
    this.records.set(record.id, record);
  }

  public async list(project: string) {
    const own = [...this.records.values()].filter((record) => record.project === project);
    return own.sort((a, b) => a.created.getTime() - b.created.getTime());
  }

  public async replace(record: KeyRecord, was: KeyRecord) {
    const found = this.records.get(was.id);
    if (found?.hash !== was.hash || found.revoked !== undefined) throw new KeyConflict('it was changed meanwhile');
    this.records.set(was.id, record);
  }

  public async revoke(id: string, project: string, revoked: Date) {
    const found = this.records.get(id);
    if (found?.project !== project || found.revoked !== undefined) throw new KeyConflict(`there is no key '${id}'`);
    this.records.set(id, { ...found, revoked });
  }
}

/** Counters in memory, each asked for a tick later, as over a network. */
export class MemoryCounters implements Counters {
  public readonly counts = new Map<string, number>();
  /** The counts that are stored with others. */
  public readonly parts = new Map<string, Parts>();
  public failing = false;

  public async add({ tenant, name }: Counter, amount: number, below = Number.POSITIVE_INFINITY, parts: Parts = {}) {
    await this.tick();
    const key = `${tenant} ${name}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= below) return undefined;
    this.counts.set(key, count + amount);
    this.parts.set(key, added(this.parts.get(key) ?? {}, parts));
    return count + amount;
  }

  public async subtract({ tenant, name }: Counter, amount: number) {
    await this.tick();
    const key = `${tenant} ${name}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= amount) this.counts.set(key, count - amount);
  }

  public async read({ tenant, name }: Counter) {
    await this.tick();
    return this.counts.get(`${tenant} ${name}`) ?? 0;
  }

  public async readAll(counter: Counter) {
    return { count: await this.read(counter), parts: this.parts.get(`${counter.tenant} ${counter.name}`) ?? {} };
  }

  private async tick() {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failing) throw new Error('STORE-CANARY');
  }
}

/** Whether two records say the same, whatever they leave out. */
export const isSameRecord = (a: KeyRecord | undefined, b: KeyRecord): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(a ?? null)), JSON.parse(JSON.stringify(b)));
