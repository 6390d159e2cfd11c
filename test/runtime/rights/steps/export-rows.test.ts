import { Stopped } from '@/lib/runtime/rights/jobs/stopped';
import { exportedRow } from '@/lib/runtime/rights/steps/export-rows';
import { provenText } from '@/lib/runtime/workspace/keys/key-proof';
import { type ContentCipher, ContentGone } from '@/lib/runtime/workspace/store/content-cipher';
import type { Row } from '@/lib/runtime/workspace/store/row';

const FIRST = '1970-01-01T00:00:00.001Z';
const SECOND = '1970-01-01T00:00:00.002Z';
const HEADER = { version: 1, next: 2, items: 2, bytes: 3, createdAt: 1, updatedAt: 2 };

const rowOf = (sk: string, numbers: Readonly<Record<string, number>> = {}, more: Row = {}): Row => ({
  pk: { S: 'user#ada' },
  sk: { S: sk },
  ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, { N: `${value}` }])),
  ...more,
});

/** Converts a row whose content is given. */
async function exported(row: Row, content?: unknown, forRecipient?: boolean) {
  const objects: string[] = [];
  const cipher = {
    decrypt: async () => content,
    decryptObject: async (_: string, object: string) => {
      objects.push(object);
      return Buffer.from(object);
    },
  } as Partial<ContentCipher> as ContentCipher;
  const found = await exportedRow('ada', row, cipher, forRecipient);
  const pieces: string[] = [];
  for await (const piece of found?.file?.pieces ?? []) pieces.push(`${Buffer.from(piece)}`);
  return { ...found, file: found?.file?.name, pieces };
}

const parent = (attributes: Row) => rowOf('thread#thread_1', HEADER, attributes);

test.each<[string, Row, unknown, string, object]>([
  [
    'a conversation, with its labels',
    rowOf('conversation#conv_1', HEADER, { content: { B: Buffer.from('x') } }),
    { topic: 'x' },
    'conversations',
    { id: 'conv_1', created_at: FIRST, updated_at: SECOND, metadata: { topic: 'x' } },
  ],
  [
    'a conversation without labels',
    rowOf('conversation#conv_1', HEADER),
    undefined,
    'conversations',
    { id: 'conv_1', created_at: FIRST, updated_at: SECOND, metadata: {} },
  ],
  [
    'a thread',
    parent({}),
    undefined,
    'threads',
    { id: 'thread_1', created_at: FIRST, updated_at: SECOND, continues: null },
  ],
  [
    'a thread that continues a response',
    parent({ parentResponse: { S: 'resp_1' } }),
    undefined,
    'threads',
    { id: 'thread_1', created_at: FIRST, updated_at: SECOND, continues: { response: 'resp_1' } },
  ],
  [
    'a thread that continues another',
    parent({ parentLine: { S: 'thread_0' }, parentThrough: { N: '3' } }),
    undefined,
    'threads',
    { id: 'thread_1', created_at: FIRST, updated_at: SECOND, continues: { line: 'thread_0', through: 3 } },
  ],
  [
    'an item',
    rowOf('segment#conv_1#0'),
    [{ seq: 4, at: 1, item: { id: 'in', text: 'x' } }],
    'items',
    { in: 'conv_1', seq: 4, at: FIRST, generated: false, item: { id: 'in', text: 'x' } },
  ],
  [
    'a response',
    rowOf('response#resp_1'),
    { response: { id: 'resp_1', model: 'm' }, input: [{ id: 'in' }], output: [{ id: 'in2' }] },
    'responses',
    { id: 'resp_1', model: 'm', input: [{ id: 'in' }], output: [{ id: 'in2' }] },
  ],
  [
    'a response that is not answered yet',
    rowOf('running#0'),
    { response: { id: 'resp_1', model: 'm', status: 'queued' }, input: [{ id: 'in' }], body: { model: 'm' } },
    'responses',
    { id: 'resp_1', model: 'm', status: 'queued', input: [{ id: 'in' }], output: [] },
  ],
  [
    'a batch',
    rowOf('batch#batch_1', { createdAt: 1_000, total: 2 }, { status: { S: 'completed' } }),
    {
      endpoint: '/v1/responses',
      inputFile: 'file-1',
      metadata: null,
      written: { output: true, error: false },
      outputFile: 'file-2',
    },
    'batches',
    expect.objectContaining({ id: 'batch_1', status: 'completed', input_file_id: 'file-1', output_file_id: 'file-2' }),
  ],
  [
    'the result of a line of a batch',
    rowOf('batchline#batch_1#000000', { done: 200 }),
    { id: 'batch_req_1', custom_id: 'a', response: null, error: null },
    'batch_results',
    { batch: 'batch_1', id: 'batch_req_1', custom_id: 'a', response: null, error: null },
  ],
  [
    'a prompt',
    rowOf('prompt#pmpt_1', { createdAt: 1 }),
    { name: 'mine' },
    'prompts',
    { id: 'pmpt_1', name: 'mine', created_at: FIRST },
  ],
  [
    'a version of a prompt',
    rowOf('promptversion#pmpt_1#1', { createdAt: 1, version: 7 }),
    { instructions: 'x' },
    'prompt_versions',
    { prompt: 'pmpt_1', version: 7, created_at: FIRST, instructions: 'x' },
  ],
  [
    'an upload',
    rowOf('upload#upload_1', { createdAt: 1, endsAt: 2, bytes: 9 }),
    { name: 'note.txt', type: 'text/plain', purpose: 'user_data' },
    'uploads',
    {
      id: 'upload_1',
      name: 'note.txt',
      type: 'text/plain',
      purpose: 'user_data',
      bytes: 9,
      created_at: FIRST,
      ends_at: SECOND,
    },
  ],
])('%s is exported as a line with all of it', async (_, row, content, folder, line) => {
  expect(await exported(row, content)).toEqual({ folder, lines: [line], file: undefined, pieces: [] });
});

