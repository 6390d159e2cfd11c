import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
 * use them at the same time, which an embedded database doesn't allow. As in the table, no file is deleted.
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
    const partition = leftPartition(state.name, state.generation);
    if (!existsSync(this.fileOf(partition))) this.write(partition, state);
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
    await this.leave(state);
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
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = this.fileOf(partition);
    const draft = path.join(this.folder, `.${process.pid}.${crypto.randomUUID()}`);
    writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }

  private readonly fileOf = (partition: string): string => path.join(this.folder, encodeURIComponent(partition));
}
