import { stepHandler } from '@/lib/runtime/rights/deployed/step-handler';
import type { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import type { Actor, Next } from '@/lib/runtime/rights/jobs/step-actors';
import type { Random } from '../engine/random';
import type { LambdaFunction } from './function';

/** The runners of the actors' functions. */
export type Runners = Readonly<Record<'witness' | 'eraser' | 'exporter' | 'closer', LambdaFunction<JobRunner>>>;

interface Execution {
  next: Next;
  due: number;
  attempts: number;
}

/** As in the definition of the state machine. */
const MOST_ATTEMPTS = 9;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 600_000;

/** How many invocations reach two instances. */
const DUPLICATES = 0.05;

/** The state machine: the running executions, by their names. */
export class Machine {
  private readonly executions = new Map<string, Execution>();
  private readonly ended = new Set<string>();

  constructor(
    private readonly runners: Runners,
    private readonly workspace: string,
    private readonly random: Random,
    private readonly log: (text: string) => void,
    /** Called after each step, whether it succeeded or not. */
    private readonly afterStep: (job: string) => void,
  ) {}

  /** As `Executions` does it: an execution with a known name isn't started again. */
  public async begin(next: Next, attempt?: string): Promise<void> {
    const name = attempt === undefined ? next.job : `${next.job}-${attempt}`;
    if (this.executions.has(name) || this.ended.has(name)) return;
    this.executions.set(name, { next, due: dueOf(next), attempts: 0 });
  }

  public async running(): Promise<ReadonlySet<string>> {
    return new Set([...this.executions.keys()].map((name) => name.replace(/-.*$/, '')));
  }

  /** Runs every execution until it waits, fails for good, or is over. */
  public async runDue(): Promise<void> {
    const due = [...this.executions].filter(([, { due }]) => due <= Date.now());
    await Promise.all(due.map(([name, execution]) => this.run(name, execution)));
  }

  private async run(name: string, execution: Execution): Promise<void> {
    while (execution.due <= Date.now() && this.executions.get(name) === execution) {
      const { actor, job } = execution.next;
      if (actor === undefined) {
        this.end(name);
        return;
      }
      try {
        execution.next = await this.step(actor as keyof Runners, job);
        execution.due = dueOf(execution.next);
        execution.attempts = 0;
      } catch (error) {
        this.fail(name, execution, error as Error);
      }
      this.afterStep(job);
    }
  }

  private async step(actor: keyof Runners, job: string): Promise<Next> {
    const invoke = () =>
      this.runners[actor].invoke((runner) =>
        stepHandler({ runner, actor: actor as Actor, workspace: this.workspace, log: () => {} })({ job }),
      );
    if (!this.random.chance(DUPLICATES)) return invoke();
    const [first, second] = await Promise.allSettled([invoke(), invoke()]);
    this.log(`duplicate ${actor} ${job}`);
    if (first.status === 'fulfilled') return first.value;
    if (second.status === 'fulfilled') return second.value;
    throw first.reason;
  }

  private fail(name: string, execution: Execution, error: Error): void {
    execution.attempts++;
    this.log(`failed ${execution.next.actor} ${execution.next.job} ${execution.attempts} ${error.name}`);
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** execution.attempts);
    execution.due = Date.now() + Math.floor(this.random.fraction() * wait) + 1;
    if (execution.attempts === MOST_ATTEMPTS) this.end(name);
  }

  private end(name: string): void {
    this.executions.delete(name);
    this.ended.add(name);
  }
}

const dueOf = ({ notBefore }: Next): number => (notBefore === undefined ? Date.now() : Date.parse(notBefore));
