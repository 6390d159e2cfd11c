import { createHash } from 'node:crypto';
import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { exportEraserSteps, exportSteps } from '@/lib/runtime/rights/steps/export-steps';
import { fileOfLines, numbered } from '@/lib/runtime/rights/steps/exported-files';
import type { MemberLinkPage } from '@/lib/runtime/rights/store/member-links';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { named, scripted } from '../support/scripted';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const DAY_MS = 86_400_000;
const JOB: Job = { ...newJob('export', 'ada', 'root', NOW, 'read', 'preparing'), counts: { kept: 1 } };

/** An exporter whose keyring encrypts nothing, on stores that answer in turn. */
function exporter(
  table: readonly (object | Error)[],
  bucket: readonly object[] = [],
  links: readonly MemberLinkPage[] = [],
) {
  const linked = [...links];
  const after: (string | undefined)[] = [];
  const stores = { table: scripted(...table), bucket: scripted(...bucket) };
  const keyring = {
    ensureKey: async () => {},
    encrypt: async (_: string, plain: Uint8Array) => plain,
    decrypt: async (_: string, message: Uint8Array) => message,
  };
  const steps = exportSteps({
    workspace: 'sciences',
    table: { client: stores.table.client, name: 'content' },
    bucket: { client: stores.bucket.client, name: 'files' },
    keyring: { ...keyring, isErased: async () => false },
    links: {
      count: async () => 0,
      page: async (_, from) => {
        after.push(from);
        return linked.shift() ?? { links: [] };
      },
      erase: async () => ({ deleted: 0, isDone: true }),
    },
    rules: { handOverMs: DAY_MS, erasureOfOthers: 'delay', erasureMs: 0 },
    now: () => NOW,
  });
  return { steps, after, table: stores.table.calls, bucket: stores.bucket.calls };
}

const LISTED = { Item: { pk: { S: 'user#ada' }, sk: { S: `export#${JOB.id}` } } };
const ERASING = { Item: { pk: { S: 'rights#ada' }, sk: { S: 'standing' }, erasing: { S: 'erase_1' } } };
const ENDED = { state: 'cancelled', step: 'done' };

/** A prompt whose content is a name. */
const prompt = (nth: number, name: string, more: Row = {}): Row => {
  const sk = `prompt#${nth}`;
  const content = { B: Buffer.from(JSON.stringify({ row: sk, value: { name } })) };
  return { pk: { S: 'user#ada' }, sk: { S: sk }, createdAt: { N: '0' }, content, ...more };
};

// biome-ignore lint/suspicious/noExplicitAny: what was written has no type
const itemsOf = (also: readonly any[] = []) => also.flatMap((write) => write.Put?.Item ?? []);

test.each(['read', 'manifest'] as const)(
  'the step %s touches no content once the user is being erased, or the export isn’t listed any more',
  async (step) => {
    const erasing = exporter([LISTED, ERASING]);
    expect(await erasing.steps[step](JOB)).toEqual(ENDED);
    const deleted = exporter([{}]);
    expect(await deleted.steps[step](JOB)).toEqual(ENDED);
    expect([erasing.bucket, deleted.bucket, erasing.table.length, deleted.table.length]).toEqual([[], [], 2, 1]);
  },
);

test('an export isn’t listed for a user who is being erased', async () => {
  expect(await exporter([ERASING]).steps.announce(JOB)).toEqual(ENDED);
});

test.each<[string, Job['figures'], Row]>([
  ['with its times alone', {}, {}],
  [
    'with who receives it and who requested that',
    { recipient: 'heir', reason: 'case 9', releaseFrom: 5 },
    { recipient: { S: 'heir' }, reason: { S: 'case 9' }, requestedBy: { S: 'root' }, releaseFrom: { N: '5' } },
  ],
])('an export is listed for its user %s', async (_, figures, notice) => {
  const { step, also } = await exporter([{}]).steps.announce({ ...JOB, figures });
  expect([step, also?.length]).toEqual(['usage', 2]);
  const times = { createdAt: { N: `${JOB.at}` }, until: { N: `${JOB.at + 30 * DAY_MS}` } };
  expect(itemsOf(also)).toEqual([{ ...LISTED.Item, ...times, ...notice }]);
});

