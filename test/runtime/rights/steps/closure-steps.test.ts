import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { Stopped } from '@/lib/runtime/rights/jobs/stopped';
import { certifyKeyDeletion, closureEndSteps, closureSteps } from '@/lib/runtime/rights/steps/closure-steps';
import { WorkspaceKeyDeletion } from '@/lib/runtime/rights/steps/workspace-key-deletion';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { scripted } from '../support/scripted';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const MINUTES_5 = 5 * 60_000;
const WEEK_MS = 7 * 86_400_000;
const JOB: Job = { ...newJob('close', '', 'root', NOW, 'users', 'closing'), figures: { days: 7 }, counts: { kept: 1 } };

function stepsWith(...answers: (object | Error)[]) {
  const { calls, client } = scripted(...answers);
  return { calls, steps: closureSteps({ table: { client, name: 'content' }, now: () => NOW } as never) };
}

const rowOf = (pk: string, sk = 'x'): Row => ({ pk: { S: pk }, sk: { S: sk } });

const conflict = (...Codes: string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'x',
    CancellationReasons: Codes.map((Code) => ({ Code })),
  });

test('each user with content gets one last export, also if their rows are on several pages', async () => {
  const rows = [rowOf('user#ada', 'a'), rowOf('user#ada', 'b'), rowOf('rights', 'job#1'), {}, rowOf('user#eve')];
  const { calls, steps } = stepsWith({ Items: rows, LastEvaluatedKey: rowOf('user#eve') }, {}, {});
  const first = await steps.users(JOB);
  expect(first).toEqual({ cursor: '{"pk":"user#eve","sk":"x"}' });
  const scan = {
    TableName: 'content',
    ProjectionExpression: '#pk, #sk',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    Limit: 1_000,
  };
  expect(calls[0]).toEqual(['Scan', scan]);
  // biome-ignore lint/suspicious/noExplicitAny: what was sent has no type
  const inserted = calls.slice(1).map(([, { TransactItems }]: any) => TransactItems[0].Put.Item);
  expect(inserted.map(({ user, by, kind, step, state, figures }) => [user, by, kind, step, state, figures])).toEqual(
    ['ada', 'eve'].map((user) => [
      { S: user },
      { S: 'root' },
      { S: 'export' },
      { S: 'announce' },
      { S: 'preparing' },
      { S: JSON.stringify({ closing: JOB.id }) },
    ]),
  );
  const second = stepsWith({ Items: [rowOf('user#eve')] }, conflict('ConditionalCheckFailed'));
  const over = { cursor: undefined, state: 'exporting', step: 'exports' };
  expect(await second.steps.users({ ...JOB, ...first })).toEqual(over);
  expect(second.calls[0]).toEqual(['Scan', { ...scan, ExclusiveStartKey: rowOf('user#eve') }]);
  // biome-ignore lint/suspicious/noExplicitAny: what was sent has no type
  const [, { TransactItems }] = second.calls[1] as any;
  expect(TransactItems[0].Put.Item.sk).toEqual(inserted[1].sk);
});

test('a closure isn’t taken on while an export of a user could not be stored', async () => {
  const { steps } = stepsWith({ Items: [rowOf('user#ada')] }, new Error('refused'));
  await expect(steps.users(JOB)).rejects.toThrow('refused');
});

const jobRow = (job: Job): Row => ({
  pk: { S: 'rights' },
  sk: { S: `job#${job.id}` },
  ...Object.fromEntries(['kind', 'user', 'by', 'step', 'state'].map((name) => [name, { S: `${job[name as 'kind']}` }])),
  at: { N: '0' },
  version: { N: '0' },
  counts: { S: '{}' },
  figures: { S: JSON.stringify(job.figures) },
});
const exportOf = (state: string, closing = JOB.id) =>
  jobRow({ ...newJob('export', 'ada', 'root', NOW, 'read', state), figures: { closing } });
const other = (kind: 'erase' | 'readmit' | 'retain', step: string) =>
  jobRow(newJob(kind, 'ada', 'root', NOW, step, 'x'));

const wait = { notBefore: NOW.getTime() + MINUTES_5 };

test.each<[string, Row[], object]>([
  ['an export of it is prepared', [exportOf('ready'), exportOf('preparing')], wait],
  ['an erasure isn’t certified', [exportOf('ready'), other('erase', 'late')], wait],
  ['a readmission waits', [exportOf('ready'), other('readmit', 'readmit')], wait],
  [
    'nothing is under way',
    [
      exportOf('ready'),
      exportOf('cancelled'),
      exportOf('preparing', 'another'),
      other('erase', 'done'),
      other('retain', 'x'),
    ],
    {
      counts: { kept: 1, users: 2, exports: 1 },
      state: 'fetchable',
      notBefore: NOW.getTime() + WEEK_MS,
      step: 'fetched',
    },
  ],
])('a closure looks again in five minutes, or leaves a week for downloads: %s', async (_, rows, expected) => {
  expect(await stepsWith({ Items: rows }).steps.exports(JOB)).toEqual(expected);
});

