import OpenAI from 'openai';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { FakeBedrock } from './support/fake-bedrock';
import { gatewayFor } from './support/gateway';
import { CLAUDE, GPT_OSS, PROJECT } from './support/policies';
import { type Server, serve } from './support/serve';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const fake = new FakeBedrock();
let server: Server;
let client: OpenAI;
let records: ResidencyRecord[];

beforeAll(async () => {
  await fake.start();
  const fixture = gatewayFor(PROJECT, fake.client());
  records = fixture.records;
  server = await serve(fixture.gateway);
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => Promise.all([server.close(), fake.stop()]));
beforeEach(() => {
  fake.reset();
  records.length = 0;
});

const ask = (content: string) =>
  client.chat.completions.create({ model: 'assistant', messages: [{ role: 'user', content }] });

test('completes a chat', async () => {
  fake.frankfurt.onMessage('hello', { content: 'Guten Tag', usage: { input_tokens: 7, output_tokens: 2 } });
  const { data, response } = await ask('hello').withResponse();
  expect(data).toMatchObject({
    id: expect.stringMatching(/^chatcmpl-/),
    model: 'assistant',
    choices: [{ message: { content: 'Guten Tag' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-residency-region': 'eu-central-1',
    'x-residency-destination': CLAUDE,
    'x-residency-may-process': 'eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3',
    'x-residency-boundary': 'eu',
    'x-residency-retention': 'not-stored',
  });
  expect(records).toEqual([
    {
      event: 'residency',
      id: response.headers.get('x-request-id'),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      tenant: 'helpdesk-bot',
      retention: 'not-stored',
      outcome: 'answered',
      model: 'assistant',
      destination: CLAUDE,
      sourceRegion: 'eu-central-1',
      attempts: [{ destination: CLAUDE, sourceRegion: 'eu-central-1', outcome: 'answered' }],
      mayProcess: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
      tokens: { prompt: 7, completion: 2, cached: 0 },
    },
  ]);
});

test('calls a tool and takes its result', async () => {
  const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
  fake.frankfurt.on({ userMessage: 'weather', hasToolResult: false }, { toolCalls });
  fake.frankfurt.on({ toolCallId: 'call_1' }, { content: 'It is sunny' });
  const tools: OpenAI.ChatCompletionTool[] = [
    {
      type: 'function',
      function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
    },
  ];
  const question: OpenAI.ChatCompletionMessageParam = { role: 'user', content: 'weather in Lyon?' };
  const first = await client.chat.completions.create({ model: 'assistant', messages: [question], tools });
  const [choice] = first.choices;
  expect(choice).toMatchObject({
    finish_reason: 'tool_calls',
    message: {
      content: null,
      tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Lyon"}' } }],
    },
  });
  const second = await client.chat.completions.create({
    model: 'assistant',
    tools,
    messages: [
      question,
      choice?.message as OpenAI.ChatCompletionMessageParam,
      { role: 'tool', tool_call_id: 'call_1', content: 'sunny' },
    ],
  });
  expect(second.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'It is sunny' } });
  expect(fake.calls[1]?.body.messages[2].content).toEqual([
    { toolResult: { toolUseId: 'call_1', content: [{ text: 'sunny' }] } },
  ]);
});

test('sends an image as its bytes', async () => {
  fake.frankfurt.onMessage('what is this', { content: 'A dot' });
  const { choices } = await client.chat.completions.create({
    model: 'assistant',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'what is this?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'auto' } },
        ],
      },
    ],
  });
  expect(choices[0]?.message.content).toBe('A dot');
  expect(fake.calls[0]?.body.messages[0].content[1]).toEqual({ image: { format: 'png', source: { bytes: PNG } } });
});

test('is served by the next destination while the first is throttled', async () => {
  fake.frankfurt.onMessage('hello', { error: { message: 'slow down' }, status: 429 });
  fake.stockholm.onMessage('hello', { content: 'God dag' });
  const { data, response } = await ask('hello').withResponse();
  expect(data.choices[0]?.message.content).toBe('God dag');
  expect(response.headers.get('x-residency-region')).toBe('eu-north-1');
  expect(fake.calls.map(({ path }) => path)).toEqual([`/model/${CLAUDE}/converse`, `/model/${GPT_OSS}/converse`]);
});

test('raises an error of the client when no destination is left', async () => {
  for (const region of [fake.frankfurt, fake.stockholm])
    region.onMessage('hello', { error: { message: 'no' }, status: 503 });
  await expect(ask('hello')).rejects.toMatchObject({ status: 503, code: 'residency_no_destination' });
  expect(fake.received).toBe(4);
});

test('does not go round a refusal by another destination', async () => {
  fake.frankfurt.onMessage('hello', { error: { message: 'blocked' }, status: 400 });
  fake.stockholm.onMessage('hello', { content: 'God dag' });
  await expect(ask('hello')).rejects.toMatchObject({ status: 400, code: 'provider_rejected_request' });
  expect(fake.received).toBe(1);
});

const chats = (over: Record<string, unknown>) => () =>
  client.chat.completions.create({ model: 'assistant', messages: [{ role: 'user', content: 'x' }], ...over } as never);
const remote = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }];

test.each<[string, () => Promise<unknown>, Record<string, unknown>]>([
  ['an unknown model', chats({ model: 'gpt-4o' }), { status: 404, code: 'model_not_found', param: 'model' }],
  ['a global profile', chats({ model: `global.${CLAUDE.slice(3)}` }), { status: 403, code: 'residency_model_refused' }],
  [
    'the ARN of what serves',
    chats({ model: `arn:aws:bedrock:eu-north-1::foundation-model/${GPT_OSS}` }),
    { status: 404 },
  ],
  ['storing', chats({ store: true }), { status: 400, code: 'residency_store_refused' }],
  ['a remote image', chats({ messages: remote }), { status: 400, code: 'residency_remote_content_refused' }],
  ['a file', () => client.files.list(), { status: 404, code: 'unknown_url' }],
])('contacts nothing when it refuses %s', async (_, call, error) => {
  await expect(call()).rejects.toMatchObject(error);
  expect(fake.received).toBe(0);
  expect(fake.calls).toEqual([]);
});

test('lists models', async () => {
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['assistant', 'embed']);
  expect(await client.models.retrieve('assistant')).toMatchObject({ id: 'assistant' });
});
