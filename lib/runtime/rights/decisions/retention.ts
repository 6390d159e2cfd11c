import { type Job, newJob } from '../jobs/job';
import type { Hold, NewHold } from '../store/holds';
import { beforeKeyDeletion } from './closures';
import type { DecisionContext } from './context';
import { erased } from './exports';

/**
 * Puts a user's content, or one conversation, on hold: it neither expires nor can be deleted.
 *
 * @returns the hold, and the job that applies it to content that is stored already
 * @throws Refused when the user is being erased, or a closure has started to delete the keys
 */
export async function placeHold(context: DecisionContext, requested: NewHold): Promise<{ hold: Hold; job: Job }> {
  const job = retentionJob(context, requested.user, requested.by);
  const hold = await beforeKeyDeletion(context, (touched) =>
    context.holds.place(requested, [context.jobs.insert(job), ...touched]),
  );
  if (hold === undefined) throw erased();
  return { hold, job };
}

/**
 * Releases a hold: retention periods apply again, and content whose period is over expires.
 *
 * @returns undefined if there is no such hold; no job if it had been released before
 */
export async function releaseHold(
  context: DecisionContext,
  id: string,
  by: string,
): Promise<{ hold: Hold; job?: Job } | undefined> {
  let prepared: Job | undefined;
  const hold = await context.holds.release(id, by, (user) => {
    prepared = retentionJob(context, user, by);
    return context.jobs.insert(prepared);
  });
  // Another administrator may have released it first, and then this job isn't stored.
  const job = prepared && (await context.jobs.find(prepared.id));
  return hold && { hold, job };
}

/**
 * Requests that the current decisions are applied to content that is stored already.
 *
 * @param user by default, all users
 */
export async function requestRetention(context: DecisionContext, user: string | undefined, by: string): Promise<Job> {
  const job = retentionJob(context, user ?? '', by);
  await context.table.transact([context.jobs.insert(job)]);
  return job;
}

/** Applies the workspace's retention period to all content, if it differs from the period that was applied last. */
export async function applyNewPeriod(context: DecisionContext, by: string): Promise<Job | undefined> {
  const jobs = await context.jobs.list();
  const last = jobs.filter(({ kind, user }) => kind === 'retain' && user === '').at(-1);
  if (last?.figures.period === periodOf(context)) return undefined;
  return requestRetention(context, undefined, by);
}

function retentionJob(context: DecisionContext, user: string, by: string): Job {
  const job = newJob('retain', user, by, context.now(), user === '' ? 'sweep' : 'tags', 'applying');
  return { ...job, figures: { period: periodOf(context) } };
}

const periodOf = ({ retentionDays }: DecisionContext): string =>
  retentionDays === undefined ? 'until-deleted' : `${retentionDays}d`;