test('a file is exported as a line, and its content in pieces', async () => {
  const record = { name: 'note.txt', purpose: 'user_data', kind: 'text', parts: ['p1', 'p2'] };
  expect(await exported(rowOf('file#file-1', { createdAt: 1 }), record)).toEqual({
    folder: 'files',
    lines: [
      {
        id: 'file-1',
        name: 'note.txt',
        purpose: 'user_data',
        kind: 'text',
        created_at: FIRST,
        file: 'files/file-1',
      },
    ],
    file: 'files/file-1',
    pieces: [expect.stringContaining('file-1/p1'), expect.stringContaining('file-1/p2')],
  });
});

test('an API key is exported without its secret, and for a recipient without the last sign-in and its groups', async () => {
  const key = { id: 'key_1', salt: 's', hash: 'h', createdAt: 1, ends: 2 };
  const M = {
    salt: { S: 's' },
    hash: { S: 'h' },
    createdAt: { N: '1' },
    ends: { N: '2' },
    proof: { B: Buffer.from('x') },
  };
  const row = rowOf(
    'keys',
    { signedInAt: 0, seenAt: 0 },
    { keys: { M: { key_1: { M } } }, groups: { L: [{ S: 'algebra' }] } },
  );
  const content = { name: 'mine', of: provenText(key) };
  const limits = { requests_per_minute: null, tokens_per_day: null, tokens_per_month: null, usd_per_month: null };
  const times = { created_at: FIRST, expires_at: SECOND };
  const line = { id: 'key_1', name: 'mine', ...times, models: null, course: null, limits };
  const own = { ...line, signed_in_at: '1970-01-01T00:00:00.000Z', groups: ['algebra'] };
  expect(await exported(row, content)).toMatchObject({ folder: 'api_keys', lines: [own] });
  expect((await exported(row, content, true)).lines).toEqual([line]);
});

test('a part of an upload is exported as a line, and its content is that of the later file', async () => {
  expect(await exported(rowOf('part#upload_1#p1', { createdAt: 1 }))).toEqual({
    folder: 'upload_parts',
    lines: [{ upload: 'upload_1', part: 'p1', created_at: FIRST, file: 'upload_parts/p1' }],
    file: 'upload_parts/p1',
    pieces: [expect.stringContaining('file-1/p1')],
  });
});

test.each(['write', 'deleted', 'leftover', 'export', 'exportfile'])(
  'a row of the kind %s has no content',
  async (kind) => {
    expect(await exported(rowOf(`${kind}#1`))).toEqual({ file: undefined, pieces: [] });
  },
);

test.each(['novelty', 'toString', '__proto__'])('a row of the unknown kind %s stops the export', async (kind) => {
  const stopped = exported(rowOf(`${kind}#1`));
  await expect(stopped).rejects.toThrow(Stopped);
  await expect(stopped).rejects.toThrow(`rows of the kind '${kind}' can't be exported yet`);
});

const waitingFile = rowOf('file#file-1', { createdAt: 1 }, { conversion: { S: 'waiting' } });

/** A file that waits for its conversion, whose report can't be read. */
const withoutReport = (error: Error) =>
  exportedRow('ada', waitingFile, {
    decrypt: async () => ({ name: 'a.docx', parts: ['0'] }),
    decryptObject: async () => {
      throw error;
    },
  } as Partial<ContentCipher> as ContentCipher);

test('a file without a report is exported without a text, also where S3 answers a role that lists nothing with 403', async () => {
  const denied = Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
  for (const error of [denied, new ContentGone('x')]) {
    const found = await withoutReport(error);
    expect([found?.file?.name, found?.text]).toEqual(['files/file-1', undefined]);
  }
});

test('a report that can not be read for another reason stops the export', async () => {
  await expect(withoutReport(new Error('slow down'))).rejects.toThrow('slow down');
});
