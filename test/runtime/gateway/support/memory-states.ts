import type { LeftState } from '@/lib/contract/provider-state';
import type { ProviderStates, StatesRead } from '@/lib/runtime/gateway/providers/provider-states';

/** The table that processes share, in memory. Each operation can be made to wait or to fail. */
export class MemoryStates implements ProviderStates {
  public readonly items = new Map<string, LeftState>();
  public readonly generations = new Map<string, number>();
  public reads = 0;
  public fails = false;
  public gate: Promise<void> = Promise.resolve();

  public async read(names: readonly string[]): Promise<StatesRead> {
    this.reads++;
    const found = this.found(names);
    await this.gate;
    if (this.fails) throw new Error('no table');
    return found;
  }

  public async leave(left: LeftState): Promise<void> {
    if (this.fails) throw new Error('no table');
    const key = `${left.name}#${left.generation}`;
    if (!this.items.has(key)) this.items.set(key, left);
  }

  public readmit(name: string): void {
    this.generations.set(name, (this.generations.get(name) ?? 0) + 1);
  }

  private found(names: readonly string[]): StatesRead {
    const left = names.flatMap((name): [string, LeftState][] => {
      const item = this.items.get(`${name}#${this.generations.get(name) ?? 0}`);
      return item === undefined ? [] : [[name, item]];
    });
    return { left: new Map(left), generations: new Map(this.generations) };
  }
}
