import { toKey } from '../../workspace/store/row';
import { Conflict } from '../../workspace/store/table';
import { type Condition, putRow, type Write } from '../../workspace/store/writes';
import { type Job, newJob } from '../jobs/job';
import { RIGHTS } from '../jobs/job-store';
import { type DecisionContext, heldMessage } from './context';
import { Refused } from './refused';

/** The steps of a closure at which no key deletion has started. */
const CANCELLABLE: readonly string[] = ['users', 'exports', 'fetched'];

/** The row that names the latest closure. */
const LATEST = { pk: RIGHTS, sk: 'closing' };

/** Attempts to write before a closure continues. */
const ATTEMPTS = 5;

/**
 * Requests the closure of the workspace: a last export of every user, a week to download it, and then the deletion of the workspace's key.
 * While a closure is in progress, returns that one.
 *
 * @param days the days until KMS deletes the key, which can't be used meanwhile, 7 to 30
 * @throws Refused while anything is on hold
 */
export async function requestClosure(context: DecisionContext, by: string, days: number): Promise<Job> {
  const { table, jobs, holds, now } = context;
  const latest = await latestClosure(context);
  if (latest !== undefined && latest.step !== 'done') return latest;
  const held = await holds.active();
  if (held.length > 0) throw new Refused('held', heldMessage(held));
  const job = { ...newJob('close', '', by, now(), 'users', 'closing'), figures: { days } };
  try {
    await table.transact([putRow({ ...toKey(LATEST), job: { S: job.id } }, isLatest(latest)), jobs.insert(job)]);
    return job;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // Another administrator has requested a closure meanwhile.
    return requestClosure(context, by, days);
  }
}

/**
 * Cancels a closure that hasn't started to delete the key. The exports made for it stay until their time is over.
 *
 * @returns undefined if there is no such job
 * @throws Refused when it is too late, or the job isn't a closure
 */
export async function cancelClosure(context: DecisionContext, id: string, by: string): Promise<Job | undefined> {
  const job = await context.jobs.find(id);
  if (job === undefined) return undefined;
  if (job.kind === 'close' && CANCELLABLE.includes(job.step)) {
    const figures = { ...job.figures, calledOffBy: by, calledOffAt: context.now().getTime() };
    try {
      return await context.jobs.change(job, { state: 'called-off', step: 'done', notBefore: undefined, figures });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // The closure continued meanwhile, or something that it waits for did.
      return cancelClosure(context, id, by);
    }
  }
  throw new Refused('uncallable', "this job isn't a closure that can be cancelled now");
}

/**
 * Writes something that a closure has to wait for, unless it is too late.
 *
 * @param write given the writes that make a closure in progress check again
 * @throws Refused when a closure has started to delete the keys
 */
export async function beforeKeyDeletion<T>(
  context: DecisionContext,
  write: (touched: readonly Write[]) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const latest = await latestClosure(context);
    const closure = latest?.step === 'done' ? undefined : latest;
    if (closure !== undefined && !CANCELLABLE.includes(closure.step)) {
      throw new Refused('ending', 'the workspace is being closed, and the deletion of its keys has started');
    }
    try {
      return await write(closure === undefined ? [] : [context.jobs.touch(closure)]);
    } catch (error) {
      // Unless the condition of the write itself failed, the closure continued meanwhile.
      if (!(error instanceof Conflict) || error.isOfFirst || attempt === ATTEMPTS) throw error;
    }
  }
}

async function latestClosure({ table, jobs }: DecisionContext): Promise<Job | undefined> {
  const row = await table.get(LATEST);
  return row?.job?.S === undefined ? undefined : jobs.find(row.job.S);
}

/** Holds while no other closure was requested, so that there is never more than one to cancel. */
const isLatest = (latest: Job | undefined): Condition => ({
  ConditionExpression: latest === undefined ? 'attribute_not_exists(#job)' : '#job = :last',
  ExpressionAttributeNames: { '#job': 'job' },
  ...(latest !== undefined && { ExpressionAttributeValues: { ':last': { S: latest.id } } }),
});
