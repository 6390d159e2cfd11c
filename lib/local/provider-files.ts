import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  generationPartition,
  LEFT_PREFIX,
  type LeftState,
  leftPartition,
  type Readmission,
} from '../contract/provider-state';
import {
  alreadyOut,
  nextGeneration,
  notOut,
  type ProviderRegistry,
} from '../runtime/gateway/providers/provider-registry';
import type { ProviderStates, StatesRead } from '../runtime/gateway/providers/provider-states';

/**
 * The provider states of `serve`: a file for each row of the table, in the data folder. A running `serve` and the commands of its operator
 * use them at the same time, which an embedded database doesn't allow. As in the table, no state is deleted.
 */
export class ProviderFiles implements ProviderStates, ProviderRegistry {
  private readonly folder: string;

  /** @param data the data folder of `serve` */
  constructor(data: string) {
    this.folder = path.join(data, 'providers');
  }

  public async read(names: readonly string[]): Promise<StatesRead> {
    const generations = new Map<string, number>();
    const left = new Map<string, LeftState>();
    const unreadable = new Set<string>();
    for (const name of names) {
      try {
        const generation = this.generation(name);
        const state = this.left(leftPartition(name, generation));
        generations.set(name, generation);
        if (state !== undefined) left.set(name, state);
      } catch {
        unreadable.add(name);
      }
    }
    return { left, generations, unreadable };
  }

  public async leave(state: LeftState): Promise<void> {
    this.leaveFirst(state);
  }

  public async list(): Promise<readonly LeftState[]> {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((file) => file.startsWith(encodeURIComponent(LEFT_PREFIX)))
      .flatMap((file) => this.left(decodeURIComponent(file)) ?? [])
      .filter(({ name, generation }) => generation === this.generation(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  public async drill(name: string, at: Date): Promise<LeftState> {
    const generation = this.generation(name);
    const before = this.left(leftPartition(name, generation));
    if (before !== undefined) throw alreadyOut(before);
    const state: LeftState = { name, generation, at: at.toISOString(), kind: 'drill', refusals: 0, models: [] };
    // A running `serve` may have written it since the reading.
    if (!this.leaveFirst(state)) throw alreadyOut(this.left(leftPartition(name, generation)) ?? state);
    return state;
  }

  public async readmit(name: string, at: Date, reason?: string): Promise<Readmission> {
    const before = this.generation(name);
    if (this.left(leftPartition(name, before)) === undefined) throw notOut(name);
    const generation = nextGeneration(before, at);
    const readmission = { name, generation, at: at.toISOString(), ...(reason !== undefined && { reason }) };
    this.write(generationPartition(name), readmission);
    return readmission;
  }

  private generation(name: string): number {
    const file = this.fileOf(generationPartition(name));
    if (!existsSync(file)) return 0;
    const { generation } = JSON.parse(readFileSync(file, 'utf8')) as Readmission;
    if (!Number.isSafeInteger(generation)) throw new Error(`'${file}' holds no generation; delete it`);
    return generation;
  }

  private left(partition: string): LeftState | undefined {
    const file = this.fileOf(partition);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LeftState) : undefined;
  }

  /** A reader never sees a part of a file, because a whole one takes its name. */
  private write(partition: string, value: object): void {
    renameSync(this.draft(value), this.fileOf(partition));
  }

  /** Writes that something has left; false if another departure is written already, also by another process at the same time. */
  private leaveFirst(state: LeftState): boolean {
    const file = this.fileOf(leftPartition(state.name, state.generation));
    if (existsSync(file)) return false;
    const draft = this.draft(state);
    try {
      linkSync(draft, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    } finally {
      rmSync(draft);
    }
  }

  private draft(value: object): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const draft = path.join(this.folder, `.${process.pid}.${crypto.randomUUID()}`);
    writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    return draft;
  }

  private readonly fileOf = (partition: string): string => path.join(this.folder, encodeURIComponent(partition));
}
