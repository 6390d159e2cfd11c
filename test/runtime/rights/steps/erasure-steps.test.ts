import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { erasureSteps } from '@/lib/runtime/rights/steps/erasure-steps';
import { scripted, whileMarked } from '../support/scripted';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const DAY_MS = 86_400_000;
const JOB: Job = { ...newJob('erase', 'ada', 'ada', NOW, 'x', 'erasing'), figures: { other: 'kept' } };

interface Answers {
  readonly rows?: readonly object[];
  readonly objects?: readonly object[];
  readonly days?: number;
  readonly hasRecovery?: boolean;
  /** Whether the decisions about the user name the job. */
  readonly isMarked?: boolean;
  /** The rows of the directory that each step of their deletion finds. */
  readonly sent?: readonly number[];
  /** The links that each step of their deletion finds. */
  readonly links?: readonly number[];
}

function stepsWith({
  rows = [],
  objects = [],
  days = 0,
  hasRecovery = false,
  isMarked = true,
  links = [],
  sent,
}: Answers) {
  const linked = [...links];
  const found = sent && [...sent];
  const table = scripted(...rows);
  const bucket = scripted(...objects);
  const called: unknown[] = [];
  const destroyed = { erasedAt: new Date(10), forgottenAt: new Date(20), deleted: 1 };
  const steps = erasureSteps({
    workspace: 'sciences',
    table: { client: isMarked ? whileMarked(JOB, table.client) : table.client, name: 'content' },
    bucket: { client: bucket.client, name: 'files' },
    keys: {
      destroy: async (user) => {
        called.push(['destroy', user]);
        return destroyed;
      },
      readmit: async () => {},
      rotate: async () => {},
    },
    counts: {
      days: async () => Array.from({ length: days }, () => ({ day: '2026-11-24', tokens: 1 })),
      months: async () => [],
      erase: async (user) => {
        called.push(['erase', user]);
        return days;
      },
    },
    links: {
      count: async () => links.reduce((sum, count) => sum + count, 0),
      page: async () => ({ links: [] }),
      erase: async (user) => {
        called.push(['erase links', user]);
        const deleted = linked.shift() ?? 0;
        return { deleted, isDone: linked.length === 0 };
      },
    },
    ...(found && {
      directory: {
        count: async () => 0,
        erase: async (...of) => {
          called.push(['erase directory', ...of]);
          return found.shift() ?? 0;
        },
      },
    }),
    hasRecovery,
    now: () => NOW,
  });
  return { steps, called, table: table.calls, bucket: bucket.calls };
}

const rowOf = (sk: string) => ({ pk: { S: 'user#ada' }, sk: { S: sk } });
const version = (nth: number) => ({ Key: `${nth}`, VersionId: 'v' });
/** More objects under a prefix than one step deletes. */
const MANY = Array.from({ length: 20 }, (_, nth) => [
  { Versions: [version(nth)], IsTruncated: true, NextKeyMarker: 'x' },
  {},
]).flat();
const MORE_ROWS = Array.from({ length: 20 }, (_, nth) => [
  { Items: [rowOf(`file#${nth}`)], LastEvaluatedKey: rowOf(`file#${nth}`) },
  {},
]).flat();

/** The query for the shares of a member who has shared nothing. */
const UNSHARED = [{}];

test('rows are counted by their kind, in pages of a thousand', async () => {
  const page = {
    Items: [rowOf('file#1'), rowOf('file#2'), rowOf('response#1')],
    LastEvaluatedKey: rowOf('response#1'),
  };
  const { steps, table } = stepsWith({ rows: [page, { Items: [rowOf('file#3')] }] });
  const first = await steps['count-rows'](JOB);
  expect(first).toEqual({ counts: { 'rows.file': 2, 'rows.response': 1 }, cursor: 'response#1', step: 'count-rows' });
  const counts = { 'rows.file': 3, 'rows.response': 1 };
  expect(await steps['count-rows']({ ...JOB, ...first })).toEqual({ counts, cursor: undefined, step: 'count-objects' });
  const projected = { Limit: 1_000, ProjectionExpression: '#pk, #sk' };
  expect(table).toMatchObject([
    ['Query', projected],
    ['Query', { ...projected, ExclusiveStartKey: rowOf('response#1') }],
  ]);
});

