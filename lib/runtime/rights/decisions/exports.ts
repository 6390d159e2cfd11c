import { Conflict } from '../../workspace/store/table';
import { type Job, newJob } from '../jobs/job';
import type { DecisionContext } from './context';
import { Refused } from './refused';

/** Who receives the export of a user who has left and has no token, and why. */
export interface Handover {
  /** The member who opens the export once another administrator has released it. */
  readonly recipient: string;
  readonly reason: string;
}

/**
 * Requests an export of all content of a user.
 *
 * @param handover by default, only the user can open the export
 * @throws Refused when the user is being erased, or the recipient is the user or the administrator
 */
export async function requestExport(
  { table, jobs, statuses, now }: DecisionContext,
  user: string,
  by: string,
  handover?: Handover,
): Promise<Job> {
  const job = { ...newJob('export', user, by, now(), 'announce', 'preparing'), figures: { ...handover } };
  if (handover !== undefined && [user, by].includes(handover.recipient)) {
    throw new Refused('same', 'the recipient must be neither the user nor the administrator who requests the export');
  }
  const { erasing } = await statuses.of(user);
  if (erasing) throw erased();
  await table.transact([jobs.insert(job)]);
  return job;
}

/**
 * Releases an export to its recipient. Two administrators have decided then, and both are recorded.
 *
 * @returns undefined if there is no such job
 * @throws Refused for the administrator who requested it and for its recipient, and when it doesn't wait for a release
 */
export async function releaseExport({ jobs, now }: DecisionContext, id: string, by: string): Promise<Job | undefined> {
  const job = await jobs.find(id);
  if (job === undefined) return undefined;
  // A repetition, because there was no answer or no execution began.
  if (job.figures.releasedBy === by) return job;
  // Once its time is over, its objects are being deleted.
  const isOver = job.notBefore !== undefined && job.notBefore <= now().getTime();
  if (job.step !== 'unreleased' || isOver) {
    throw new Refused('unreleasable', "this job isn't an export that waits for its release; look at its state");
  }
  if ([job.by, job.figures.recipient].includes(by)) {
    throw new Refused(
      'same',
      'the administrator who requested an export and its recipient can not release it; ask another administrator',
    );
  }
  const figures = { ...job.figures, releasedBy: by, releasedAt: now().getTime() };
  try {
    return await jobs.change(job, { state: 'releasing', step: 'hand-over', notBefore: undefined, figures });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    throw new Refused('unreleasable', 'another administrator has released this export, or its time is over');
  }
}

export const erased = () => new Refused('erased', 'the content of this user is being erased, or has been erased');
