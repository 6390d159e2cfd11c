import { Conflict } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import { updateRow, type Write } from '../../workspace/store/writes';
import { type Job, newJob } from '../jobs/job';
import { beforeKeyDeletion } from './closures';
import { type DecisionContext, heldMessage } from './context';
import { Refused } from './refused';

/**
 * Requests the erasure of a user; from then on no request of theirs is served. A repetition returns the same erasure.
 *
 * @throws Refused when content of the user is on hold, or a closure has begun to delete the keys
 */
export async function requestErasure(context: DecisionContext, user: string, by: string): Promise<Job> {
  const { table, jobs, holds, now } = context;
  const job = newJob('erase', user, by, now(), 'canary', 'erasing');
  try {
    await beforeKeyDeletion(context, (touched) => table.transact([marked(user, job), jobs.insert(job), ...touched]));
    return job;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const existing = await erasureOf(context, user);
    if (existing !== undefined) return existing;
    throw new Refused('held', heldMessage((await holds.active()).filter((hold) => hold.user === user)));
  }
}

/**
 * Requests the readmission of a user whose erasure is certified. They start without content, and with a new key.
 *
 * @throws Refused when the user wasn't erased, or their erasure isn't certified yet
 */
export async function requestReadmission(context: DecisionContext, user: string, by: string): Promise<Job> {
  const { table, jobs, now } = context;
  const erasure = await erasureOf(context, user);
  if (erasure === undefined) {
    throw new Refused('present', 'no content of this user has been erased; they need no readmission');
  }
  if (erasure.step !== 'done') {
    throw new Refused(
      'uncertified',
      'this user can be readmitted once their erasure is certified, which takes a day and some minutes',
    );
  }
  const job = {
    ...newJob('readmit', user, by, now(), 'readmit', 'readmitting'),
    figures: { erasure: erasure.id },
  };
  await table.transact([jobs.insert(job)]);
  return job;
}

/** The write that marks a user as being erased, unless they are already, or have a hold. */
const marked = (user: string, { id }: Job): Write =>
  updateRow(statusKey(user), 'SET #erasing = :job', {
    ConditionExpression: 'attribute_not_exists(#erasing) AND (attribute_not_exists(#holds) OR #holds = :none)',
    ExpressionAttributeNames: { '#erasing': 'erasing', '#holds': 'holds' },
    ExpressionAttributeValues: { ':job': { S: id }, ':none': { N: '0' } },
  });

async function erasureOf({ table, jobs }: DecisionContext, user: string): Promise<Job | undefined> {
  const row = await table.get(statusKey(user));
  return row?.erasing?.S === undefined ? undefined : jobs.find(row.erasing.S);
}