test('objects are counted by their prefix with all versions, page by page', async () => {
  const { steps, bucket } = stepsWith({
    objects: [
      {
        Versions: [version(1)],
        DeleteMarkers: [version(2)],
        IsTruncated: true,
        NextKeyMarker: 'k',
        NextVersionIdMarker: 'v',
      },
      { Versions: [version(3)] },
      { Versions: [version(4)] },
    ],
  });
  const first = await steps['count-objects'](JOB);
  expect(first).toEqual({ counts: { 'objects.content': 2 }, cursor: '{"nth":0,"after":{"key":"k","version":"v"}}' });
  const second = await steps['count-objects']({ ...JOB, ...first });
  expect(second).toEqual({ counts: { 'objects.content': 3 }, cursor: '{"nth":1}' });
  const counts = { 'objects.content': 3, 'objects.exports': 1 };
  const third = await steps['count-objects']({ ...JOB, ...second });
  expect(third).toEqual({ counts, cursor: undefined, step: 'count-days' });
  expect(bucket.map(([, { Prefix, KeyMarker, VersionIdMarker }]) => [Prefix, KeyMarker, VersionIdMarker])).toEqual([
    ['content/ada/', undefined, undefined],
    ['content/ada/', 'k', 'v'],
    ['exports/ada/', undefined, undefined],
  ]);
});

test('days with a count and links are counted, and then rows, objects, links and days are deleted before the key', async () => {
  const { steps, called } = stepsWith({ rows: [...UNSHARED, {}], objects: [{}, {}], days: 3, links: [3, 2] });
  const counts = { 'rows.file': 1 };
  expect(await steps['count-days']({ ...JOB, counts })).toEqual({
    counts: { ...counts, days: 3, links: 5 },
    step: 'rows',
  });
  expect(await steps.rows(JOB)).toEqual({ step: 'objects' });
  expect(await steps.objects(JOB)).toEqual({ step: 'days' });
  const figures = { other: 'kept', emptiedAt: NOW.getTime() };
  expect(await steps.days(JOB)).toEqual({});
  expect(await steps.days(JOB)).toEqual({ figures, step: 'key' });
  expect(called).toEqual([
    ['erase links', 'ada'],
    ['erase links', 'ada'],
    ['erase', 'ada'],
  ]);
});

test('while rows or objects are left, the step is repeated', async () => {
  expect(await stepsWith({ rows: [...UNSHARED, ...MORE_ROWS] }).steps.rows(JOB)).toEqual({});
  expect(await stepsWith({ objects: MANY }).steps.objects(JOB)).toEqual({});
});

test.each([
  [false, { state: 'erased', notBefore: 20 + DAY_MS, step: 'late' }],
  [true, { step: 'recovery-read' }],
])(
  'once the key is erased, a user counts as erased unless a recovery Region has a copy: %p',
  async (hasRecovery, then) => {
    const { steps, called } = stepsWith({ hasRecovery });
    const figures = { other: 'kept', keyErasedAt: 10, forgottenAt: 20, readyAt: 20 + DAY_MS };
    expect(await steps.key(JOB)).toEqual({ figures, ...then });
    expect(called).toEqual([['destroy', 'ada']]);
  },
);

const NONE = { 'rows.late': 0, 'objects.late': 0, 'days.late': 0, 'links.late': 0 };
const EMPTIED = { other: 'kept', emptiedAt: NOW.getTime() };

