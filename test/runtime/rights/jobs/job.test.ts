import { decisionDuringWait } from '@/lib/runtime/rights/jobs/decision-during-wait';
import { isAnnounced, isForUser, isJobId, type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { nextOf } from '@/lib/runtime/rights/jobs/step-actors';

const NOW = new Date(1_000);
const DAY_MS = 86_400_000;

const jobOf = (change: Partial<Job>): Job => ({
  ...newJob('erase', 'ada', 'root', NOW, 'delay', 'waiting'),
  ...change,
});

test.each<[string, Partial<Job>, boolean]>([
  ['an erasure that waits for its time', {}, true],
  ['an erasure that waits for a second person', { step: 'second-person' }, true],
  ['a user’s own erasure', { by: 'ada' }, false],
  ['a cancelled erasure', { state: 'called-off' }, false],
  ['an erasure that runs', { step: 'canary' }, false],
  ['a hand-over', { kind: 'export', step: 'announce', figures: { recipient: 'heir' } }, true],
  ['an export for its user', { kind: 'export', step: 'announce' }, false],
  ['a hand-over that was announced', { kind: 'export', step: 'usage', figures: { recipient: 'heir' } }, false],
  ['a closure', { kind: 'close', user: '', step: 'users' }, true],
  ['a closure that was announced', { kind: 'close', user: '', step: 'exports' }, false],
  ['a job of another kind', { kind: 'retain', step: 'users' }, false],
])('whether %s is announced', (_, change, expected) => {
  expect(isAnnounced(jobOf(change))).toBe(expected);
});

test.each<[Partial<Job>, string | undefined]>([
  [{}, undefined],
  [{ kind: 'export', step: 'hand-over' }, 'released'],
  [{ kind: 'export', step: 'remove', state: 'called-off' }, 'called-off'],
  [{ step: 'done', state: 'called-off' }, 'called-off'],
  [{ step: 'canary', figures: { confirmedBy: 'irma' } }, 'confirmed'],
  [{ step: 'canary' }, undefined],
  [{ step: 'rows', figures: { confirmedBy: 'irma' } }, undefined],
  [{ kind: 'export', step: 'canary', figures: { confirmedBy: 'irma' } }, undefined],
])('%j needs another execution because it was %s', (change, decision) => {
  expect(decisionDuringWait(jobOf(change))).toBe(decision);
});

test('a user reads of jobs about them, but not that content of theirs is on hold', () => {
  expect(isForUser(jobOf({}), 'ada')).toBe(true);
  expect(isForUser(jobOf({}), 'eve')).toBe(false);
  expect(isForUser(jobOf({ kind: 'retain' }), 'ada')).toBe(false);
});

test('a new job has the time in its id, and nothing done', () => {
  const job = jobOf({});
  expect(job).toEqual({
    id: expect.stringMatching(/^erase_0000000003e8[0-9a-f]{32}$/),
    kind: 'erase',
    user: 'ada',
    by: 'root',
    at: 1_000,
    step: 'delay',
    state: 'waiting',
    version: 0,
    counts: {},
    figures: {},
  });
  expect(isJobId(job.id)).toBe(true);
});

test.each([
  `erase_${'0'.repeat(43)}`,
  `erase_${'0'.repeat(45)}`,
  `xerase_${'0'.repeat(44)}`,
  `other_${'0'.repeat(44)}`,
])('%s is the id of no job', (id) => {
  expect(isJobId(id)).toBe(false);
});

test('the next step is its actor’s, and its time is shown until it has come', () => {
  const job = jobOf({});
  expect(nextOf(job, NOW)).toEqual({ job: job.id, actor: 'eraser', notBefore: undefined });
  expect(nextOf({ ...job, notBefore: 1_000 }, NOW)).toEqual({ job: job.id, actor: 'eraser', notBefore: undefined });
  const later = { job: job.id, actor: 'eraser', notBefore: '1970-01-01T00:00:01.001Z' };
  expect(nextOf({ ...job, notBefore: 1_001 }, NOW)).toEqual(later);
  const over = { ...job, step: 'done', notBefore: 1_001 };
  expect(nextOf(over, NOW)).toEqual({ job: job.id, actor: undefined, notBefore: undefined });
});

test('without settings, a hand-over waits for three days, and another person’s erasure for seven', () => {
  const defaults = { handOverMs: 3 * DAY_MS, erasureOfOthers: 'delay', erasureMs: 7 * DAY_MS };
  expect(rulesOf({})).toEqual(defaults);
  const set = { handOverDays: 30, erasureOfOthers: 'second-person' } as const;
  expect(rulesOf(set)).toEqual({ ...defaults, handOverMs: 30 * DAY_MS, erasureOfOthers: 'second-person' });
});
