import { holdObject, jobObject, listObject, ownJobObject } from '@/lib/runtime/rights/api/answers';
import type { Job } from '@/lib/runtime/rights/jobs/job';

const JOB: Job = {
  id: `export_${'0'.repeat(44)}`,
  kind: 'export',
  user: 'ada',
  by: 'root',
  at: 0,
  step: 'usage',
  state: 'preparing',
  version: 3,
  counts: { items: 2 },
  figures: {},
  canary: Buffer.from('canary'),
};

/** What administrators read of every job about one user. */
const ALWAYS = {
  id: JOB.id,
  object: 'rights.job',
  kind: 'export',
  user: 'ada',
  requested_by: 'root',
  requested_at: '1970-01-01T00:00:00.000Z',
  state: 'preparing',
};

const SECOND = '1970-01-01T00:00:01.000Z';
const NEXT = '1970-01-01T00:00:02.000Z';

test.each<[string, Partial<Job>, object]>([
  ['one that prepares an export', { notBefore: 1_000 }, {}],
  ['one about all users', { kind: 'retain', user: '' }, { kind: 'retain', user: null, counts: { items: 2 } }],
  [
    'an erased user',
    { kind: 'erase', state: 'erased', notBefore: 1_000 },
    { kind: 'erase', state: 'erased', certificate_from: SECOND },
  ],
  ['an erasure whose time isn’t known', { state: 'erased' }, { state: 'erased', certificate_from: null }],
  [
    'an erasure that waits',
    { kind: 'erase', state: 'waiting', notBefore: 1_000 },
    { kind: 'erase', state: 'waiting', erases_from: SECOND },
  ],
  [
    'an erasure that waits for a second person',
    { kind: 'erase', state: 'awaiting-confirmation', notBefore: 1_000 },
    { kind: 'erase', state: 'awaiting-confirmation', confirm_until: SECOND },
  ],
  [
    'an erasure that was confirmed',
    { figures: { confirmedBy: 'irma', confirmedAt: 1_000 } },
    { confirmed_by: 'irma', confirmed_at: SECOND },
  ],
  [
    'a cancelled job',
    { figures: { calledOffBy: 'irma', calledOffAt: 1_000 } },
    { called_off_by: 'irma', called_off_at: SECOND },
  ],
  [
    'a certified erasure',
    { kind: 'erase', state: 'certified', figures: { certificate: 'a/b.json', certificateSha256: '00' } },
    {
      kind: 'erase',
      state: 'certified',
      counts: { items: 2 },
      certificate: 'a/b.json',
      certificate_sha256: '00',
    },
  ],
  ['the last export of a user before a closure', { figures: { closing: 'close_1' } }, {}],
  ['a hold on a user', { kind: 'retain', state: 'applied' }, { kind: 'retain', state: 'applied' }],
  ['a readmission', { kind: 'readmit', state: 'certified' }, { kind: 'readmit', state: 'certified' }],
  ['an export that expires', { figures: { until: 1_000 } }, { expires_at: SECOND }],
  ['a closed workspace', { figures: { deletion: 1_000 } }, { key_deleted_at: SECOND }],
  [
    'a hand-over that waits',
    { state: 'waiting', notBefore: 1_000, figures: { recipient: 'heir', reason: 'case 9', releaseFrom: 1_000 } },
    { state: 'waiting', recipient: 'heir', reason: 'case 9', release_from: SECOND },
  ],
  [
    'a hand-over of version 0.1.0',
    { figures: { recipient: 'heir', reason: 'case 9' } },
    { recipient: 'heir', reason: 'case 9' },
  ],
  ['an export for its user, which no one releases', { figures: { releaseFrom: 1_000 } }, {}],
  [
    'a released hand-over',
    {
      figures: { recipient: 'heir', reason: 'case 9', releaseFrom: 1_000, releasedBy: 'irma', releasedAt: 2_000 },
    },
    { recipient: 'heir', reason: 'case 9', release_from: SECOND, released_by: 'irma', released_at: NEXT },
  ],
])('administrators read of %s what is known, and nothing else', (_, job, told) => {
  expect(jobObject({ ...JOB, ...job })).toEqual({ ...ALWAYS, ...told });
});

test('a user reads the counts of their own job, which an administrator reads of none about a user before it is certified', () => {
  for (const kind of ['export', 'erase', 'retain', 'readmit'] as const) {
    const job = { ...JOB, kind, state: 'erased' };
    expect(ownJobObject(job)).toEqual({ ...jobObject(job), counts: { items: 2 } });
    expect(jobObject(job)).not.toHaveProperty('counts');
  }
});

test('a list names where its next page begins, or that there is none', () => {
  expect(listObject([1], 'one')).toEqual({ object: 'list', data: [1], has_more: true, next: 'one' });
  expect(listObject([], undefined)).toEqual({ object: 'list', data: [], has_more: false, next: null });
});

test('a hold names who placed and who released it, and when', () => {
  const hold = { id: 'hold_1', user: 'ada', reason: 'case 7', by: 'root', at: 1_000 };
  const placed = {
    id: 'hold_1',
    object: 'rights.hold',
    user: 'ada',
    conversation: null,
    reason: 'case 7',
    placed_by: 'root',
    placed_at: SECOND,
    released_by: null,
    released_at: null,
  };
  expect(holdObject(hold)).toEqual(placed);
  const released = { conversation: 'conv_1', releasedBy: 'irma', releasedAt: 2_000 };
  expect(holdObject({ ...hold, ...released })).toEqual({
    ...placed,
    conversation: 'conv_1',
    released_by: 'irma',
    released_at: NEXT,
  });
});