test.each<[string, Answers, object, object, string]>([
  ['nothing', { rows: [{}], objects: [{}, {}] }, NONE, { other: 'kept' }, 'test'],
  [
    'a row',
    { rows: [{ Items: [rowOf('file#1')] }, {}], objects: [{}, {}] },
    { ...NONE, 'rows.late': 1 },
    EMPTIED,
    'test',
  ],
  [
    'an object',
    { rows: [{}], objects: [{ Versions: [version(1)] }, {}, {}, {}] },
    { ...NONE, 'objects.late': 1 },
    EMPTIED,
    'test',
  ],
  ['days', { rows: [{}], objects: [{}, {}], days: 2 }, { ...NONE, 'days.late': 2 }, EMPTIED, 'test'],
  ['links', { rows: [{}], objects: [{}, {}], links: [4] }, { ...NONE, 'links.late': 4 }, EMPTIED, 'test'],
  [
    'more links than one step deletes',
    { rows: [{}], objects: [{}, {}], links: [4, 0] },
    { ...NONE, 'links.late': 4 },
    EMPTIED,
    'late',
  ],
  [
    'more rows than one step deletes',
    { rows: MORE_ROWS, objects: [{}, {}] },
    { ...NONE, 'rows.late': 20 },
    EMPTIED,
    'late',
  ],
  [
    'more objects than one step deletes',
    { rows: [{}], objects: MANY },
    { ...NONE, 'objects.late': 20 },
    EMPTIED,
    'late',
  ],
])('what was written late is deleted and counted: %s', async (_, answers, counts, figures, step) => {
  const rows = [...UNSHARED, ...(answers.rows ?? [])];
  expect(await stepsWith({ ...answers, rows }).steps.late(JOB)).toEqual({ counts, figures, step });
});

test('late rounds delete what SCIM sent before the erasure only, though they move the time of the last deletion', async () => {
  const table = Array.from({ length: 12 }, () => ({}));
  const { steps, called } = stepsWith({ rows: table, objects: table, sent: [1, 0] });
  const first = await steps.late({ ...JOB, figures: { emptiedAt: 5 } });
  expect(first.figures).toEqual({ emptiedAt: NOW.getTime(), directoryEmptiedAt: 5 });
  await steps.late({ ...JOB, figures: first.figures ?? {} });
  expect(called.filter((call) => (call as string[])[0] === 'erase directory')).toEqual([
    ['erase directory', 'ada', 5],
    ['erase directory', 'ada', 5],
  ]);
});

test('what was written late is counted on, and is deleted in the recovery Region next', async () => {
  const counts = { 'rows.file': 4, 'rows.late': 2, 'objects.late': 3, 'days.late': 4 };
  const figures = { recoveryKeyErasedAt: 1 };
  const { steps } = stepsWith({ rows: [...UNSHARED, {}], objects: [{}, {}], days: 1 });
  expect(await steps.late({ ...JOB, counts, figures })).toEqual({
    counts: { ...counts, 'days.late': 5, 'links.late': 0 },
    figures: { ...figures, emptiedAt: NOW.getTime() },
    step: 'recovery-late',
  });
});

