import Anthropic from '@anthropic-ai/sdk';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { gatewayFor } from '../support/gateway';
import { CLAUDE, PROJECT } from '../support/policies';
import { ScriptedBedrock, type Step, speech, stop } from '../support/scripted-bedrock';
import { type Server, serve } from '../support/serve';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Page>> endobj\n%%EOF').toString('base64');

const bedrock = new ScriptedBedrock();
let server: Server;
let client: Anthropic;
let records: ResidencyRecord[];

beforeAll(async () => {
  await bedrock.start();
  const fixture = gatewayFor(PROJECT, bedrock.client());
  records = fixture.records;
  server = await serve(fixture.gateway);
  client = new Anthropic({ baseURL: server.url, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => Promise.all([server.close(), bedrock.stop()]));
beforeEach(() => {
  records.length = 0;
});

const LEAST = { model: 'assistant', max_tokens: 2_048, messages: [{ role: 'user', content: 'hello' }] } as const;
type Params = Anthropic.MessageCreateParamsNonStreaming;
const create = (over: Partial<Params> = {}) => client.messages.create({ ...LEAST, ...over } as Params);
const answers = (content: unknown[], stopReason = 'end_turn', usage: object = {}) =>
  bedrock.replies(() => ({
    json: {
      output: { message: { role: 'assistant', content } },
      stopReason,
      usage: { inputTokens: 7, outputTokens: 2, totalTokens: 9, ...usage },
      metrics: { latencyMs: 1 },
    },
  }));
const steps = (...list: Step[]) => bedrock.replies(() => ({ steps: list }));
const delta = (index: number, value: object): Step => ['contentBlockDelta', { contentBlockIndex: index, delta: value }];
const blockStop = (index: number): Step => ['contentBlockStop', { contentBlockIndex: index }];
const START: Step = ['messageStart', { role: 'assistant' }];

test('creates a message', async () => {
  answers([{ text: 'Guten Tag' }], 'end_turn', { cacheReadInputTokens: 3, cacheWriteInputTokens: 2 });
  const { data, response, request_id } = await create({ system: 'be kind' }).withResponse();
  expect(data).toMatchObject({
    id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    type: 'message',
    role: 'assistant',
    model: 'assistant',
    content: [{ type: 'text', text: 'Guten Tag' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 7, cache_creation_input_tokens: 2, cache_read_input_tokens: 3, output_tokens: 2 },
  });
  expect(request_id).toBe(response.headers.get('x-request-id'));
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-residency-destination': CLAUDE,
    'x-residency-retention': 'not-stored',
    'ai-disclosure': expect.stringContaining('machine-generated'),
  });
  expect(bedrock.calls[0]?.body).toEqual({
    messages: [{ role: 'user', content: [{ text: 'hello' }] }],
    system: [{ text: 'be kind' }],
    inferenceConfig: { maxTokens: 2_048 },
  });
  expect(records).toMatchObject([
    { outcome: 'answered', tokens: { prompt: 12, completion: 2, cached: 3, cacheWrite: 2 } },
  ]);
});

test('streams a message', async () => {
  steps(...speech('Guten ', 'Tag'));
  const stream = client.messages.stream(LEAST as never);
  const texts: string[] = [];
  stream.on('text', (text) => texts.push(text));
  const message = await stream.finalMessage();
  expect(texts).toEqual(['Guten ', 'Tag']);
  expect(message).toMatchObject({
    content: [{ type: 'text', text: 'Guten Tag' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 7, cache_read_input_tokens: 3, output_tokens: 10 },
  });
});

test('calls a tool in a stream, and takes its result', async () => {
  const tools = [
    { name: 'weather', input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } } },
  ];
  steps(
    START,
    delta(0, { text: 'let me see' }),
    blockStop(0),
    ['contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'c1', name: 'weather' } } }],
    delta(1, { toolUse: { input: '{"city"' } }),
    delta(1, { toolUse: { input: ':"Lyon"}' } }),
    blockStop(1),
    ...stop('tool_use'),
  );
  const first = await client.messages.stream({ ...LEAST, tools } as never).finalMessage();
  expect(first.stop_reason).toBe('tool_use');
  expect(first.content).toMatchObject([
    { type: 'text', text: 'let me see' },
    { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Lyon' } },
  ]);
  answers([{ text: 'It is sunny' }]);
  const second = await create({
    tools,
    messages: [
      ...LEAST.messages,
      { role: 'assistant', content: first.content as never },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'c1',
            is_error: true,
            content: [
              { type: 'text', text: 'no weather' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
            ],
          },
          { type: 'text', text: 'so?' },
        ],
      },
    ],
  });
  expect(second.content).toMatchObject([{ text: 'It is sunny' }]);
  expect(bedrock.calls[0]?.body.messages.slice(1)).toEqual([
    {
      role: 'assistant',
      content: [{ text: 'let me see' }, { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Lyon' } } }],
    },
    {
      role: 'user',
      content: [
        {
          toolResult: {
            toolUseId: 'c1',
            status: 'error',
            content: [{ text: 'no weather' }, { image: { format: 'png', source: { bytes: PNG } } }],
          },
        },
        { text: 'so?' },
      ],
    },
  ]);
});

test('shows the reasoning of a stream, and takes it back with its signature', async () => {
  const thinking = { type: 'adaptive' as const };
  const redacted = Buffer.from('secret').toString('base64');
  steps(
    START,
    delta(0, { reasoningContent: { text: 'h' } }),
    delta(0, { reasoningContent: { text: 'm' } }),
    delta(0, { reasoningContent: { signature: 'sig' } }),
    blockStop(0),
    delta(1, { reasoningContent: { redactedContent: redacted } }),
    blockStop(1),
    ['contentBlockStart', { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'c1', name: 'now' } } }],
    blockStop(2),
    ...stop('tool_use'),
  );
  const tools = [{ name: 'now', input_schema: { type: 'object' as const } }];
  const first = await client.messages.stream({ ...LEAST, thinking, tools } as never).finalMessage();
  expect(first.content).toMatchObject([
    { type: 'thinking', thinking: 'hm', signature: 'sig' },
    { type: 'redacted_thinking', data: redacted },
    { type: 'tool_use', id: 'c1', name: 'now', input: {} },
  ]);
  expect(bedrock.calls[0]?.body.additionalModelRequestFields).toEqual({ thinking: { type: 'adaptive' } });
  answers([{ text: 'noon' }]);
  await create({
    thinking,
    tools,
    messages: [
      ...LEAST.messages,
      { role: 'assistant', content: first.content as never },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '12:00' }] },
    ],
  });
  expect(bedrock.calls[0]?.body.messages[1].content).toEqual([
    { reasoningContent: { reasoningText: { text: 'hm', signature: 'sig' } } },
    { reasoningContent: { redactedContent: redacted } },
    { toolUse: { toolUseId: 'c1', name: 'now', input: {} } },
  ]);
});

