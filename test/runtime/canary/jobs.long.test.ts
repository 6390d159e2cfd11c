import { toFile } from 'openai';
import { LocalDynamoDb } from '@/lib/local/aws/dynamodb/local-dynamodb';
import { LocalS3 } from '@/lib/local/aws/s3/local-s3';
import { conversionHandler } from '@/lib/runtime/conversion/conversion-handler';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { docx, paragraph } from '../conversion/support/documents';
import { watchContacts } from '../gateway/support/contacts';
import { LocalJobs } from '../workspace/background/support/local-jobs';
import { CONVERSIONS } from '../workspace/conversations/support/local-content';
import { mark, marksIn } from './marks';
import { CanaryUpstream, STATES } from './upstream';

// What a member sends for later is stored under their key alone, whatever a model does with it, and is printed nowhere.
const model = 'assistant';
const upstream = new CanaryUpstream();
let jobs: LocalJobs;
const stores = [jest.spyOn(LocalDynamoDb.prototype, 'answer'), jest.spyOn(LocalS3.prototype, 'answer')];
beforeAll(() => upstream.start());
afterAll(() => upstream.stop());
beforeEach(() => {
  upstream.received = '';
  for (const store of stores) store.mockClear();
  jobs = new LocalJobs(8);
  jobs.upstream = new Bedrock({
    endpoints: new Map([['eu-central-1', upstream.url]]),
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
  });
});
afterEach(() => jobs.close());

const SCHEMA = { type: 'object', properties: { [mark('schema')]: { type: 'string', description: mark('described') } } };
const TOOL = { name: mark('tool'), description: mark('tooldescription'), parameters: SCHEMA };
const METADATA = { [mark('metadatakey')]: mark('metadata') };

const responding = (over: object = {}) => ({
  model,
  instructions: mark('instructions'),
  input: [
    { role: 'developer', content: mark('developer') },
    { role: 'user', content: mark('prompt') },
    { type: 'function_call', call_id: mark('callid'), name: mark('tool'), arguments: `{"a":"${mark('argument')}"}` },
    { type: 'function_call_output', call_id: mark('callid'), output: mark('toolresult') },
  ],
  tools: [{ type: 'function' as const, strict: false, ...TOOL }],
  metadata: METADATA,
  ...over,
});

const chatting = () => ({
  model,
  messages: [
    { role: 'system', content: mark('system') },
    { role: 'user', content: mark('prompt') },
  ],
  tools: [{ type: 'function', function: TOOL }],
  metadata: METADATA,
});

/** A batch with a canary in each of its fields. */
async function send(endpoint: '/v1/responses' | '/v1/chat/completions', bodies: readonly object[]): Promise<string> {
  const openai = jobs.openai();
  const lines = bodies.map((body, nth) =>
    JSON.stringify({ custom_id: mark(`id${nth}`), method: 'POST', url: endpoint, body }),
  );
  const file = await toFile(Buffer.from(lines.join('\n')), `${mark('filename')}.jsonl`);
  const { id: input_file_id } = await openai.files.create({ file, purpose: 'batch' });
  const described = { input_file_id, endpoint, completion_window: '24h' as const, metadata: METADATA };
  return (await openai.batches.create(described)).id;
}

/** Everything that is stored, recorded, logged and printed, of which nothing may have a canary. */
function left(printed: readonly unknown[]): string[] {
  const { records, lines, local } = jobs;
  // Rows that are deleted before a job is over are in what the stores were sent.
  const sent = stores.flatMap(({ mock }) => mock.calls.map(([{ body }]) => Buffer.from(body).toString('latin1')));
  return marksIn([JSON.stringify({ records, lines, printed }), local.bytes(), ...sent].join('\n'));
}

test.each(STATES)('while Bedrock %s, jobs leave no content in records, logs, stores or the queue', async (state) => {
  upstream.state = state;
  const { contacts, stop } = watchContacts();
  const printed: unknown[] = [];
  const spies = [
    ...[process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => printed.push(text) > 0),
    ),
    ...(['log', 'info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((...texts) => void printed.push(texts)),
    ),
  ];
  try {
    const openai = jobs.openai();
    const file = await toFile(Buffer.from(mark('filetext')), `${mark('file')}.txt`);
    const { id: file_id } = await openai.files.create({ file, purpose: 'user_data' });
    const input = [{ role: 'user' as const, content: [{ type: 'input_file' as const, file_id }] }];
    await openai.responses.create(responding({ background: true }) as never);
    await openai.responses.create(responding({ background: true, input }) as never);
    const batches = [
      await send('/v1/responses', [responding(), responding({ input }), responding({ temperature: mark('value') })]),
      await send('/v1/chat/completions', [chatting(), { model, [mark('parameter')]: mark('value') }]),
      await send('/v1/responses', [{ ...responding(), model: mark('model') }]),
    ];
    // While they wait, the queue has their IDs.
    expect(await jobs.queued()).toHaveLength(5);
    expect(left(printed)).toEqual([]);
    await jobs.drain();
    expect(left(printed)).toEqual([]);
    for (const batch of batches) {
      const { status, output_file_id, error_file_id } = await openai.batches.retrieve(batch);
      expect(status).toBe('completed');
      const files = [output_file_id, error_file_id].filter((id) => typeof id === 'string');
      const texts = await Promise.all(files.map(async (id) => (await openai.files.content(id)).text()));
      // The member gets their own content back, and nothing that a provider said about it.
      expect(texts.join('')).toContain(mark('id0'));
      expect(texts.join('')).not.toContain(mark('echo'));
    }
  } finally {
    for (const spy of spies) spy.mockRestore();
    stop();
  }
  expect(jobs.records.length).toBeGreaterThan(4);
  for (const place of ['prompt', 'instructions', 'system', 'tool', 'toolresult']) {
    expect(upstream.received).toContain(mark(place));
  }
  for (const place of ['id0', 'metadata', 'filename']) expect(upstream.received).not.toContain(mark(place));
  expect([...new Set(contacts)]).toEqual([new URL(upstream.url).host]);
});

test('the text of an office file is stored under its member’s key alone, and its conversion logs none of it', async () => {
  const { local } = jobs;
  const openai = jobs.openai('ada', { conversions: { table: CONVERSIONS } });
  const { contacts, stop } = watchContacts();
  const logged: object[] = [];
  const convert = conversionHandler(local.converter(), (line) => void logged.push(line));
  try {
    for (const content of [docx(paragraph(mark('officetext'))), Buffer.from(`PK${mark('broken')}`)]) {
      const file = new File([new Uint8Array(content)], `${mark('officename')}.docx`);
      await openai.files.create({ file, purpose: 'user_data' }).catch(() => {});
    }
    const rows = await local.backup(CONVERSIONS);
    expect(rows.length).toBeGreaterThan(0);
    await convert({ Records: rows.map(({ pk, sk }) => ({ eventName: 'INSERT', dynamodb: { Keys: { pk, sk } } })) });
  } finally {
    stop();
  }
  expect(logged).toMatchObject([{ event: 'files-converted', converted: 1 }]);
  expect(left(logged)).toEqual([]);
  expect(contacts).toEqual([]);
});
