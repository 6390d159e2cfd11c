import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { onlyWhileMarked } from '@/lib/runtime/rights/steps/only-while-marked';
import { recoveryErasureSteps } from '@/lib/runtime/rights/steps/recovery-steps';
import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import { KEY_CACHE_MS } from '@/lib/runtime/workspace/keyring/keyring';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

const DAY_MS = 86_400_000;
const NEXT = { step: 'next' };

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const parts = () => ({ table: local.stores().table, now: () => new Date(local.time) });

/** A job that no decision wrote. */
async function forged(step: string): Promise<Job> {
  const job = newJob('erase', 'ada', 'first', new Date(local.time), step, 'erasing');
  await local.contentTable().transact([new JobStore(local.contentTable()).insert(job)]);
  return job;
}

/** The step of a process that read the job as it is given. */
const guarded = () => onlyWhileMarked(parts(), { late: async () => NEXT }).late;

test('a step runs while the decisions about its user name the job, and not for another job about them', async () => {
  const erasure = await local.rights().erase('ada', 'ada');
  expect(await guarded()(erasure)).toEqual(NEXT);
  const other = await forged('late');
  await expect(guarded()(other)).rejects.toThrow("step 'late' doesn't run");
});

test('a process that is overtaken deletes nothing of a user who was readmitted, and raises no alarm', async () => {
  const { id } = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(id);
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  const overtaken = await local.rights().find(id);
  await local.rights().runner.run(id);
  const back = await local.rights().readmit('ada', 'first');
  local.time += REQUEST_MS;
  await local.rights().runner.run(back.id);
  expect(overtaken).toMatchObject({ step: 'late' });
  expect(await guarded()(overtaken as never)).toEqual({});
});

test.each(['recovery-content', 'recovery-key', 'recovery-late'] as const)(
  'the step %s stops before it reaches the recovery Region, if no decision about the user names the job',
  async (step) => {
    const steps = recoveryErasureSteps({ ...parts(), workspace: 'sciences', recovery: {} as never });
    const job = await forged(step);
    await expect(steps[step](job)).rejects.toThrow(`step '${step}' doesn't run`);
  },
);
