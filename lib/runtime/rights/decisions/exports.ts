import { Conflict } from '../../workspace/store/table';
import { type Job, newJob } from '../jobs/job';
import { isEarlier } from '../steps/hand-over-delay';
import type { DecisionContext } from './context';
import { type Obstacle, peopleOf, recipientOf } from './hand-over-people';
import { obstacleOf, requireIndependent, requireRole } from './independence';
import { OPERATOR } from './operator';
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
 * @throws Refused when the user is being erased, or the recipient is the user or the administrator, or no member
 */
export async function requestExport(
  context: DecisionContext,
  user: string,
  by: string,
  handover?: Handover,
): Promise<Job> {
  const { table, jobs, statuses, rules, now } = context;
  const requested = newJob('export', user, by, now(), 'announce', 'preparing');
  const figures = handover && { ...handover, releaseFrom: requested.at + rules.handOverMs };
  const job = { ...requested, figures: { ...figures } };
  if (handover !== undefined && [user, by].includes(handover.recipient)) {
    throw new Refused('same', 'the recipient must be neither the user nor the administrator who requests the export');
  }
  if (handover !== undefined) await requireRole(context, recipientOf(handover.recipient), requested.at, NO_MEMBER);
  const { erasing } = await statuses.of(user);
  if (erasing) throw erased();
  await table.transact([jobs.insert(job)]);
  return job;
}

/**
 * Releases an export to its recipient. Three people take part then: the administrator who requested it, the one who releases it, and the
 * recipient. All are recorded.
 *
 * @param by an administrator, or {@link OPERATOR}, whose confirmation replaces an administrator and the independence of the others;
 * the recipient must have been a member all the same
 * @returns undefined if there is no such job
 * @throws Refused when the three aren't independent, when it is too early, and when the job doesn't wait for a release
 */
export async function releaseExport(context: DecisionContext, id: string, by: string): Promise<Job | undefined> {
  const { jobs, now } = context;
  const job = await jobs.find(id);
  if (job === undefined) return undefined;
  // A repetition, because there was no answer or no execution began.
  if (job.figures.releasedBy === by) return job;
  const time = now().getTime();
  await requireReleasable(job, time);
  const { recipient } = job.figures;
  if (by === OPERATOR) {
    await requireRole(context, recipientOf(`${recipient}`), job.at, NO_MEMBER_BEFORE);
  } else {
    if (isEarlier(job)) throw new Refused('late', EARLIER);
    const people = peopleOf({ requester: job.by, releaser: by, recipient: `${recipient}` });
    await requireIndependent(context, people, job.at);
  }
  const figures = { ...job.figures, releasedBy: by, releasedAt: time };
  try {
    return await jobs.change(job, { state: 'releasing', step: 'hand-over', notBefore: undefined, figures });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    throw new Refused('unreleasable', 'this export has been released or cancelled, or its time is over');
  }
}

/**
 * Why the requester and the recipient of a hand-over that isn't released can't take part in it together; undefined if they can, and for
 * other jobs.
 */
export async function obstacleToRelease({ roles }: DecisionContext, job: Job): Promise<Obstacle | undefined> {
  const { recipient, releasedBy } = job.figures;
  const isOver = releasedBy !== undefined || job.step === 'remove' || job.step === 'done';
  if (recipient === undefined || isOver || roles === undefined) return undefined;
  if (isEarlier(job)) return 'late';
  return obstacleOf(roles, [{ id: job.by, role: 'admin' }, recipientOf(`${recipient}`)], job.at);
}

const EARLIER =
  'version 0.1.0 accepted this request, and did not record who gave roles before it; cancel it and request it again, or ask an ' +
  'operator of the deployment, who can confirm (docs/OPERATIONS.md)';

const NO_MEMBER_BEFORE =
  "the recipient doesn't have the role 'member' of this workspace, or was given it after the request; cancel this hand-over, and " +
  'request one for a member';

const NO_MEMBER = "the recipient doesn't have the role 'member' of this workspace; give it to them first";

function requireReleasable({ step, notBefore, figures }: Job, now: number): void {
  const { releaseFrom } = figures;
  const isWaiting = step === 'delay' || step === 'unreleased';
  // Once its time is over, its objects are being deleted.
  const isOver = step === 'unreleased' && notBefore !== undefined && notBefore <= now;
  if (!isWaiting || isOver) {
    throw new Refused('unreleasable', "this job isn't an export that waits for its release; look at its state");
  }
  // A job of version 0.1.0 has no such time until the function that resumes jobs has found it.
  if (releaseFrom === undefined || Number(releaseFrom) > now) {
    throw new Refused(
      'early',
      "this export can't be released yet: until 'release_from', its user and other administrators can cancel it",
    );
  }
}

export const erased = () => new Refused('erased', 'the content of this user is being erased, or has been erased');
