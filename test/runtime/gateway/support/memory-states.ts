import type { LeftState } from '@/lib/contract/provider-state';
import type { ProviderStates, StatesRead } from '@/lib/runtime/gateway/providers/provider-states';

/** The table that processes share, in memory. Each operation can be made to wait or to fail. */
export class MemoryStates implements ProviderStates {
  public readonly items = new Map<string, LeftState>();
  public readonly generations = new Map<string, number>();
  public reads = 0;
  public fails = false;
  public error = new Error('no table');
  public readonly unreadable = new Set<string>();
  public gate: Promise<void> = Promise.resolve();

  public async read(names: readonly string[]): Promise<StatesRead> {
    this.reads++;
    const found = this.found(names);
    await this.gate;
    if (this.fails) throw this.error;
    return found;
  }

  public async leave(left: LeftState): Promise<void> {
    if (this.fails) throw this.error;
    const key = `${left.name}#${left.generation}`;
    if (!this.items.has(key)) this.items.set(key, left);
  }

  public readmit(name: string): void {
    this.generations.set(name, (this.generations.get(name) ?? 0) + 1);
  }

  private found(names: readonly string[]): StatesRead {
    const readable = names.filter((name) => !this.unreadable.has(name));
    const left = readable.flatMap((name): [string, LeftState][] => {
      const item = this.items.get(`${name}#${this.generations.get(name) ?? 0}`);
      return item === undefined ? [] : [[name, item]];
    });
    const generations = [...this.generations].filter(([name]) => !this.unreadable.has(name));
    return { left: new Map(left), generations: new Map(generations), unreadable: new Set(this.unreadable) };
  }
}
