import type { Actor, Change, Job } from './job';

/** A step of a job, which may be run again after it was interrupted anywhere. */
export interface Step {
  readonly actor: Actor;
  /** Does a bounded part of the job, and tells what it changes. */
  run(job: Job): Promise<Change>;
}

/** The steps of a kind of job by their names. */
export type Steps = Readonly<Record<string, Step>>;