test('a page of rows becomes a file and a page of HTML for each folder, numbered on, and the job goes on after it', async () => {
  const rows = [
    prompt(1, 'one'),
    prompt(2, 'gone', { expiresAt: { N: `${NOW.getTime() / 1_000}` } }),
    prompt(3, 'two'),
  ];
  const { steps, bucket } = exporter([LISTED, {}, { Items: rows, LastEvaluatedKey: rows[2] }], [{}, {}]);
  const figures = { files: 6, bytes: 10, recipient: 'heir' };
  const { also, ...change } = await steps.read({ ...JOB, figures, counts: { prompts: 4 } });
  const [text, key] = [bucket[0]?.[1].Body, `exports/ada/${JOB.id}/000007`];
  const lines = `${text}`
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).name);
  expect([lines, bucket[0]?.[1].Key]).toEqual([['one', 'two'], `${key}-0`]);
  const page = `${bucket[1]?.[1].Body}`;
  expect(page).toContain('<h2>two</h2>');
  expect(change).toEqual({
    counts: { prompts: 6 },
    figures: { files: 8, bytes: 10 + Buffer.byteLength(`${text}${page}`), recipient: 'heir' },
    cursor: 'prompt#3',
    step: 'read',
  });
  expect(itemsOf(also)).toMatchObject([
    {
      sk: { S: `exportfile#${JOB.id}#000007` },
      file: { S: 'prompts/000007.jsonl' },
      object: { S: key },
      pieces: { N: '1' },
      lines: { N: '2' },
      bytes: { N: `${Buffer.byteLength(`${text}`)}` },
    },
    {
      sk: { S: `exportfile#${JOB.id}#000008` },
      file: { S: 'prompts/000007.html' },
      object: { S: `exports/ada/${JOB.id}/000008` },
      lines: { N: '0' },
      bytes: { N: `${Buffer.byteLength(page)}` },
    },
  ]);
  expect(also).toHaveLength(4);
});

test('the counts of days become a file with the first page alone, and the last page ends the step', async () => {
  const day = { day: '2026-11-24', tokens: 7 };
  const first = exporter([LISTED, {}, {}], [{}, {}]);
  const change = await first.steps.read({ ...JOB, figures: { usage: JSON.stringify([day]) } });
  expect(change).toMatchObject({ counts: { kept: 1, usage: 1 }, figures: { files: 2 }, step: 'manifest' });
  expect(change.figures).not.toHaveProperty('usage');
  expect(JSON.parse(`${first.bucket[0]?.[1].Body}`)).toEqual(day);
  const second = await exporter([LISTED, {}, {}]).steps.read({ ...JOB, figures: change.figures ?? {} });
  expect(second).toMatchObject({ figures: change.figures, step: 'manifest', cursor: undefined });
});

test.each([
  ['rows follow on the page', [2_500_000, 2_500_000, 1], undefined, 'prompt#2', 'read'],
  ['pages follow', [2_500_000, 2_500_000], prompt(2, ''), 'prompt#2', 'read'],
  ['nothing follows', [2_500_000, 2_500_000], undefined, undefined, 'manifest'],
  ['it is small', [1, 1, 1], undefined, undefined, 'manifest'],
])('a file ends at four megabytes if %s', async (_, sizes, LastEvaluatedKey, cursor, step) => {
  const Items = sizes.map((size, nth) => prompt(nth + 1, 'x'.repeat(size)));
  const pieces = Array.from({ length: 60 }, () => ({}));
  const change = await exporter([LISTED, {}, { Items, LastEvaluatedKey }], pieces).steps.read(JOB);
  expect([change.cursor, change.step]).toEqual([cursor, step]);
});

test('the records of the user’s requests are exported after their rows, page by page', async () => {
  const link = (nth: number) => ({ id: `id-${nth}`, time: `2026-11-24T0${nth}:00:00.000Z` });
  const pages = [{ links: [link(1)], last: 'minute#1' }, { links: [link(2)] }];
  const first = exporter([LISTED, {}, { Items: [prompt(1, 'one')] }], [{}, {}, {}, {}], pages);
  const change = await first.steps.read(JOB);
  expect(change).toMatchObject({ counts: { prompts: 1, records: 1 }, cursor: 'links#minute#1', step: 'read' });
  expect(JSON.parse(`${first.bucket[2]?.[1].Body}`)).toEqual({ record: 'id-1', time: link(1).time });
  const second = exporter([LISTED, {}], [{}, {}], pages.slice(1));
  const next = await second.steps.read({ ...JOB, cursor: change.cursor, counts: change.counts ?? {} });
  expect(next).toMatchObject({ counts: { prompts: 1, records: 2 }, cursor: undefined, step: 'manifest' });
  expect([first.after, second.after]).toEqual([[undefined], ['minute#1']]);
});

