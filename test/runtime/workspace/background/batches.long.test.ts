import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import type { BatchStepParts } from '@/lib/runtime/workspace/background/run-batch';
import { storedContent } from '@/lib/runtime/workspace/content';
import { partitionOf } from '@/lib/runtime/workspace/store/keys';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { CONVERSIONS } from '@/test/runtime/workspace/conversations/support/local-content';
import { LocalJobs } from './support/local-jobs';

const model = 'assistant';

let jobs: LocalJobs;
beforeEach(() => {
  jobs = new LocalJobs();
});
afterEach(() => jobs.close());

type Line = Record<string, unknown>;

const line = (custom_id: string, over: Line = {}): Line => ({
  custom_id,
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model, messages: [{ role: 'user', content: `say ${custom_id}` }] },
  ...over,
});

async function sendText(openai: OpenAI, text: string): Promise<string> {
  return (await openai.files.create({ file: await toFile(Buffer.from(text), 'in.jsonl'), purpose: 'batch' })).id;
}

const send = (openai: OpenAI, lines: readonly Line[]) =>
  sendText(openai, lines.map((one) => JSON.stringify(one)).join('\n'));

async function create(openai: OpenAI, lines: readonly Line[], endpoint = '/v1/chat/completions') {
  const input_file_id = await send(openai, lines);
  return openai.batches.create({ input_file_id, endpoint: endpoint as never, completion_window: '24h' });
}

async function linesOf(openai: OpenAI, file: string | null | undefined): Promise<Line[]> {
  if (!file) return [];
  const text = await (await openai.files.content(file)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one));
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    ({ status, code, param }) => [status, code, param],
  );

test('a batch answers each line, and its files are files of its member', async () => {
  const openai = jobs.openai();
  const input_file_id = await send(openai, [line('one'), line('two'), line('three')]);
  const batch = await openai.batches.create({
    input_file_id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { a: 'b' },
  });
  expect(batch).toMatchObject({
    object: 'batch',
    status: 'validating',
    input_file_id,
    errors: null,
    metadata: { a: 'b' },
  });
  await jobs.drain();
  const over = await openai.batches.retrieve(batch.id);
  expect(over).toMatchObject({
    status: 'completed',
    error_file_id: null,
    request_counts: { total: 3, completed: 3, failed: 0 },
    repeated_calls: 0,
  });
  const lines = await linesOf(openai, over.output_file_id);
  expect(lines.map(({ custom_id }) => custom_id)).toEqual(['one', 'two', 'three']);
  expect(lines[1]).toMatchObject({
    id: expect.stringMatching(/^batch_req_/),
    response: { status_code: 200, request_id: expect.any(String), body: { object: 'chat.completion' } },
    error: null,
    provenance: { softwareAgent: expect.anything() },
  });
  expect(JSON.stringify(lines[1])).toContain('say two');
  const { data } = await openai.files.list({ purpose: 'batch_output' });
  expect(data.map(({ id }) => id)).toEqual([over.output_file_id]);
  expect((await openai.batches.list()).data.map(({ id }) => id)).toEqual([batch.id]);
  expect(await jobs.queued()).toEqual([]);
  const kinds = (await jobs.local.rows()).map(({ sk }) => sk?.S?.replace(/#.*/, '')).sort();
  expect(kinds).toEqual(['batch', 'file', 'file']);
  expect(jobs.records.map(({ member }) => member)).toEqual(['ada', 'ada', 'ada']);
});

test.each([
  ['/v1/responses', { model, input: 'say it' }, 'response'],
  ['/v1/embeddings', { model: 'embed', input: ['say it'] }, 'list'],
])('a batch serves %s', async (url, body, object) => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('one', { url, body })], url);
  await jobs.drain();
  const { output_file_id } = await openai.batches.retrieve(id);
  expect(await linesOf(openai, output_file_id)).toMatchObject([{ response: { body: { object } } }]);
});

test('an answer of a batch is in its file only', async () => {
  const openai = jobs.openai();
  const { id } = await create(
    openai,
    [line('one', { url: '/v1/responses', body: { model, input: 'x' } })],
    '/v1/responses',
  );
  await jobs.drain();
  const [answer] = await linesOf(openai, (await openai.batches.retrieve(id)).output_file_id);
  const { body } = (answer as { response: { body: { id: string; store: boolean } } }).response;
  expect(body.store).toBe(false);
  expect(await refusal(openai.responses.retrieve(body.id))).toEqual([404, 'response_not_found', 'response_id']);
});

