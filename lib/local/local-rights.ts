import { type DecisionOptions, RightsDecisions } from '../runtime/rights/decisions/rights-decisions';
import type { Job } from '../runtime/rights/jobs/job';
import { JobRunner } from '../runtime/rights/jobs/job-runner';
import type { Step, Steps } from '../runtime/rights/jobs/step-actors';
import { stepsOfAll } from '../runtime/rights/steps/actor-steps';
import type { RightsParts } from '../runtime/rights/steps/parts';
import type { OperatorFiles } from './operator-files';

/** The interval at which jobs that wait are checked. */
const CHECK_MS = 30_000;

/** The rights of one workspace on this machine: this process does what the state machine of a deployment does. */
export class LocalRights {
  public readonly rights: RightsDecisions;
  private readonly runner: JobRunner;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  /**
   * @param purge removes from the disk what was deleted
   * @param failed receives each job that stopped; it is tried again at the next check
   */
  constructor(
    parts: RightsParts & Pick<DecisionOptions, 'roles'>,
    purge: () => void,
    private readonly operator: OperatorFiles,
    private readonly failed: (job: string, error: unknown) => void,
  ) {
    this.rights = new RightsDecisions(parts);
    this.runner = new JobRunner(parts.table, purging(stepsOfAll(parts), purge), parts.now);
    this.timer = setInterval(() => void this.resume(), CHECK_MS).unref();
  }

  /** Applies a changed retention period to stored content, and resumes the jobs of an earlier process. */
  public start(): Promise<void> {
    return this.after(async () => {
      await this.rights.delayEarlierHandOvers();
      await this.rights.applyNewPeriod('residency.yaml');
      await this.resumeAll();
    });
  }

  /** Confirms and cancels what the operator has, and resumes every job that has nothing to wait for any more. */
  private resume(): Promise<void> {
    return this.after(() => this.resumeAll());
  }

  private async resumeAll(): Promise<void> {
    for (const id of this.operator.take('cancelled')) await this.decided(id, () => this.rights.cancelAsOperator(id));
    for (const id of this.operator.take('confirmed')) await this.decided(id, () => this.rights.confirmAsOperator(id));
    for (const job of await this.rights.list()) await this.run(job);
  }

  private async decided(id: string, decide: () => Promise<Job | undefined>): Promise<void> {
    try {
      await decide();
    } catch (error) {
      this.failed(id, error);
    }
  }

  /** Runs the steps of a new job that can run at once. */
  public onJob(job: Job): Promise<void> {
    return this.after(() => this.run(job));
  }

  /** Stops between two jobs. */
  public async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private after(work: () => Promise<void>): Promise<void> {
    this.running = this.running.then(work).catch((error) => this.failed('', error));
    return this.running;
  }

  private async run({ id }: Job): Promise<void> {
    try {
      await this.runner.run(id);
    } catch (error) {
      this.failed(id, error);
    }
  }
}

/** No user counts as erased, or is certified, while what was deleted is still on the disk. */
function purging(steps: Steps, purge: () => void): Steps {
  const purged =
    (step: Step | undefined): Step =>
    async (job) => {
      if (step === undefined) throw new Error('an erasure lacks a step');
      const change = await step(job);
      purge();
      return change;
    };
  return { ...steps, erase: { ...steps.erase, key: purged(steps.erase?.key), late: purged(steps.erase?.late) } };
}
