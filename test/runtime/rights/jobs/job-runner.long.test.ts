import { type Change, type JobKind, newJob } from '@/lib/runtime/rights/jobs/job';
import { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { PRESENT, requireRow } from '@/lib/runtime/workspace/store/writes';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const now = () => new Date(local.time);
const FIRST = { export: 'announce', erase: 'canary', retain: 'tags', close: 'users', readmit: 'readmit' } as const;

/** A job whose first step is the test's own. */
async function jobWith(kind: JobKind, step: () => Promise<Change>) {
  const jobs = new JobStore(local.contentTable());
  const job = newJob(kind, 'ada', 'root', now(), FIRST[kind], 'x');
  await local.contentTable().transact([jobs.insert(job)]);
  const steps = { [kind]: { [FIRST[kind]]: step } };
  return { job, jobs, runner: new JobRunner(local.stores().table, steps, now) };
}

/** A write of a step whose condition isn't met. */
const UNMET = requireRow({ pk: 'x', sk: 'x' }, PRESENT);

test.each(['erase', 'retain', 'close', 'readmit'] as const)(
  'a step of a job of the kind %s whose other writes are refused is an error, and the job stays',
  async (kind) => {
    const { job, jobs, runner } = await jobWith(kind, async () => ({ step: 'done', also: [UNMET] }));
    await expect(runner.run(job.id)).rejects.toThrow(
      `step '${FIRST[kind]}' of job '${job.id}' was not written; resume it`,
    );
    expect(await jobs.find(job.id)).toEqual(job);
  },
);

const rowOf = (pk: string, sk: string, more = {}) => ({ pk: { S: pk }, sk: { S: sk }, ...more });

test.each([
  ['is listed', true, false, undefined],
  ['was deleted', false, false, 'cancelled'],
  ['is of a user who is being erased', true, true, 'cancelled'],
  ['was deleted with its user', false, true, 'cancelled'],
])('an export that %s ends only if it has been erased', async (_, isListed, isErasing, state) => {
  const { job, jobs, runner } = await jobWith('export', async () => ({ step: 'usage', also: [UNMET] }));
  if (isListed) await local.restore('sciences', [rowOf('user#ada', `export#${job.id}`)]);
  if (isErasing) await local.restore('sciences', [rowOf('rights#ada', 'standing', { erasing: { S: 'x' } })]);
  if (state === undefined) await expect(runner.run(job.id)).rejects.toThrow("'announce'");
  else expect(await runner.run(job.id)).toEqual({ job: job.id });
  expect(await jobs.find(job.id)).toMatchObject(state === undefined ? job : { state, step: 'done', version: 1 });
});

test('a step that another process ran first isn’t run again', async () => {
  const { job, jobs, runner } = await jobWith('erase', async () => {
    await jobs.change(job, { step: 'count-rows', state: 'theirs' });
    return { step: 'count-rows', state: 'ours' };
  });
  expect(await runner.run(job.id)).toEqual({ job: job.id, actor: 'eraser' });
  expect(await jobs.find(job.id)).toMatchObject({ state: 'theirs', version: 1 });
});

test('a job that was deleted while its step ran has no next step', async () => {
  const { job, runner } = await jobWith('erase', async () => {
    await local.contentTable().deleteAll([rowOf('rights', `job#${job.id}`)]);
    return { step: 'count-rows' };
  });
  expect(await runner.advance(job.id)).toEqual({ job: job.id });
  await expect(runner.run(job.id)).rejects.toThrow(`there is no job '${job.id}'`);
});

test('what a step throws is thrown, and no step begins after the given time or before its own', async () => {
  let count = 0;
  const { job, jobs, runner } = await jobWith('close', async () => {
    if (++count === 3) throw new Error('of the step');
    return {};
  });
  expect(await runner.run(job.id, 0)).toEqual({ job: job.id, actor: 'eraser' });
  expect(count).toBe(1);
  await expect(runner.run(job.id)).rejects.toThrow('of the step');
  const stored = await jobs.find(job.id);
  if (stored === undefined) throw new Error('no job');
  await jobs.change(stored, { notBefore: local.time + 1 });
  const waiting = { job: job.id, actor: 'eraser', notBefore: new Date(local.time + 1).toISOString() };
  expect([await runner.run(job.id), count]).toEqual([waiting, 3]);
});
