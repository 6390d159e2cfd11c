import { exportKey } from '../../workspace/exports/exports';
import type { TableAccess } from '../../workspace/store/content-stores';
import { Conflict, ContentTable } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import type { Job } from './job';
import { JobStore } from './job-store';
import { type Next, nextOf, type Step, type Steps } from './step-actors';

/** Runs steps of jobs: those that it is given, and no others. */
export class JobRunner {
  private readonly table: ContentTable;
  private readonly jobs: JobStore;

  constructor(
    table: TableAccess,
    private readonly steps: Steps,
    private readonly now: () => Date,
  ) {
    this.table = new ContentTable(table.client, table.name, now);
    this.jobs = new JobStore(this.table);
  }

  /**
   * Runs the steps of a job one after the other, until the job is over or has to wait, or the next step isn't one of this runner's.
   *
   * @param until no step begins after this time, in Unix milliseconds; by default, there is no such time
   */
  public async run(id: string, until = Number.POSITIVE_INFINITY): Promise<Next> {
    for (;;) {
      const job = await this.advanced(id);
      if (job === undefined) return { job: id };
      if (this.runnable(job) === undefined || Date.now() >= until) return nextOf(job, this.now());
    }
  }

  /** Runs the next step of a job, unless it is over, has to wait, or the step isn't one of this runner's. */
  public async advance(id: string): Promise<Next> {
    const job = await this.advanced(id);
    return job === undefined ? { job: id } : nextOf(job, this.now());
  }

  /** The job after its next step; undefined if it was deleted meanwhile. */
  private async advanced(id: string): Promise<Job | undefined> {
    const job = await this.jobs.find(id);
    if (job === undefined) throw new Error(`there is no job '${id}'`);
    const step = this.runnable(job);
    if (step === undefined) return job;
    const change = await step(job);
    try {
      return await this.jobs.change(job, change);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return this.overtaken(job, error);
    }
  }

  /** The next step of a job, if it may run now and here. */
  private runnable(job: Job): Step | undefined {
    const { actor, notBefore } = nextOf(job, this.now());
    return actor === undefined || notBefore !== undefined ? undefined : this.steps[job.kind]?.[job.step];
  }

  /** Another process ran the same step first, or what the step is about was deleted. */
  private async overtaken(job: Job, { isOfFirst }: Conflict): Promise<Job | undefined> {
    const current = await this.jobs.find(job.id);
    if (current === undefined) return undefined;
    if (isOfFirst && current.version <= job.version) {
      throw new Error(
        `the table returns a version of job '${job.id}' that it has replaced, so nothing is done; resume it`,
      );
    }
    if (isOfFirst) return current;
    // Only the steps of an export write what the erasure of its user deletes.
    if (job.kind !== 'export') throw notWritten(job);
    const status = await this.table.get(statusKey(job.user));
    const isListed = (await this.table.get(exportKey(job.user, job.id))) !== undefined;
    // The erasure of a user deletes their exports too, and a readmission doesn't bring them back.
    if (status?.erasing === undefined && isListed) throw notWritten(job);
    return this.jobs.change(current, { state: 'cancelled', step: 'done' });
  }
}

const notWritten = ({ id, step }: Job): Error => new Error(`step '${step}' of job '${id}' was not written; resume it`);