test('a hand-over has no records of the user’s requests', async () => {
  const { steps, after } = exporter([LISTED, {}, { Items: [prompt(1, 'one')] }], [{}, {}]);
  const change = await steps.read({ ...JOB, figures: { recipient: 'heir' } });
  expect(change).toMatchObject({ counts: { prompts: 1 }, step: 'manifest' });
  expect(after).toEqual([]);
});

test('a hand-over has no tokens of its user, even if version 0.1.0 has read them for it', async () => {
  const { steps, bucket } = exporter([LISTED, {}, { Items: [prompt(1, 'one')] }], [{}, {}]);
  const usage = JSON.stringify([{ day: '2026-11-24', tokens: 7 }]);
  const change = await steps.read({ ...JOB, figures: { recipient: 'heir', usage } });
  expect(change.counts).toEqual({ kept: 1, prompts: 1 });
  expect(change.figures).not.toHaveProperty('usage');
  expect(bucket).toHaveLength(2);
});

test('a row that was replaced while it was read is read again, and one that was deleted is left out', async () => {
  const broken = { ...prompt(1, ''), content: { B: Buffer.from('broken') } };
  const page = { Items: [broken] };
  const replaced = { Item: { ...prompt(1, 'new'), object: { S: 'x' } } };
  const gone = await exporter([LISTED, {}, page, {}]).steps.read(JOB);
  expect(gone.counts).toEqual({ kept: 1 });
  const again = exporter(
    [LISTED, {}, page, replaced],
    [{ Body: { transformToByteArray: async () => prompt(1, 'new').content?.B } }, {}, {}],
  );
  expect((await again.steps.read(JOB)).counts).toEqual({ kept: 1, prompts: 1 });
  await expect(exporter([LISTED, {}, page, { Item: broken }]).steps.read(JOB)).rejects.toThrow(SyntaxError);
});

const fileRow = {
  pk: { S: 'user#ada' },
  sk: { S: `exportfile#${JOB.id}#000001` },
  file: { S: 'prompts/000001.jsonl' },
  bytes: { N: '5' },
  lines: { N: '1' },
  sha256: { S: '00' },
};

/** Of a run of the step that was repeated. */
const contentsRow = { ...fileRow, sk: { S: `exportfile#${JOB.id}#000000` }, file: { S: 'index.html' } };

test('the manifest says what is in which file and what the marks mean, and an export can be downloaded for a week', async () => {
  const { steps, bucket } = exporter([LISTED, {}, { Items: [contentsRow, fileRow] }], [{}, {}]);
  const { also, ...change } = await steps.manifest({ ...JOB, figures: { bytes: 5 } });
  const until = NOW.getTime() + 7 * DAY_MS;
  expect(change).toEqual({ state: 'ready', step: 'remove', notBefore: until, figures: { bytes: 5, until } });
  const [contents, text] = bucket.map(([, { Body }]) => `${Body}`) as [string, string];
  expect(contents).toContain('<td>prompts/000001.jsonl</td><td>1</td><td>5</td>');
  const manifest = JSON.parse(text);
  const bytes = Buffer.byteLength(contents);
  expect(manifest).toMatchObject({
    formatVersion: 1,
    export: JOB.id,
    workspace: 'sciences',
    user: 'ada',
    requestedAt: NOW.toISOString(),
    counts: { kept: 1 },
    files: [
      { name: 'index.html', bytes, lines: 0, sha256: createHash('sha256').update(contents).digest('hex') },
      { name: 'prompts/000001.jsonl', bytes: 5, lines: 1, sha256: '00' },
    ],
  });
  for (const part of ['JSON Lines', 'conversations', 'responses', 'parts of uploads', 'tokens used per day']) {
    expect(manifest.format).toContain(part);
  }
  for (const part of ["'provenance'", 'softwareAgent', 'version 0.1.0', "aren't signed"]) {
    expect(manifest.generated.marks).toContain(part);
  }
  expect(itemsOf(also)).toEqual([
    {
      ...LISTED.Item,
      file: { S: 'manifest.json' },
      object: { S: `exports/ada/${JOB.id}/manifest` },
      pieces: { N: '1' },
      lines: { N: '1' },
      manifestBytes: { N: `${Buffer.byteLength(text)}` },
      createdAt: { N: `${JOB.at}` },
      until: { N: `${until}` },
      bytes: { N: `${5 + bytes}` },
      files: { N: '2' },
      content: { B: expect.anything() },
    },
    {
      pk: { S: 'user#ada' },
      sk: { S: `exportfile#${JOB.id}#000000` },
      file: { S: 'index.html' },
      object: { S: `exports/ada/${JOB.id}/000000` },
      pieces: { N: '1' },
      bytes: { N: `${bytes}` },
      lines: { N: '0' },
      content: { B: expect.anything() },
    },
  ]);
});

