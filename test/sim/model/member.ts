import type { ModelBatch } from './batches';
import { ModelHolds } from './holds';
import type { Later } from './later';
import type { Entry, Presence, Thing } from './things';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Content may expire by this much earlier or later than its period says: a request takes some time. */
const MARGIN_MS = HOUR_MS;

/** A hold that was released is forgotten by this time, if no job of the user is open. */
const SETTLED_MS = 4 * DAY_MS;

/** What the reference model knows of a user's content. */
export class ModelMember {
  public things: Thing[] = [];
  /** Responses in the background whose end the user hasn't seen. */
  public later: Later[] = [];
  /** Batches whose results the user hasn't read. */
  public batches: ModelBatch[] = [];
  public readonly holds = new ModelHolds();
  /** Whether the user's content is served: until an erasure begins, and again after a readmission. */
  public state: 'served' | 'perhaps-erased' | 'erased' = 'served';
  /** The number of erasures before. */
  public generation = 0;
  /** Ciphertexts of erased content, and of content that an erasure may reach. */
  public copies: Uint8Array[] = [];
  /** When the key store was last seen with a key of the user. */
  public keySeenAt = 0;
  /** When their last erasure was seen to begin. */
  public erasedAt = 0;
  private made = 0;

  constructor(
    public readonly id: string,
    public readonly index: number,
    private readonly retentionDays: number,
  ) {}

  /** The owner that the marks of this user's texts name now. */
  public get owner(): string {
    return `CN${this.index}g${this.generation}`;
  }

  /** The owners that an answer to a request of this user may name: a request may have begun before an erasure did. */
  public ownersAt(began: number): string[] {
    return began <= this.erasedAt ? [this.owner, `CN${this.index}g${this.generation - 1}`] : [this.owner];
  }

  public newMark(): string {
    return `${this.owner}n${++this.made}x`;
  }

  public thingsOf(kind: Thing['kind']): Thing[] {
    return this.things.filter((thing) => thing.kind === kind);
  }

  /** The erasure of everything up to now. */
  public erase(): void {
    this.things = [];
    this.later = [];
    this.batches = [];
    this.erasedAt = Date.now();
    this.generation++;
    this.state = 'erased';
  }

  /**
   * Whether an answer to a request that began at a time must show something.
   *
   * @param within the conversation that it is, or is in
   */
  public presence(one: Entry, began: number, now: number, within?: string): Presence {
    const period = this.retentionDays * DAY_MS;
    const ends = one.at + period;
    const isOver = this.isLongOver(one.latest + period, began, within);
    if (one.known === 'gone') return one.since < began ? 'absent' : 'either';
    if (one.known !== 'stored' || one.since >= began) return isOver ? 'absent' : 'either';
    if (now < ends - MARGIN_MS || this.isKept(one, ends, within)) return 'there';
    return isOver ? 'absent' : 'either';
  }

  /** Whether a hold has kept something from its expiry until now. */
  private isKept(one: Entry, ends: number, within?: string): boolean {
    const coverage = this.holds.coverage(within);
    if (coverage === undefined) return false;
    return coverage.appliedAt < ends - MARGIN_MS || one.at > coverage.start;
  }

  private isLongOver(ends: number, time: number, within?: string): boolean {
    if (time <= ends + MARGIN_MS) return false;
    return !this.holds.mayBeOnSince(ends - DAY_MS, within) || !this.holds.mayBeOnSince(time - SETTLED_MS, within);
  }
}