const holdRow = (more: Row = {}): Row => ({
  ...rowOf('rights', 'hold#hold_1'),
  user: { S: 'ada' },
  reason: { S: 'x' },
  by: { S: 'root' },
  at: { N: '0' },
  ...more,
});

test('the week over, a hold stops the closure, and an erasure delays it', async () => {
  const held = stepsWith({ Items: [holdRow()] }).steps.fetched(JOB);
  await expect(held).rejects.toThrow(Stopped);
  await expect(held).rejects.toThrow('while hold hold_1 is there');
  const released = holdRow({ releasedAt: { N: '1' } });
  expect(await stepsWith({ Items: [released] }, { Items: [other('erase', 'late')] }).steps.fetched(JOB)).toEqual(wait);
  const ending = { state: 'ending', notBefore: undefined, step: 'certificate' };
  expect(await stepsWith({}, { Items: [other('erase', 'done')] }).steps.fetched(JOB)).toEqual(ending);
});

const CLOSURE = {
  certificate: 'closing of a workspace',
  version: 1,
  workspace: 'sciences',
  closing: JOB.id,
  requested: { by: 'root', at: NOW.toISOString() },
  counts: { kept: 1 },
  keys: ['arn'],
  keysAreDeletedAfterDays: 7,
  next: `${JOB.id}-key.json says when they are`,
};

const DELETION = {
  certificate: "end of a workspace's keys",
  version: 1,
  workspace: 'sciences',
  closing: JOB.id,
  keys: ['arn'],
  state: 'PendingDeletion',
  deletedAt: NOW.toISOString(),
};

test('both certificates are written, and the days of the request count', async () => {
  const { calls, client } = scripted({}, {});
  const scheduled: number[] = [];
  const keyDeletion = {
    keyArns: ['arn'],
    schedule: async (days: number) => void scheduled.push(days),
    scheduled: async () => NOW,
  };
  const parts = { workspace: 'sciences', evidence: { client, name: 'evidence' }, keyDeletion };
  const steps = closureEndSteps(parts);
  const key = `certificates/sciences/${JOB.id}.json`;
  const certified = { days: 7, certificate: key, certificateSha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
  expect(await steps.certificate(JOB)).toEqual({ figures: certified, step: 'key' });
  expect(await steps.key(JOB)).toEqual({
    state: 'closed',
    figures: { days: 7, deletion: NOW.getTime() },
    step: 'done',
  });
  expect(scheduled).toEqual([7]);
  const texts = calls.map(([, { Key, Body }]) => [Key, JSON.parse(`${Body}`)]);
  expect(texts).toEqual([
    [key, CLOSURE],
    [`certificates/sciences/${JOB.id}-key.json`, DELETION],
  ]);
  const none = { ...parts, keyDeletion: { ...keyDeletion, scheduled: async () => undefined } };
  const refused = certifyKeyDeletion(JOB.id, none);
  await expect(refused).rejects.toThrow(Stopped);
  await expect(refused).rejects.toThrow("a key of the workspace isn't scheduled for deletion; resume the job");
});

describe('the deletion of the keys', () => {
  const pending = (ms: number) => ({ KeyMetadata: { KeyState: 'PendingDeletion', DeletionDate: new Date(ms) } });
  const enabled = { KeyMetadata: { KeyState: 'Enabled', DeletionDate: new Date(9) } };
  const of = (...answers: object[]) => {
    const { calls, client } = scripted(...answers);
    return {
      calls,
      deletion: new WorkspaceKeyDeletion([
        { client, arn: 'a' },
        { client, arn: 'b' },
      ]),
    };
  };

  test('is scheduled for each key once', async () => {
    const { calls, deletion } = of(pending(1), enabled, {});
    await deletion.schedule(7);
    expect(calls).toEqual([
      ['DescribeKey', { KeyId: 'a' }],
      ['DescribeKey', { KeyId: 'b' }],
      ['ScheduleKeyDeletion', { KeyId: 'b', PendingWindowInDays: 7 }],
    ]);
    expect(deletion.keyArns).toEqual(['a', 'b']);
  });

  test('is told once all keys have one, with the last time', async () => {
    expect(await of(pending(2), pending(1)).deletion.scheduled()).toEqual(new Date(2));
    expect(await of(pending(2), enabled).deletion.scheduled()).toBeUndefined();
    expect(await of({}).deletion.scheduled()).toBeUndefined();
  });
});