test('sends images and documents as their bytes', async () => {
  answers([{ text: 'a dot' }]);
  await create({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PDF }, title: 'Report' },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain words' } },
          { type: 'text', text: 'what is this?' },
        ],
      },
    ],
  });
  expect(bedrock.calls[0]?.body.messages[0].content).toEqual([
    { image: { format: 'png', source: { bytes: PNG } } },
    { text: 'Report' },
    { document: { format: 'pdf', name: 'document-1', source: { bytes: PDF } } },
    {
      document: { format: 'txt', name: 'document-2', source: { bytes: Buffer.from('plain words').toString('base64') } },
    },
    { text: 'what is this?' },
  ]);
});

test('parses an answer by a schema', async () => {
  answers([{ text: '{"city":"Lyon"}' }]);
  const schema = {
    type: 'object' as const,
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  };
  const message = await client.messages.parse({
    ...LEAST,
    output_config: { format: { type: 'json_schema', schema } },
  } as never);
  expect(message.parsed_output).toEqual({ city: 'Lyon' });
  expect(bedrock.calls[0]?.body.outputConfig.textFormat.type).toBe('json_schema');
});

test('counts tokens without calling Bedrock', async () => {
  bedrock.replies(() => ({ status: 500, error: 'InternalServerException' }));
  const { input_tokens } = await client.messages.countTokens({
    model: 'assistant',
    system: 'be kind',
    messages: [{ role: 'user', content: 'hello '.repeat(300) }],
  });
  expect(input_tokens).toBeGreaterThanOrEqual(300);
  expect(input_tokens).toBeLessThanOrEqual(1_000);
  expect(bedrock.calls).toEqual([]);
});

test('lists models', async () => {
  const ids: string[] = [];
  for await (const { id } of client.models.list()) ids.push(id);
  expect(ids).toEqual(['assistant', 'embed']);
  expect(await client.models.retrieve('assistant')).toMatchObject({ id: 'assistant', type: 'model' });
});

test.each<[string, () => Promise<unknown>, unknown, object]>([
  [
    'an unknown model',
    () => create({ model: 'claude-opus-5' }),
    Anthropic.NotFoundError,
    { status: 404, type: 'not_found_error' },
  ],
  [
    'a global profile',
    () => create({ model: `global.${CLAUDE.slice(3)}` }),
    Anthropic.PermissionDeniedError,
    { status: 403, type: 'permission_error' },
  ],
  [
    'a server tool',
    () => create({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
    Anthropic.BadRequestError,
    {
      status: 400,
      type: 'invalid_request_error',
      error: { error: { code: 'residency_tool_refused', param: 'tools[0].type' } },
    },
  ],
  ['a file', () => client.beta.files.list(), Anthropic.NotFoundError, { status: 404 }],
])('refuses %s with an error of the client', async (_, call, type, error) => {
  bedrock.replies(() => ({ status: 500, error: 'InternalServerException' }));
  const thrown = await call().catch((cause: unknown) => cause);
  expect(thrown).toBeInstanceOf(type);
  expect(thrown).toMatchObject(error);
  expect(bedrock.calls).toEqual([]);
});

test.each<[string, number, string, unknown, string]>([
  ['is throttled everywhere', 429, 'ThrottlingException', Anthropic.RateLimitError, 'rate_limit_error'],
  ['fails everywhere', 503, 'ServiceUnavailableException', Anthropic.InternalServerError, 'overloaded_error'],
  ['refuses the request', 400, 'ValidationException', Anthropic.BadRequestError, 'invalid_request_error'],
])('raises an error of the client if Bedrock %s', async (_, status, error, type, name) => {
  bedrock.replies(() => ({ status, error }));
  const thrown = await create().catch((cause: unknown) => cause);
  expect(thrown).toBeInstanceOf(type);
  expect(thrown).toMatchObject({ status, type: name, requestID: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test('raises an error of the client if a stream breaks off', async () => {
  steps(...speech('Guten ').slice(0, 2), { exception: 'internalServerException' });
  const thrown = await client.messages
    .stream(LEAST as never)
    .finalMessage()
    .catch((cause: unknown) => cause);
  expect(thrown).toBeInstanceOf(Anthropic.APIError);
  expect(thrown).toMatchObject({ type: 'api_error' });
  expect(records).toMatchObject([{ outcome: 'failed' }]);
});
