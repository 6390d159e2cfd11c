import { QueryCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { newJob } from '@/lib/runtime/rights/jobs/job';
import { retentionSteps } from '@/lib/runtime/rights/steps/retention-steps';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { named, scripted } from '../support/scripted';

const DAY = 86_400;
const NOW = new Date(100 * DAY * 1_000);
const MINUTES_15 = 15 * 60_000;
/** When content of the second day expires, after the period of 30 days. */
const EXPIRY = 32 * DAY;

const rowOf = (sk: string, more: Row = {}): Row => ({
  pk: { S: 'user#ada' },
  sk: { S: sk },
  createdAt: { N: `${2 * DAY * 1_000}` },
  ...more,
});

/** A table whose rows are given, with the holds of a user, and what was updated in it. */
function stepsWith(rows: readonly Row[], holds: readonly Row[] = [], retentionDays?: number, last?: Row) {
  const updates: unknown[] = [];
  const reads: unknown[] = [];
  const send = async (command: unknown) => {
    if (command instanceof UpdateItemCommand) {
      updates.push(command.input);
      return {};
    }
    if (!(command instanceof QueryCommand || command instanceof ScanCommand)) throw new Error('an unexpected call');
    reads.push(command.input);
    const values = command instanceof QueryCommand ? command.input.ExpressionAttributeValues : undefined;
    const isOfStatus = Object.values(values ?? {}).some(({ S }) => S?.startsWith('rights#'));
    return isOfStatus ? { Items: holds } : { Items: rows, LastEvaluatedKey: last };
  };
  const table = { client: { send } as never, name: 'content' };
  const { client, calls } = scripted({ Versions: [{ Key: 'content/ada/1', IsLatest: true }] }, {});
  const bucket = { client, name: 'files' };
  const unused = {} as never;
  const parts = {
    workspace: 'sciences',
    table,
    bucket,
    keys: unused,
    counts: unused,
    links: unused,
    hasRecovery: false,
  };
  return { updates, reads, calls, steps: retentionSteps({ ...parts, retentionDays, now: () => NOW }) };
}

/** A job whose decision was made on the third day. */
const jobOf = (user: string) => newJob('retain', user, 'root', new Date(3 * DAY * 1_000), 'sweep', 'applying');

const userHold = { pk: { S: 'rights#ada' }, sk: { S: 'hold#1' } };
const holdOn = (conversation: string) => ({ ...userHold, conversation: { S: conversation } });

const set = (sk: string, at: number) => ({
  TableName: 'content',
  Key: { pk: { S: 'user#ada' }, sk: { S: sk } },
  UpdateExpression: 'SET #expires = :at',
  ConditionExpression: 'attribute_exists(#pk)',
  ExpressionAttributeNames: { '#pk': 'pk', '#expires': 'expiresAt' },
  ExpressionAttributeValues: { ':at': { N: `${at}` } },
});
const { ExpressionAttributeValues: _, ...SET } = set('x', 0);
const remove = (sk: string) => ({ ...SET, Key: set(sk, 0).Key, UpdateExpression: 'REMOVE #expires' });

const EXPIRES = { expiresAt: { N: `${EXPIRY}` } };
const expiring = (at: number) => ({ expiresAt: { N: `${at}` } });

test.each<[string, Row, Row[], number | undefined, object | undefined]>([
  ['content without an expiry gets one', rowOf('conversation#c'), [], 30, set('conversation#c', EXPIRY)],
  ['content with the right expiry stays as it is', rowOf('conversation#c', EXPIRES), [], 30, undefined],
  ['content with another expiry gets the right one', rowOf('file#f', expiring(4 * DAY)), [], 30, set('file#f', EXPIRY)],
  [
    'content that had expired before the decision stays gone',
    rowOf('file#f', expiring(3 * DAY)),
    [userHold],
    30,
    undefined,
  ],
  [
    'content that expired after the decision and before the sweep stays',
    rowOf('file#f', expiring(3 * DAY + 1)),
    [userHold],
    30,
    remove('file#f'),
  ],
  [
    'an update counts, not the creation',
    rowOf('file#f', { updatedAt: { N: `${3 * DAY * 1_000}` } }),
    [],
    30,
    set('file#f', 33 * DAY),
  ],
  [
    'content without a time counts from now',
    { pk: { S: 'user#ada' }, sk: { S: 'write#c' } },
    [],
    30,
    set('write#c', 130 * DAY),
  ],
  [
    'content that is stored until it is deleted loses its expiry',
    rowOf('file#f', EXPIRES),
    [],
    undefined,
    remove('file#f'),
  ],
  ['content on hold loses its expiry', rowOf('file#f', EXPIRES), [userHold], 30, remove('file#f')],
  ['content on hold without an expiry stays as it is', rowOf('file#f'), [userHold], 30, undefined],
  [
    'a conversation on hold loses its expiry',
    rowOf('conversation#c', EXPIRES),
    [holdOn('c')],
    30,
    remove('conversation#c'),
  ],
  [
    'an item of a conversation on hold does too',
    rowOf('segment#c#1', EXPIRES),
    [holdOn('c')],
    30,
    remove('segment#c#1'),
  ],
  ['another conversation doesn’t', rowOf('conversation#d', EXPIRES), [holdOn('c')], 30, undefined],
  [
    'a response in a conversation on hold does',
    rowOf('response#r', { ...EXPIRES, line: { S: 'c' } }),
    [holdOn('c')],
    30,
    remove('response#r'),
  ],
  [
    'a response in another conversation doesn’t',
    rowOf('response#r', { ...EXPIRES, line: { S: 'd' } }),
    [holdOn('c')],
    30,
    undefined,
  ],
  ...['file', 'upload', 'part', 'prompt', 'promptversion'].map((kind): [string, Row, Row[], number, object] => [
    `a row of the kind ${kind} may belong to a conversation on hold`,
    rowOf(`${kind}#x`, EXPIRES),
    [holdOn('c')],
    30,
    remove(`${kind}#x`),
  ]),
  ...['deleted', 'leftover', 'export', 'exportfile'].map((kind): [string, Row, Row[], number, undefined] => [
    `a row of the kind ${kind} has an expiry of its own`,
    rowOf(`${kind}#x`),
    [],
    30,
    undefined,
  ]),
  ['a row of no user isn’t content', { pk: { S: 'rights' }, sk: { S: 'job#1' } }, [], 30, undefined],
  ['a row without a key isn’t content', { sk: { S: 'file#1' } }, [], 30, undefined],
])('%s', async (_, row, holds, retentionDays, update) => {
  const { updates, steps } = stepsWith([row], holds, retentionDays);
  const { counts } = await steps.again(jobOf('ada'));
  expect(updates).toEqual(update === undefined ? [] : [update]);
  expect(counts).toEqual({ changed: update === undefined ? 0 : 1 });
});

test('the rows of one user are read by their partition, and those of all by a scan, with the same attributes', async () => {
  const names = ['pk', 'sk', 'line', 'createdAt', 'updatedAt', 'expiresAt'];
  const attributes = Object.fromEntries(names.map((name) => [`#${name}`, name]));
  const ProjectionExpression = names.map((name) => `#${name}`).join(', ');
  const one = stepsWith([]);
  await one.steps.sweep({ ...jobOf('ada'), cursor: 'file#1' });
  const start = { pk: { S: 'user#ada' }, sk: { S: 'file#1' } };
  expect(one.reads).toMatchObject([{ ExclusiveStartKey: start, Limit: 200, ProjectionExpression }]);
  const all = stepsWith([], [], 30, { ...start, other: { S: 'x' } });
  const { cursor } = await all.steps.sweep(jobOf(''));
  await all.steps.sweep({ ...jobOf(''), cursor });
  const scan = { TableName: 'content', ProjectionExpression, ExpressionAttributeNames: attributes, Limit: 200 };
  expect(all.reads).toEqual([scan, { ...scan, ExclusiveStartKey: start }]);
});

test('the holds of a user are read once for all their rows', async () => {
  const { reads, steps } = stepsWith([rowOf('file#1'), rowOf('file#2')], [userHold], 30);
  await steps.sweep(jobOf(''));
  expect(reads).toHaveLength(2);
});

test('everything is swept twice, with the tags of a user’s objects before each time', async () => {
  const { steps } = stepsWith([rowOf('file#1')], [], 30);
  const [at, wait] = [{ counts: { changed: 4 }, cursor: undefined }, { notBefore: NOW.getTime() + MINUTES_15 }];
  const job = { ...jobOf('ada'), counts: { changed: 3 }, cursor: 'x' };
  expect(await steps.sweep(job)).toEqual({ ...at, ...wait, step: 'tags-again' });
  expect(await steps.sweep({ ...job, user: '', cursor: undefined })).toEqual({ ...at, ...wait, step: 'again' });
  const over = { step: 'done', state: 'applied', notBefore: undefined };
  expect(await steps.again(job)).toEqual({ ...at, ...over });
});

test('a page that another follows leaves the step to go on there', async () => {
  const { steps } = stepsWith([rowOf('file#1')], [], 30, { pk: { S: 'user#ada' }, sk: { S: 'file#1' } });
  expect(await steps.again(jobOf('ada'))).toEqual({ counts: { changed: 1 }, cursor: 'file#1' });
});

test.each([
  ['nothing is on hold', [], 'PutObjectTagging'],
  ['the user is on hold', [userHold], 'DeleteObjectTagging'],
  ['a conversation is on hold', [holdOn('c')], 'DeleteObjectTagging'],
])('the tags of objects follow the holds of their user: %s', async (_, holds, call) => {
  for (const [step, then] of [
    ['tags', 'sweep'],
    ['tags-again', 'again'],
  ] as const) {
    const { calls, steps } = stepsWith([], holds, 30);
    expect(await steps[step](jobOf('ada'))).toEqual({ cursor: undefined, notBefore: undefined, step: then });
    expect(calls.map(([name]) => name)).toEqual(['ListObjectVersions', call]);
  }
});

test('while there are more objects to tag, the step goes on', async () => {
  const { steps } = stepsWith([]);
  const table = { client: scripted({ Items: [] }).client, name: 'content' };
  const bucket = { client: scripted({ IsTruncated: true, NextKeyMarker: 'k' }).client, name: 'files' };
  const more = retentionSteps({ table, bucket, now: () => NOW } as never);
  expect(await more.tags(jobOf('ada'))).toEqual({ cursor: '{"key":"k"}' });
  expect(Object.keys(steps)).toEqual(['tags', 'sweep', 'tags-again', 'again']);
});

test('a row that was deleted meanwhile stays deleted, and a store that refuses ends the step', async () => {
  const run = (error: Error) => {
    const table = { client: scripted({ Items: [rowOf('file#1')] }, { Items: [] }, error).client, name: 'content' };
    const bucket = { client: scripted().client, name: 'files' };
    return retentionSteps({ table, bucket, retentionDays: 30, now: () => NOW } as never).again(jobOf(''));
  };
  expect(await run(named('ConditionalCheckFailedException'))).toMatchObject({ step: 'done' });
  await expect(run(named('AccessDenied'))).rejects.toThrow('of a store');
});