test.each<[string, Job['figures'], number, object]>([
  ['its time', { releaseFrom: NOW.getTime() + 5 }, NOW.getTime() + 5, {}],
  ['the end of the preparation, if that is later', { releaseFrom: 5 }, NOW.getTime(), {}],
  ['the delay from now, if version 0.1.0 accepted it', {}, NOW.getTime() + DAY_MS, { earlier: 1 }],
])('a hand-over waits for %s', async (_, times, releaseFrom, more) => {
  const { steps } = exporter([LISTED, {}, {}], [{}, {}]);
  const figures = { recipient: 'heir', reason: 'case 9' };
  const { also, ...change } = await steps.manifest({ ...JOB, figures: { ...figures, ...times } });
  const until = releaseFrom + 7 * DAY_MS;
  expect(change).toEqual({
    state: 'waiting',
    step: 'delay',
    notBefore: releaseFrom,
    figures: { ...figures, ...more, releaseFrom, until },
  });
  const notice = { recipient: { S: 'heir' }, reason: { S: 'case 9' }, requestedBy: { S: 'root' } };
  const listed = { ...notice, releaseFrom: { N: `${releaseFrom}` }, until: { N: `${until}` } };
  expect(itemsOf(also)).toMatchObject([listed, { file: { S: 'index.html' } }]);
});

describe('a released hand-over', () => {
  const job = { ...JOB, figures: { recipient: 'heir', releaseFrom: 5, releasedBy: 'irma' } };

  test('is listed for its recipient for a week, under the key of its owner', async () => {
    const { also, ...change } = await exporter([LISTED, {}]).steps['hand-over'](job);
    const until = NOW.getTime() + 7 * DAY_MS;
    const figures = { ...job.figures, until };
    expect(change).toEqual({ state: 'ready', figures, notBefore: until, step: 'remove' });
    expect(itemsOf(also)).toEqual([
      {
        pk: { S: 'user#heir' },
        sk: LISTED.Item.sk,
        owner: { S: 'ada' },
        until: { N: `${until}` },
        expiresAt: { N: `${(until + 30 * DAY_MS) / 1_000}` },
      },
    ]);
    const checks = also?.flatMap(({ ConditionCheck }) => ConditionCheck ?? []);
    expect(checks).toMatchObject(['ada', 'heir'].map((user) => ({ Key: { pk: { S: `rights#${user}` } } })));
  });

  test('ends without its export, and is deleted for a recipient who is being erased', async () => {
    expect(await exporter([{}, {}]).steps['hand-over'](job)).toEqual(ENDED);
    const removed = { step: 'remove', notBefore: undefined };
    expect(await exporter([LISTED, ERASING]).steps['hand-over'](job)).toEqual(removed);
  });

  test('of version 0.1.0 is delayed, and its user told', async () => {
    const earlier = { ...JOB, figures: { recipient: 'heir', reason: 'case 9', releasedBy: 'irma' } };
    const { also, ...change } = await exporter([LISTED, {}]).steps['hand-over'](earlier);
    const releaseFrom = NOW.getTime() + DAY_MS;
    const until = releaseFrom + 7 * DAY_MS;
    expect(change).toMatchObject({ state: 'waiting', step: 'delay', notBefore: releaseFrom });
    expect(change.figures).not.toHaveProperty('releasedBy');
    expect(itemsOf(also)).toEqual([
      {
        ...LISTED.Item,
        until: { N: `${until}` },
        recipient: { S: 'heir' },
        reason: { S: 'case 9' },
        requestedBy: { S: 'root' },
        releaseFrom: { N: `${releaseFrom}` },
      },
    ]);
  });
});

