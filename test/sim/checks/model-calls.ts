import { counterPartition, dayTokens } from '@/lib/contract/tables';
import { lineKey, linesOf } from '@/lib/runtime/workspace/background/batch-keys';
import type { ModelUse } from '../deployment/model';
import { WORKSPACE } from '../deployment/workspace';
import { marksIn, ownerOf } from '../model/marks';
import type { ModelMember } from '../model/member';
import type { Process } from '../stores/process';
import { type Stores, TABLE, USAGE } from '../stores/stores';
import { require, Violation } from '../violation';

const ONCE = 'each line of a batch is answered and charged once';

/** The time after a decision in which a request that had begun may still reach a model: 60 s by the documentation, and slow calls. */
const UNDER_WAY_MS = 180_000;

/** A lease ends after 90 s without a renewal, so a fault of a process explains its second call for a few minutes. */
const AFTER_FAULT_MS = 300_000;

const DAY_MS = 86_400_000;
const MIDNIGHT_MS = 900_000;

/** What is known of a deployment and its people. */
interface Known {
  readonly members: ReadonlyMap<string, ModelMember>;
  readonly blockedSince: ReadonlyMap<string, number>;
  readonly faultAt: number;
  readonly repeatedAt: number;
  readonly deployment: { readonly stores: Stores };
}

/** A line of a batch, how often a model was asked it, and whether an answer was seen in the store. */
interface Line {
  calls: number;
  isAnswered: boolean;
}

/** What models were asked and answered. A request is refused or answered by the code, so a broken promise is raised later. */
export class ModelCalls implements ModelUse {
  private readonly lines = new Map<string, Line>();
  private readonly batches = new Map<string, { readonly user: string; readonly marks: readonly string[] }>();
  private readonly troubled = new Set<string>();
  private readonly answers: { readonly at: number; readonly tokens: number }[] = [];
  private violation: Violation | undefined;

  constructor(private readonly world: Known) {}

  /** Notes the lines of a batch before it is sent. */
  public expect(marks: readonly string[]): void {
    for (const mark of marks) this.lines.set(mark, { calls: 0, isAnswered: false });
  }

  /** Notes a batch that was accepted. */
  public began(batch: string, user: string, marks: readonly string[]): void {
    this.batches.set(batch, { user, marks });
  }

  /** Whether a worker ended, or a call of it failed, while it had a job. */
  public isTroubled(job: string): boolean {
    return this.troubled.has(job);
  }

  /** Notes which lines of a batch have an answer now. */
  public afterRun(job: string, isTroubled: boolean): void {
    if (isTroubled) this.troubled.add(job);
    const batch = this.batches.get(job);
    if (batch === undefined) return;
    const { pk } = lineKey(batch.user, job, 0);
    const prefix = linesOf(job);
    const rows = this.world.deployment.stores.read(
      'SELECT sk, item FROM item WHERE tbl = ? AND pk = ? AND sk > ? AND sk < ?',
      TABLE,
      pk,
      prefix,
      `${prefix}~`,
    );
    for (const { sk, item } of rows) {
      const line = this.lines.get(batch.marks[Number(`${sk}`.slice(prefix.length))] ?? '');
      if (line !== undefined && JSON.parse(`${item}`).done !== undefined) line.isAnswered = true;
    }
  }

  public callsOf(mark: string): number {
    return this.lines.get(mark)?.calls ?? 0;
  }

  public called(text: string, { faultAt }: Process): void {
    try {
      const marks = marksIn(text);
      for (const owner of new Set(marks.map(ownerOf))) this.requireAccess(owner, faultAt);
      for (const mark of marks) {
        const line = this.lines.get(mark);
        if (line === undefined) continue;
        line.calls++;
        const isExcused = faultAt >= Date.now() - AFTER_FAULT_MS;
        require(!line.isAnswered || isExcused, ONCE, `no call for ${mark}, which has an answer`, 'one');
      }
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.violation ??= error;
    }
  }

  public answered(tokens: number): void {
    this.answers.push({ at: Date.now(), tokens });
  }

  /** @throws Violation if a promise was broken meanwhile */
  public raise(): void {
    if (this.violation !== undefined) throw this.violation;
  }

  /** Checks what was charged on a day against what models answered since it began. Nothing runs meanwhile. */
  public requireCharged(start: number): void {
    const { stores } = this.world.deployment;
    const name = dayTokens(new Date(start).toISOString());
    const [row] = stores.read(
      'SELECT item FROM item WHERE tbl = ? AND pk = ? AND sk = ?',
      USAGE,
      counterPartition(WORKSPACE),
      name,
    );
    const charged = row === undefined ? 0 : Number(JSON.parse(String(row.item)).count.N);
    const since = this.answers.filter(({ at }) => at >= start);
    this.answers.splice(0, this.answers.length, ...since);
    const answered = since.reduce((sum, { tokens }) => sum + tokens, 0);
    const isRepeated = this.world.repeatedAt >= start;
    require(charged <= answered ||
      isRepeated, 'what is charged was answered', `at most ${answered} tokens in ${name}`, `${charged}`);
    const isWhole = since.every(({ at }) => at > start + MIDNIGHT_MS && at < start + DAY_MS - MIDNIGHT_MS);
    // A process that ends, or a store that doesn't answer, may lose a count.
    if (!isWhole || this.world.faultAt >= start) return;
    require(charged === answered, 'what is answered is charged', `${answered} tokens in ${name}`, `${charged}`);
  }

  /** Nothing may run for a user whose access ended some time ago. */
  private requireAccess(owner: string, faultAt: number): void {
    const [, index, generation] = /^CN(\d+)g(\d+)$/.exec(owner) ?? [];
    const member = [...this.world.members.values()][Number(index)] as ModelMember;
    const endedAt = Number(generation) < member.generation ? member.erasedAt : this.world.blockedSince.get(member.id);
    const now = Date.now();
    const hasEnded = endedAt !== undefined && endedAt < now - UNDER_WAY_MS;
    // A worker that can't ask whether it may go on, goes on.
    const isExcused = faultAt >= now - UNDER_WAY_MS;
    require(!hasEnded || isExcused, 'nothing runs for a user without access', `no call for ${member.id}`, owner);
  }
}