describe('the keys of what a member shared', () => {
  const KEY = `group-${'1'.repeat(40)}`;
  const SHARE = `shpmpt_${'a'.repeat(32)}${'b'.repeat(44)}`;
  const keyRow = { ...rowOf('sharekey#a'), key: { S: KEY } };
  const shareRow = { ...rowOf(`share#${SHARE}`), key: { S: KEY } };
  const fileRow = { ...rowOf(`sharedfile#${SHARE}#00`), key: { S: KEY } };
  const pointer = { pk: { S: `user#group-${'a'.repeat(32)}` }, sk: { S: `sharedby#${SHARE}` } };
  const noted = { other: 'kept', groupKeys: KEY };
  /** The keys of the rows that each call deletes. */
  const deletedBy = (calls: ReturnType<typeof stepsWith>['table']) =>
    calls
      .filter(([name]) => name === 'BatchWriteItem')
      .map(([, { RequestItems }]) =>
        (RequestItems as Record<string, { DeleteRequest: { Key: object } }[]>).content?.map(
          ({ DeleteRequest }) => DeleteRequest.Key,
        ),
      );
  const bare = ({ pk, sk }: { pk: object; sk: object }) => ({ pk, sk });

  test('are ended and noted before any row is deleted, with the row by which the group finds the share', async () => {
    const shared = [{ Items: [shareRow, keyRow] }, {}];
    const { steps, called, table } = stepsWith({ rows: [...shared, ...shared, {}] });
    expect(await steps.rows(JOB)).toEqual({ figures: noted });
    expect(called).toEqual([['destroy', KEY]]);
    expect(deletedBy(table)).toEqual([[pointer]]);
    expect(await steps.rows({ ...JOB, figures: noted })).toEqual({ step: 'objects' });
  });

  test.each([
    ['the name of a key', keyRow, []],
    ['a share', shareRow, [[pointer]]],
    ['a file of a share', fileRow, []],
  ])(
    'are ended if %s is written after the shares were listed, and the row stays until then',
    async (_, row, pointers) => {
      const { steps, called, table } = stepsWith({ rows: [{}, { Items: [row] }, ...pointers.map(() => ({}))] });
      expect(await steps.rows(JOB)).toEqual({ figures: noted });
      expect(called).toEqual([['destroy', KEY]]);
      expect(deletedBy(table)).toEqual(pointers);
      const deletes = stepsWith({ rows: [{}, { Items: [row] }, ...pointers.map(() => ({})), {}] });
      expect(await deletes.steps.rows({ ...JOB, figures: noted })).toEqual({ step: 'objects' });
      expect(deletes.called).toEqual([]);
      expect(deletedBy(deletes.table)).toEqual([...pointers, [bare(row)]]);
    },
  );

  test('must be named by the rows that have one', async () => {
    const { steps } = stepsWith({ rows: [{}, { Items: [rowOf('sharekey#a')] }] });
    await expect(steps.rows(JOB)).rejects.toThrow('has no key; find out what changed it');
  });

  test.each([
    ['before they are listed', false, [{ Items: [keyRow] }]],
    ['after they were listed', false, [{}, { Items: [keyRow] }]],
    ['before they are listed', true, [{ Items: [keyRow] }]],
    ['after they were listed', true, [{}, { Items: [keyRow] }]],
  ])(
    'are ended when a late request made one, %s, and certified once no backup has it; a recovery Region: %p',
    async (_, hasRecovery, rows) => {
      const { steps, called, table } = stepsWith({ rows, objects: [{}, {}], hasRecovery });
      const then = hasRecovery ? { step: 'recovery-key' } : { step: 'late', notBefore: 20 + DAY_MS };
      const figures = { ...noted, readyAt: 20 + DAY_MS };
      expect(await steps.late(JOB)).toEqual({ counts: NONE, figures, ...then });
      expect(called).toContainEqual(['destroy', KEY]);
      expect(deletedBy(table)).toEqual([]);
    },
  );
});

describe('an erasure that another person requested', () => {
  const job: Job = { ...JOB, by: 'root', step: 'delay', state: 'waiting' };
  const standing = (holds?: number) => ({
    Item: { pk: { S: 'x' }, sk: { S: 'standing' }, ...(holds !== undefined && { holds: { N: `${holds}` } }) },
  });
  /** The update of the user's status that is written with the change. */
  const marked = (expression: string) => [{ Update: expect.objectContaining({ UpdateExpression: expression }) }];

  test.each([{}, standing(), standing(0)])('begins when its time is over, without a hold: %j', async (status) => {
    const { steps, table } = stepsWith({ rows: [status], isMarked: false });
    expect(await steps.delay(job)).toEqual({
      state: 'erasing',
      step: 'canary',
      notBefore: undefined,
      also: marked('SET #erasing = :job REMOVE #pending'),
    });
    expect(table).toMatchObject([['GetItem', { Key: { pk: { S: 'rights#ada' }, sk: { S: 'standing' } } }]]);
  });

  test('ends without one under a hold, and can be requested again', async () => {
    const { steps } = stepsWith({ rows: [standing(1)], isMarked: false });
    const ended = { state: 'held', step: 'done', also: marked('REMOVE #pending') };
    expect(await steps.delay(job)).toEqual(ended);
  });

  test('ends without one if it wasn’t confirmed', async () => {
    const ended = { state: 'expired', step: 'done', also: marked('REMOVE #pending') };
    expect(await stepsWith({ isMarked: false }).steps['second-person'](job)).toEqual(ended);
  });
});