describe('an export that is over', () => {
  const steps = (table: readonly (object | Error)[], bucket: readonly object[]) => {
    const stores = { table: scripted(...table), bucket: scripted(...bucket) };
    const parts = {
      workspace: 'sciences',
      table: { client: stores.table.client, name: 'content' },
      bucket: { client: stores.bucket.client, name: 'files' },
      counts: {
        days: async () => [{ day: '2026-11-24', tokens: 7 }],
        months: async () => [{ month: '2026-11', tokens: 7, models: { fast: 7 } }],
        erase: async () => 0,
      },
      now: () => NOW,
    };
    return { steps: exportEraserSteps(parts as never), table: stores.table.calls };
  };
  const update = {
    TableName: 'content',
    Key: { pk: { S: 'user#ada' }, sk: { S: `export#${JOB.id}` } },
    UpdateExpression: 'SET #expires = :expires',
    ConditionExpression: 'attribute_exists(#pk)',
    ExpressionAttributeNames: { '#pk': 'pk', '#expires': 'expiresAt' },
    ExpressionAttributeValues: { ':expires': { N: `${(JOB.at + 30 * DAY_MS) / 1_000}` } },
  };

  test.each(['remove', 'unreleased'] as const)('is deleted, and stays listed as expired: %s', async (step) => {
    const deleted = steps([{ Items: [fileRow] }, {}, {}], [{}]);
    expect(await deleted.steps[step](JOB)).toEqual({ state: 'expired', step: 'done' });
    expect(deleted.table.map(([name]) => name)).toEqual(['Query', 'BatchWriteItem', 'UpdateItem']);
    expect(deleted.table.at(-1)).toEqual(['UpdateItem', update]);
  });

  test('is listed as expired since it was cancelled', async () => {
    const cancelled = steps([{}, {}], [{}]);
    const job = { ...JOB, state: 'called-off', figures: { calledOffAt: 5 } };
    expect(await cancelled.steps.remove(job)).toEqual({ state: 'called-off', step: 'done' });
    expect(cancelled.table.at(-1)?.[1]).toEqual({
      ...update,
      UpdateExpression: 'SET #expires = :expires, #until = :until',
      ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#until': 'until' },
      ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':until': { N: '5' } },
    });
  });

  test('isn’t said to be deleted while objects are left, and may have been erased meanwhile', async () => {
    const page = { Versions: [{ Key: 'x', VersionId: 'v' }], IsTruncated: true, NextKeyMarker: 'k' };
    const many = Array.from({ length: 20 }, (_, nth) => [
      { ...page, Versions: [{ Key: `${nth}`, VersionId: 'v' }] },
      {},
    ]);
    const left = steps([], many.flat());
    expect([await left.steps.remove(JOB), left.table]).toEqual([{}, []]);
    const gone = steps([{}, named('ConditionalCheckFailedException')], [{}]);
    expect(await gone.steps.remove(JOB)).toEqual({ state: 'expired', step: 'done' });
  });

  test('had its counts read by the eraser', async () => {
    const figures = {
      kept: 1,
      usage: '[{"day":"2026-11-24","tokens":7},{"month":"2026-11","tokens":7,"models":{"fast":7}}]',
    };
    expect(await steps([], []).steps.usage({ ...JOB, figures: { kept: 1 } })).toEqual({ figures, step: 'read' });
    const handOver = { ...JOB, figures: { recipient: 'heir' } };
    expect(await steps([], []).steps.usage(handOver)).toEqual({ step: 'read' });
    const job = { ...JOB, figures: { until: 5 } };
    expect(await steps([], []).steps.delay(job)).toMatchObject({ step: 'unreleased', notBefore: 5 });
  });
});

test('a file of lines has pieces of at most 256 KiB, and its number six digits', async () => {
  const { file, lines, pieces } = fileOfLines('x.jsonl', ['a'.repeat(262_144), 'b']);
  const sizes: number[] = [];
  for await (const piece of pieces) sizes.push(piece.length);
  expect([file, lines, sizes]).toEqual(['x.jsonl', 2, [262_144, 1]]);
  expect([numbered(7), numbered(123_456)]).toEqual(['000007', '123456']);
});