test('lines that fail are in the file of errors, and the others in that of outputs', async () => {
  const openai = jobs.openai();
  const bad = { model, messages: [{ role: 'user', content: 'x' }], temperature: 9 };
  const { id } = await create(openai, [line('good'), line('bad', { body: bad })]);
  await jobs.drain();
  const batch = await openai.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'completed', request_counts: { total: 2, completed: 1, failed: 1 } });
  expect((await linesOf(openai, batch.output_file_id)).map(({ custom_id }) => custom_id)).toEqual(['good']);
  expect(await linesOf(openai, batch.error_file_id)).toMatchObject([
    { custom_id: 'bad', response: { status_code: 400, body: { error: { param: 'temperature' } } } },
  ]);
});

test.each<[string, string, string, number | null, string | null]>([
  ['no lines', ' \n', 'empty_file', null, null],
  ['too many lines', `${JSON.stringify(line('x'))}\n`.repeat(2_001), 'too_many_tasks', null, null],
  ['a line that is not JSON', `${JSON.stringify(line('a'))}\n{"custom_id"`, 'invalid_json_line', 2, null],
  ['an empty line', `\n${JSON.stringify(line('a'))}`, 'invalid_json_line', 1, null],
  ['a list', '[]', 'invalid_json_line', 1, null],
  // JSON.stringify would overflow the stack.
  ['thousands of brackets', `{"body":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'invalid_json_line', 1, null],
  ['no custom_id', JSON.stringify(line('')), 'missing_required_parameter', 1, 'custom_id'],
  [
    'a custom_id twice',
    [line('a'), line('a')].map((one) => JSON.stringify(one)).join('\n'),
    'duplicate_custom_id',
    2,
    'custom_id',
  ],
  ['another method', JSON.stringify(line('a', { method: 'GET' })), 'invalid_method', 1, 'method'],
  ['another endpoint', JSON.stringify(line('a', { url: '/v1/files' })), 'invalid_url', 1, 'url'],
  ['a body that is no object', JSON.stringify(line('a', { body: 'x' })), 'missing_required_parameter', 1, 'body'],
  ['no model', JSON.stringify(line('a', { body: {} })), 'missing_required_parameter', 1, 'body.model'],
  ['a stream', JSON.stringify(line('a', { body: { model, stream: true } })), 'invalid_request', 1, 'body.stream'],
  [
    'two models',
    [line('a'), line('b', { body: { model: 'other' } })].map((one) => JSON.stringify(one)).join('\n'),
    'mismatched_model',
    2,
    'body.model',
  ],
])('a file with %s fails the batch before any model is called', async (_, text, code, at, param) => {
  const openai = jobs.openai();
  const input_file_id = await sendText(openai, text);
  const { id } = await openai.batches.create({
    input_file_id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  });
  await jobs.drain();
  const batch = await openai.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'failed', output_file_id: null, error_file_id: null });
  expect(batch.errors?.data).toEqual([{ code, message: expect.any(String), param, line: at }]);
  expect(jobs.asked).toEqual([]);
});

test.each(['store', 'conversation', 'background'])('a response of a batch with %s fails it', async (name) => {
  const openai = jobs.openai();
  const body = { model, input: 'x', [name]: name === 'conversation' ? 'conv_1' : true };
  const { id } = await create(openai, [line('a', { url: '/v1/responses', body })], '/v1/responses');
  await jobs.drain();
  expect((await openai.batches.retrieve(id)).errors?.data).toMatchObject([
    { code: 'invalid_request', param: `body.${name}` },
  ]);
});

test.each([
  ['a file that does not exist', { input_file_id: 'file-x' }, [404, 'file_not_found', 'input_file_id']],
  ['another window', { completion_window: '1h' }, [400, 'invalid_value', 'completion_window']],
  ['another endpoint', { endpoint: '/v1/moderations' }, [400, 'invalid_value', 'endpoint']],
  ['a parameter that is not known', { output_expires_after: {} }, [400, 'unknown_parameter', null]],
])('%s is refused at once', async (_, over, expected) => {
  const openai = jobs.openai();
  const input_file_id = await send(openai, [line('a')]);
  const given = { input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h', ...over };
  expect(await refusal(openai.batches.create(given as never))).toEqual(expected);
  expect(await jobs.queued()).toEqual([]);
});

test('a file with another purpose is refused', async () => {
  const openai = jobs.openai();
  const { id } = await openai.files.create({ file: await toFile(Buffer.from('x'), 'a.txt'), purpose: 'user_data' });
  const work = openai.batches.create({ input_file_id: id, endpoint: '/v1/responses', completion_window: '24h' });
  expect(await refusal(work)).toEqual([400, 'invalid_value', 'input_file_id']);
});

test("another member finds no batch of a member, and can't use their file", async () => {
  const openai = jobs.openai();
  const input_file_id = await send(openai, [line('a')]);
  const { id } = await openai.batches.create({
    input_file_id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  });
  const bob = jobs.openai('bob');
  expect(await refusal(bob.batches.retrieve(id))).toEqual([404, 'batch_not_found', 'batch_id']);
  expect(await refusal(bob.batches.cancel(id))).toEqual([404, 'batch_not_found', 'batch_id']);
  expect((await bob.batches.list()).data).toEqual([]);
  const work = bob.batches.create({ input_file_id, endpoint: '/v1/chat/completions', completion_window: '24h' });
  expect(await refusal(work)).toEqual([404, 'file_not_found', 'input_file_id']);
});

test('a batch that is cancelled has the answers until then', async () => {
  const openai = jobs.openai();
  const { id } = await create(
    openai,
    Array.from({ length: 12 }, (_, n) => line(`${n}`)),
  );
  const { upstream } = jobs;
  jobs.upstream = {
    ...upstream,
    converse: async (...args) => {
      if (jobs.asked.length === 6) expect(await openai.batches.cancel(id)).toMatchObject({ status: 'cancelling' });
      return upstream.converse(...args);
    },
  };
  await jobs.drain();
  const batch = await openai.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'cancelled', request_counts: { total: 12, failed: 0 } });
  const lines = await linesOf(openai, batch.output_file_id);
  expect(lines).toHaveLength(batch.request_counts?.completed ?? -1);
  expect(jobs.asked.length).toBeLessThan(12);
  expect(lines).toHaveLength(jobs.asked.length);
  expect(await refusal(openai.batches.cancel(id))).toEqual([409, 'invalid_value', 'batch_id']);
});

test('a batch goes on in further steps', async () => {
  const openai = jobs.openai();
  const { id } = await create(
    openai,
    Array.from({ length: 9 }, (_, n) => line(`${n}`)),
  );
  let steps = 0;
  await jobs.drain(() => {
    steps++;
    jobs.local.time += 1;
    return jobs.worker({ stepMs: steps < 4 ? 1 : 60_000 });
  });
  expect(steps).toBeGreaterThan(2);
  const { output_file_id } = await openai.batches.retrieve(id);
  expect((await linesOf(openai, output_file_id)).map(({ custom_id }) => custom_id)).toEqual([...'012345678']);
  expect(jobs.asked).toHaveLength(9);
});

test('a batch that is late expires, and says which lines were not sent', async () => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('a'), line('b')]);
  jobs.local.time += 86_400_001;
  await jobs.drain();
  const batch = await openai.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'expired', request_counts: { total: 2, completed: 0, failed: 2 } });
  expect(await linesOf(openai, batch.error_file_id)).toMatchObject([
    { custom_id: 'a', response: null, error: { code: 'batch_expired' } },
    { custom_id: 'b', response: null, error: { code: 'batch_expired' } },
  ]);
  expect(jobs.asked).toEqual([]);
});

test('a batch whose file is deleted fails', async () => {
  const openai = jobs.openai();
  const { id, input_file_id } = await create(openai, [line('a')]);
  await openai.files.delete(input_file_id);
  await jobs.drain();
  expect((await openai.batches.retrieve(id)).errors?.data).toMatchObject([{ code: 'file_not_found' }]);
});

const DOCX = [0x50, 0x4b, 3, 4, 1, 2, 3];

test('the file of a batch is read as it was sent, also where office files are converted', async () => {
  const openai = jobs.openai('ada', { conversions: { table: CONVERSIONS } });
  const docx = new File([new Uint8Array(DOCX)], 'in.docx');
  expect(await refusal(openai.files.create({ file: docx, purpose: 'batch' }))).toEqual([400, 'file_refused', 'file']);
  const { id: input_file_id, status } = await openai.files.create({
    file: await toFile(Buffer.from(JSON.stringify(line('a'))), 'in.csv'),
    purpose: 'batch',
  });
  expect(status).toBe('processed');
  const endpoint = '/v1/chat/completions';
  const { id } = await openai.batches.create({ input_file_id, endpoint, completion_window: '24h' });
  await jobs.drain();
  expect(await openai.batches.retrieve(id)).toMatchObject({ status: 'completed', request_counts: { completed: 1 } });
  expect(await jobs.local.backup(CONVERSIONS)).toEqual([]);
});

/** A worker's content, with parts of its batches replaced. */
function contentWith(replaced: (parts: BatchStepParts) => Partial<BatchStepParts>) {
  const { local } = jobs;
  const background = { queue: local.queue(), jobsPerMember: 4 };
  const now = () => new Date(local.time);
  const content = storedContent({ ...local.stores(), keyring: local.newKeyring(), background, now });
  return {
    ...content,
    jobsOf: async (member: Parameters<typeof content.jobsOf>[0]) => {
      const found = await content.jobsOf(member);
      return found && { ...found, batchParts: { ...found.batchParts, ...replaced(found.batchParts) } };
    },
  };
}

/** A copy of an object in which some methods are others. */
const changed = <T extends object>(whole: T, methods: Partial<T>): T =>
  Object.assign(Object.create(whole) as T, methods);

test('a batch whose file can not be used fails', async () => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('a')]);
  const find = async () => ({
    kind: 'text' as const,
    bytes: 0,
    tokens: 0,
    unusable: { isForNow: true, reason: 'is still being converted to text' },
    read: async () => Buffer.from(JSON.stringify(line('a'))),
  });
  const content = contentWith(({ files }) => ({ files: changed(files, { find }) }));
  await jobs.drain(() => jobs.worker({ content }));
  expect(await openai.batches.retrieve(id)).toMatchObject({
    status: 'failed',
    errors: { data: [{ code: 'invalid_file', message: expect.stringContaining('still being converted') }] },
  });
});

async function withoutObjects(): Promise<void> {
  const { s3 } = jobs.local;
  const Bucket = 'sciences-files';
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
}

test.each([
  ['fails', 0, 'failed'],
  ['expires after a day', 86_400_001, 'expired'],
])('a batch whose content is gone %s', async (_, later, status) => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('a')]);
  await withoutObjects();
  jobs.local.time += later;
  await jobs.drain();
  expect(await openai.batches.retrieve(id)).toMatchObject({ status, errors: { data: [{ code: 'invalid_file' }] } });
  expect(await jobs.queued()).toEqual([]);
});

test('a batch is cancelled whatever its file is', async () => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('a')]);
  const find = () => Promise.reject(new Error('never'));
  const content = contentWith(({ files }) => ({ files: changed(files, { find }) }));
  await openai.batches.cancel(id);
  await jobs.drain(() => jobs.worker({ content }));
  expect(await openai.batches.retrieve(id)).toMatchObject({ status: 'cancelled' });
});

test('the end of a batch has the results of few lines in memory', async () => {
  const openai = jobs.openai();
  const names = Array.from({ length: 30 }, (_, n) => `${n}`.padStart(2, '0'));
  const { id } = await create(
    openai,
    names.map((name) => line(name)),
  );
  let now = 0;
  let most = 0;
  const read: string[] = [];
  const cleared: Row[] = [];
  const content = contentWith(({ table, cipher }) => ({
    table: changed(table, {
      deleteAll: async (rows) => {
        cleared.push(...rows);
        return table.deleteAll(rows);
      },
    }),
    cipher: changed(cipher, {
      decrypt: async <T>(user: string, row: Row) => {
        if (!row.sk?.S?.startsWith('batchline#')) return cipher.decrypt<T>(user, row);
        now++;
        most = Math.max(most, now);
        read.push(row.sk.S.slice(-2));
        const result = await cipher.decrypt<T>(user, row);
        now--;
        return result;
      },
    }),
  }));
  await jobs.drain(() => jobs.worker({ content }));
  const { output_file_id } = await openai.batches.retrieve(id);
  expect((await linesOf(openai, output_file_id)).map(({ custom_id }) => custom_id)).toEqual(names);
  expect(read.toSorted()).toEqual(names);
  expect(most).toBeLessThanOrEqual(4);
  // The rows of all lines are in memory together, so they have no content.
  expect(cleared).toHaveLength(30);
  expect(cleared.filter((row) => row.content !== undefined)).toEqual([]);
});

/** A batch in whose middle its worker crashed, with the rows of its lines. */
async function crashedBatch(openai: OpenAI) {
  const { id } = await create(
    openai,
    Array.from({ length: 8 }, (_, n) => line(`${n}`)),
  );
  const { upstream, local } = jobs;
  const killed: (() => void)[] = [];
  const background = { queue: local.queue(), jobsPerMember: 4 };
  const now = () => new Date(local.time);
  const content = storedContent({ ...local.stores(), keyring: local.newKeyring(), background, retentionDays: 2, now });
  jobs.upstream = {
    ...upstream,
    converse: async (...args) => {
      if (jobs.asked.length > 4) await new Promise((_, reject) => killed.push(() => reject(new Error())));
      return upstream.converse(...args);
    },
  };
  const [queued = { user: '', job: '' }] = await jobs.queued();
  const run = jobs.worker({ content }).run(queued, 60_000);
  const rows = async () => (await local.rows()).filter(({ sk }) => sk?.S?.startsWith('batchline#'));
  for (let turns = 0; killed.length < 4 && turns < 10_000; turns++) await new Promise(setImmediate);
  jobs.upstream = upstream;
  const end = async () => {
    for (const kill of killed) kill();
    await run;
  };
  return { id, queued, content, rows, end };
}

test('what a line was answered expires with the retention, also if its batch never ends', async () => {
  const openai = jobs.openai('ada', { retentionDays: 2 });
  const { rows, end } = await crashedBatch(openai);
  const expiry = `${Math.floor(jobs.local.time / 1_000) + 2 * 86_400}`;
  const found = await rows();
  expect(found.filter(({ done }) => done !== undefined)).toHaveLength(4);
  expect(found.map(({ expiresAt }) => expiresAt?.N)).toEqual(found.map(() => expiry));
  await end();
});

test('the lines of a batch that is gone are deleted', async () => {
  const openai = jobs.openai('ada', { retentionDays: 2 });
  const { id, queued, content, rows, end } = await crashedBatch(openai);
  await jobs.local.contentTable().deleteAll([{ pk: { S: partitionOf('ada') }, sk: { S: `batch#${id}` } }]);
  jobs.afterCrash();
  await jobs.worker({ content }).run(queued, 60_000);
  await end();
  expect(await rows()).toEqual([]);
  expect(await jobs.queued()).toEqual([]);
});

test('the batches of a member who was disabled are cancelled', async () => {
  const openai = jobs.openai();
  const { id } = await create(openai, [line('a')]);
  jobs.suspensions.set('ada', { disabled: true });
  await jobs.drain();
  expect(jobs.asked).toEqual([]);
  expect(await openai.batches.retrieve(id)).toMatchObject({ status: 'cancelled', output_file_id: null });
});

test('a member who is erased in the middle of a batch leaves nothing that runs or decrypts', async () => {
  const openai = jobs.openai();
  const { id } = await create(
    openai,
    Array.from({ length: 8 }, (_, n) => line(`secret ${n}`)),
  );
  const { upstream } = jobs;
  let isErased = false;
  jobs.upstream = {
    ...upstream,
    converse: async (...args) => {
      if (jobs.asked.length === 5 && !isErased) {
        isErased = true;
        await jobs.erase('ada');
      }
      return upstream.converse(...args);
    },
  };
  await jobs.drain().catch(() => {});
  const before = jobs.asked.length;
  jobs.afterCrash();
  await jobs.drain();
  expect(jobs.asked).toHaveLength(before);
  expect(before).toBeLessThan(8);
  expect(await refusal(openai.batches.retrieve(id))).toEqual([403, 'content_erased', null]);
  expect(await jobs.queued()).toEqual([]);
});
