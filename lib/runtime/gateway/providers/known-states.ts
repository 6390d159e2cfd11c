import type { LeftState } from '../../../contract/provider-state';
import type { ProviderStates } from './provider-states';
import { type StatesFault, StatesFaults } from './states-fault';

export interface KnownStatesOptions {
  readonly states: ProviderStates;
  /** The names that the process's destinations have. */
  readonly names: readonly string[];
  /** Receives a name that was out of use and isn't any more. */
  readonly readmitted: (name: string) => void;
  /** Receives how many of the names are out of use, after each reading and departure. */
  readonly counted: (out: number) => void;
  /**
   * Receives what went wrong with the table.
   *
   * @default - nothing is reported
   */
  readonly failed?: (fault: StatesFault) => void;
  /**
   * The time between two readings.
   *
   * @default 30 000
   */
  readonly everyMs?: number;
  /**
   * The longest that a request waits for a reading.
   *
   * @default 1 000
   */
  readonly waitMs?: number;
}

/** After a reading that failed, the next request waits this long with another. */
const AGAIN_MS = 5_000;

interface Own {
  readonly state: LeftState;
  /** The reading that began last before the state was written; undefined while it isn't. */
  readonly writtenBefore?: number;
}

/**
 * What a process knows of the table of provider states. If the table doesn't answer, the last reading counts: nothing is readmitted by an
 * error. What this process itself takes out of use is out of use at once, whether or not it can be written.
 */
export class KnownStates {
  private left: ReadonlyMap<string, LeftState> = new Map();
  private generations: ReadonlyMap<string, number> = new Map();
  private readonly own = new Map<string, Own>();
  private nextAt = Number.NEGATIVE_INFINITY;
  private readAt = Number.NEGATIVE_INFINITY;
  private reading?: Promise<void>;
  private readings = 0;
  private readonly pending = new Set<Promise<void>>();

  private readonly faults: StatesFaults;

  constructor(private readonly options: KnownStatesOptions) {
    this.faults = new StatesFaults((fault) => options.failed?.(fault));
  }

  /** The state of a name that is out of use. */
  public of(name: string): LeftState | undefined {
    return this.own.get(name)?.state ?? this.left.get(name);
  }

  /** Reads the table if the last reading is older than 30 seconds, or the clock was set back. Never throws. */
  public async refresh(now: Date): Promise<void> {
    const time = now.getTime();
    if (this.reading === undefined && (time >= this.nextAt || time < this.readAt)) {
      const { everyMs = 30_000 } = this.options;
      this.readAt = time;
      this.nextAt = time + everyMs;
      this.reading = this.track(
        this.read()
          .catch((error) => {
            this.faults.failed('read', error);
            this.nextAt = time + Math.min(AGAIN_MS, everyMs);
          })
          .finally(() => {
            this.reading = undefined;
          }),
      );
    }
    if (this.reading !== undefined) await within(this.reading, this.options.waitMs ?? 1_000);
  }

  /** Takes something out of use, for this process at once and for the others by the table. */
  public leave(state: Omit<LeftState, 'generation'>): void {
    const { name } = state;
    if (this.of(name) !== undefined) return;
    const generation = this.generations.get(name) ?? 0;
    this.own.set(name, { state: { ...state, generation } });
    this.options.counted(this.count());
    this.write(name);
  }

  /** Resolves once what was begun is over. */
  public async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  private async read(): Promise<void> {
    const { states, names, readmitted, counted } = this.options;
    const reading = ++this.readings;
    const found = await states.read(names);
    const before = names.filter((name) => this.of(name) !== undefined);
    this.faults.succeeded('read', found.unreadable);
    this.left = withKnown(found.left, this.left, found.unreadable);
    this.generations = withKnown(found.generations, this.generations, found.unreadable);
    for (const [name, { state, writtenBefore }] of this.own) {
      if (found.unreadable?.has(name)) continue;
      const isOver = (found.generations.get(name) ?? 0) > state.generation;
      const isSeen = writtenBefore !== undefined && writtenBefore < reading;
      if (isOver || isSeen) this.own.delete(name);
      else if (writtenBefore === undefined) this.write(name);
    }
    for (const name of before) if (this.of(name) === undefined) readmitted(name);
    counted(this.count());
  }

  /** A write that fails is tried again after the next reading. */
  private write(name: string): void {
    const own = this.own.get(name);
    if (own === undefined) return;
    void this.track(
      this.options.states.leave(own.state).then(
        () => {
          this.faults.succeeded('write');
          if (this.own.get(name) === own) this.own.set(name, { ...own, writtenBefore: this.readings });
        },
        (error) => this.faults.failed('write', error),
      ),
    );
  }

  private count(): number {
    return this.options.names.filter((name) => this.of(name) !== undefined).length;
  }

  private track(work: Promise<void>): Promise<void> {
    this.pending.add(work);
    return work.finally(() => this.pending.delete(work));
  }
}

/** What was found, and what was known before of the names that can't be read. */
function withKnown<T>(
  found: ReadonlyMap<string, T>,
  before: ReadonlyMap<string, T>,
  unreadable: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, T> {
  const known = [...before].filter(([name]) => unreadable.has(name));
  return new Map([...known, ...found]);
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
