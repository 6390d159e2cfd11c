import { Conflict } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import { type Job, newJob } from '../jobs/job';
import { REQUEST_MS } from '../steps/windows';
import { announced, marked, STARTED, started } from '../store/erasure-marks';
import { beforeKeyDeletion } from './closures';
import { type DecisionContext, heldMessage } from './context';
import { requireIndependent } from './independence';
import { OPERATOR } from './operator';
import { Refused } from './refused';

/**
 * Requests the erasure of a user. A user's own request takes effect at once: from then on no request of theirs is served. Another
 * person's request waits, for some days in which it can be cancelled or for a second administrator. A repetition returns the same erasure.
 *
 * @throws Refused when content of the user is on hold, or a closure has started to delete the keys
 */
export async function requestErasure(context: DecisionContext, user: string, by: string): Promise<Job> {
  const { table, jobs, holds, now, rules } = context;
  const isOwn = user === by;
  const requested = newJob('erase', user, by, now(), 'canary', 'erasing');
  const job = isOwn ? requested : { ...requested, ...waiting(requested, rules) };
  try {
    const mark = isOwn ? marked(user, job) : announced(user, job);
    await beforeKeyDeletion(context, (touched) => table.transact([mark, jobs.insert(job), ...touched]));
    return job;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const { started, pending } = await erasuresOf(context, user);
    if (started !== undefined) return started;
    if (pending !== undefined) {
      const current = isOwn ? await beginErasure(context, pending, by) : pending;
      // It was cancelled meanwhile, or its time ended.
      return isEnded(current) ? requestErasure(context, user, by) : current;
    }
    throw new Refused('held', heldMessage((await holds.active()).filter((hold) => hold.user === user)));
  }
}

/**
 * Confirms an erasure that waits for a second person.
 *
 * @param by an administrator, or {@link OPERATOR}
 * @returns undefined if there is no such job
 * @throws Refused when the two administrators aren't independent, when the job doesn't wait for it, and as {@link requestErasure}
 */
export async function confirmErasure(context: DecisionContext, id: string, by: string): Promise<Job | undefined> {
  const job = await context.jobs.find(id);
  if (job === undefined) return undefined;
  if (job.figures.confirmedBy === by) return job;
  const time = context.now().getTime();
  if (job.step !== 'second-person' || Number(job.notBefore) <= time) {
    throw unconfirmable();
  }
  if (by !== OPERATOR) {
    const people = [job.by, by].map((person) => ({ id: person, role: 'admin' as const }));
    await requireIndependent(context, people, job.at);
  }
  const current = await beginErasure(context, job, by);
  if (isEnded(current)) throw unconfirmable();
  return current;
}

const HELD = "the user has a hold, so nothing is erased; release it first ('eu-residency rights holds' shows it)";

const unconfirmable = () =>
  new Refused('unconfirmable', "this job isn't an erasure that waits for a second person; look at its state");

/** The states in which an erasure that waited ended without one. */
const ENDED: readonly string[] = ['called-off', 'expired', 'held'];

const isEnded = ({ state }: Job): boolean => ENDED.includes(state);

/** Begins an erasure that waited, because a second person or the user agrees. */
async function beginErasure(context: DecisionContext, job: Job, confirmedBy: string): Promise<Job> {
  const { jobs, holds, now } = context;
  const figures = { ...job.figures, confirmedBy, confirmedAt: now().getTime() };
  try {
    return await jobs.change(job, { ...STARTED, figures, also: [started(job)] });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const current = await jobs.find(job.id);
    // Another process has started it, or cancelled it.
    if (current !== undefined && current.step !== job.step) return current;
    // The log of the operator's function keeps what is thrown, and a hold names an administrator and their reason.
    if (confirmedBy === OPERATOR) throw new Refused('held', HELD);
    throw new Refused('held', heldMessage((await holds.active()).filter((hold) => hold.user === job.user)));
  }
}

/**
 * Requests the readmission of a user whose erasure is certified. They start without content, and with a new key, some minutes after the
 * certificate.
 *
 * @throws Refused when the user wasn't erased, their erasure isn't certified yet, or a closure has started to delete the keys
 */
export async function requestReadmission(context: DecisionContext, user: string, by: string): Promise<Job> {
  const { table, jobs, now } = context;
  const { started: erasure } = await erasuresOf(context, user);
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
    // A process that still runs a step of the erasure would delete what the user stores next.
    notBefore: Number(erasure.figures.refusedAt) + REQUEST_MS,
    figures: { erasure: erasure.id },
  };
  await beforeKeyDeletion(context, (touched) => table.transact([jobs.insert(job), ...touched]));
  return job;
}

const waiting = ({ at }: Job, { erasureOfOthers, erasureMs }: DecisionContext['rules']): Partial<Job> =>
  erasureOfOthers === 'delay'
    ? { step: 'delay', state: 'waiting', notBefore: at + erasureMs }
    : { step: 'second-person', state: 'awaiting-confirmation', notBefore: at + erasureMs };

async function erasuresOf({ table, jobs }: DecisionContext, user: string) {
  const row = await table.get(statusKey(user));
  const jobOf = async (id: string | undefined) => (id === undefined ? undefined : jobs.find(id));
  return { started: await jobOf(row?.erasing?.S), pending: await jobOf(row?.pending?.S) };
}
