import { Conflict } from '../../workspace/store/table';
import { type Change, isForUser, type Job } from '../jobs/job';
import { REQUEST_MS } from '../steps/windows';
import { unannounced } from '../store/erasure-marks';
import { cancelClosure } from './closures';
import type { DecisionContext } from './context';
import { Refused } from './refused';

/** The steps at which a hand-over can be cancelled. */
const OF_HAND_OVER: readonly string[] = ['announce', 'usage', 'read', 'manifest', 'delay', 'unreleased'];

/** The steps at which an erasure waits. */
const OF_ERASURE: readonly string[] = ['delay', 'second-person'];

/**
 * Cancels a hand-over that isn't released, an erasure that waits, or a closure.
 *
 * @returns undefined if there is no such job
 * @throws Refused when it is too late, or the job is of another kind
 */
export async function cancelJob(context: DecisionContext, id: string, by: string): Promise<Job | undefined> {
  const job = await context.jobs.find(id);
  if (job === undefined || job.kind === 'close') return cancelClosure(context, id, by);
  if (job.state === 'called-off') return job;
  const change = cancellationOf(job, context.now().getTime());
  if (change === undefined) throw new Refused('uncallable', "this job can't be cancelled now; look at its state");
  const figures = { ...job.figures, calledOffBy: by, calledOffAt: context.now().getTime() };
  try {
    return await context.jobs.change(job, { ...change, state: 'called-off', figures });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // The job continued meanwhile.
    return cancelJob(context, id, by);
  }
}

/**
 * Cancels a job about the user who asks, as {@link cancelJob}.
 *
 * @returns undefined if there is no such job about this user
 */
export async function cancelOwnJob(context: DecisionContext, id: string, user: string): Promise<Job | undefined> {
  const job = await context.jobs.find(id);
  return job === undefined || !isForUser(job, user) ? undefined : cancelJob(context, id, user);
}

function cancellationOf(job: Job, now: number): Change | undefined {
  if (job.kind === 'erase' && OF_ERASURE.includes(job.step)) {
    return { step: 'done', notBefore: undefined, also: [unannounced(job)] };
  }
  if (job.kind !== 'export' || job.figures.recipient === undefined || !OF_HAND_OVER.includes(job.step))
    return undefined;
  const isWritten = job.step === 'delay' || job.step === 'unreleased';
  // A step that writes files may still be running. They are deleted once it has ended.
  return { step: 'remove', notBefore: isWritten ? undefined : now + REQUEST_MS };
}
