import { setTimeout } from 'node:timers/promises';
import { createGateway } from '@/lib/runtime/gateway/app';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { requireKey } from '@/lib/runtime/gateway/keys/require-key';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { limitsOfProject } from '@/lib/runtime/gateway/limits/rate-limited';
import { tokensOf } from '@/lib/runtime/gateway/limits/windows';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { post } from '../support/gateway';
import { MemoryCounters, MemoryKeys } from '../support/memory-store';
import { PROJECT } from '../support/policies';
import { type Reply, ScriptedBedrock, speech } from '../support/scripted-bedrock';

// One marker for each place in which content enters, so that a failure says what leaked.
const marks = Object.fromEntries(
  [
    'prompt',
    'system',
    'tool',
    'description',
    'schema',
    'user',
    'key',
    'label',
    'header',
    'call',
    'image',
    'format',
  ].map((name) => [name, `MARK${name}`]),
) as Record<string, string>;
const PNG = `data:image/png;base64,${Buffer.from(`${marks.image}`).toString('base64')}`;
const IMAGE = PNG.slice(PNG.indexOf(',') + 1);
const KEY = newKey({ kind: 'deployment', project: 'helpdesk-bot', created: new Date(), label: marks.label });
const headers = {
  authorization: `Bearer ${KEY.key}`,
  'x-auth-token': `${marks.header}`,
  'anthropic-beta': `${marks.header}`,
  'x-request-id': `${marks.header}`,
  'user-agent': `${marks.header}`,
};
const schema = { type: 'object', additionalProperties: false, properties: { [`${marks.schema}`]: { type: 'string' } } };

const chatBody = {
  model: 'assistant',
  user: marks.user,
  safety_identifier: marks.user,
  prompt_cache_key: marks.key,
  messages: [
    { role: 'system', content: marks.system },
    { role: 'user', content: marks.prompt },
    {
      role: 'assistant',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: marks.tool, arguments: `{"a":"${marks.call}"}` } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: marks.call },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: PNG } }] },
  ],
  tools: [{ type: 'function', function: { name: marks.tool, description: marks.description, parameters: schema } }],
  response_format: { type: 'json_schema', json_schema: { name: marks.format, schema } },
};
const responseBody = {
  model: 'assistant',
  user: marks.user,
  instructions: marks.system,
  metadata: { [`${marks.key}`]: marks.key },
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: marks.prompt },
        { type: 'input_image', image_url: PNG },
      ],
    },
    { type: 'function_call', call_id: 'c1', name: marks.tool, arguments: `{"a":"${marks.call}"}` },
    { type: 'function_call_output', call_id: 'c1', output: marks.call },
  ],
  tools: [{ type: 'function', name: marks.tool, description: marks.description, parameters: schema }],
  text: { format: { type: 'json_schema', name: marks.format, schema } },
};
const messageBody = {
  model: 'assistant',
  max_tokens: 2_048,
  metadata: { user_id: marks.user },
  system: [{ type: 'text', text: marks.system, cache_control: { type: 'ephemeral' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: marks.prompt },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: IMAGE } },
        {
          type: 'document',
          source: { type: 'text', media_type: 'text/plain', data: marks.prompt },
          title: marks.system,
        },
      ],
    },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: marks.tool, input: { a: marks.call } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: marks.call }] },
  ],
  tools: [{ name: marks.tool, description: marks.description, input_schema: schema }],
  output_config: { format: { type: 'json_schema', schema } },
};
const embeddingBody = { model: 'embed', user: marks.user, input: [marks.prompt, marks.system] };

const BODIES = {
  'chat/completions': [chatBody, { ...chatBody, stream: true }],
  responses: [responseBody, { ...responseBody, stream: true }],
  messages: [messageBody, { ...messageBody, stream: true }],
  embeddings: [embeddingBody],
} as Record<string, Record<string, unknown>[]>;
const PATHS = Object.entries(BODIES).flatMap(([path, bodies]) =>
  bodies.map((body): [string, string, Record<string, unknown>] => [
    `${path}${body.stream === true ? ', streamed' : ''}`,
    path,
    body,
  ]),
);

const bedrock = new ScriptedBedrock();
const printed: string[] = [];
beforeAll(async () => {
  await bedrock.start();
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...args) => void printed.push(args.map(String).join(' ')));
  }
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  }
});
afterAll(async () => {
  jest.restoreAllMocks();
  await bedrock.stop();
});
beforeEach(() => {
  printed.length = 0;
});

const LIMITS = { requestsPerMinute: 10_000, tokensPerDay: 1_000_000 };

// The gateway as it is deployed, with its own way to record.
const fetch = async (incoming: Request, { limits = LIMITS, keys = new MemoryKeys() } = {}) => {
  if (!keys.failing) await keys.add(KEY.record);
  const policy = admitPolicy({
    ...PROJECT,
    projects: [{ id: 'helpdesk-bot', models: ['assistant', 'embed'], limits }],
  });
  const counters = new MemoryCounters();
  await counters.add(tokensOf('helpdesk-bot', new Date()).counter, 5);
  const gateway = createGateway({
    policy,
    upstream: bedrock.client(),
    middleware: [
      requireKey({ policy, registry: keys, kind: 'deployment' }),
      new Limits(counters, limitsOfProject).middleware,
    ],
    resilience: { retryDelayMs: 1 },
  });
  const response = await gateway.fetch(incoming);
  const head = JSON.stringify([...response.headers]);
  const body = await response.text();
  expect(hasKey(head + body)).toBe(false);
  return { status: response.status, head, body };
};

const SECRET = KEY.key.split('.')[1] ?? '';

/** Whether a text holds the key, a part of it, or what is stored of it. */
const hasKey = (text: string) =>
  [SECRET, KEY.record.id, KEY.record.hash, KEY.record.salt].some((part) => text.includes(part));

/** Two records of one request, in lines of JSON, that hold no marker. */
function expectCleanRecords(): Record<string, unknown>[] {
  const lines = printed.join('').trim().split('\n');
  expect(lines.join()).not.toMatch(/MARK|CANARY/);
  expect(lines.join()).not.toContain(IMAGE);
  expect(hasKey(lines.join())).toBe(false);
  // Node itself warns, on standard error, of what the SDK will need one day.
  const records = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  expect(records.map(({ event }) => event)).toEqual(['residency', 'operations']);
  return records;
}

const embedding = { embedding: [0.5], inputTextTokenCount: 2 };
const whole = {
  output: { message: { content: [{ text: 'MARKanswer' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 1, outputTokens: 1 },
};
const answering = (operation: string): Reply => {
  if (operation === 'invoke') return { json: embedding };
  return operation === 'converse' ? { json: whole } : { steps: speech('MARKanswer') };
};

/** Several texts are embedded at once, so another call may have begun when the first one failed or was aborted. */
const lateCalls = () => setTimeout(10);

describe.each(PATHS)('%s', (_, path, body) => {
  test('no content is recorded on success', async () => {
    bedrock.replies(({ operation }) => answering(operation));
    const { status, head } = await fetch(post(path, body, headers));
    expect(status).toBe(200);
    expect(head).not.toContain('MARK');
    expect(expectCleanRecords()[0]).toMatchObject({ outcome: 'answered', tenant: 'helpdesk-bot' });
  });

  test.each<[string, Reply, number]>([
    ['refuses the request', { status: 400, error: 'ValidationException' }, 400],
    ['denies access', { status: 403, error: 'AccessDeniedException' }, 502],
    ['throttles', { status: 429, error: 'ThrottlingException' }, 429],
    ['fails', { status: 500, error: 'InternalServerException' }, 503],
    ['answers nonsense', { json: 'MARKnonsense' }, 200],
  ])('nothing of the content is recorded or repeated when the provider %s', async (_name, reply, status) => {
    bedrock.replies(() => reply);
    const answer = await fetch(post(path, body, headers));
    const nonsense = status === 200;
    if (!nonsense) expect(answer.status).toBe(status);
    expectCleanRecords();
    expect(answer.head).not.toMatch(/MARK|CANARY/);
    if (!nonsense) expect(answer.body).not.toMatch(/MARK|CANARY/);
    await lateCalls();
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown model', { model: 'MARKmodel' }],
    ['an ARN as model', { model: 'arn:aws:bedrock:us-east-1:123456789012:foundation-model/MARKmodel' }],
    ['a model of the wrong kind', { model: path === 'embeddings' ? 'assistant' : 'embed' }],
    ['an unknown parameter', { 'MARK parameter': 1 }],
    ['a label that is too long', { user: 'MARK'.repeat(200) }],
    ['a wrong value', { temperature: 'MARKvalue', dimensions: 'MARKvalue' }],
    ['a wrong message', { messages: [{ role: 'MARKrole', content: 'x' }], input: [{ type: 'MARKtype' }] }],
    ['a wrong label', { metadata: { MARKlabel: 1 } }],
  ])('nothing of the content is recorded or repeated when it refuses %s', async (_name, over) => {
    bedrock.replies(() => ({ status: 500, error: 'X' }));
    const answer = await fetch(post(path, { ...body, ...over }, headers));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.head + answer.body).not.toContain('MARK');
    expect(expectCleanRecords()[0]).toMatchObject({ outcome: 'refused' });
    expect(bedrock.calls).toEqual([]);
  });

  test('nothing of the content is recorded when the client leaves', async () => {
    const abort = new AbortController();
    bedrock.replies(() => {
      abort.abort();
      return { steps: [{ wait: new Promise(() => {}) }] };
    });
    const answer = await fetch(post(path, body, headers, abort.signal));
    expect(answer.head + answer.body).not.toContain('MARK');
    expect(expectCleanRecords()[0]).toMatchObject({ outcome: 'aborted' });
    await lateCalls();
  });

  test('labels and headers go no further', async () => {
    bedrock.replies(({ operation }) => answering(operation));
    await fetch(post(path, body, headers));
    const sent = JSON.stringify(bedrock.calls);
    expect(sent).toContain(marks.prompt);
    for (const mark of [marks.user, marks.header, marks.key]) expect(sent).not.toContain(mark);
    expect(hasKey(sent)).toBe(false);
  });
});

test.each<[string, () => Request]>([
  [
    'a remote image',
    () =>
      post('chat/completions', {
        ...chatBody,
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://MARK.example/x.png' } }] },
        ],
      }),
  ],
  [
    'a remote file',
    () =>
      post('responses', {
        ...responseBody,
        input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://MARK.example/x.pdf' }] }],
      }),
  ],
  [
    'a hosted tool',
    () => post('responses', { ...responseBody, tools: [{ type: 'mcp', server_url: 'https://MARK.example' }] }),
  ],
  ['a stored answer', () => post('responses', { ...responseBody, previous_response_id: 'MARKid' })],
  [
    'a wrong choice of tools',
    () =>
      post('chat/completions', { ...chatBody, tool_choice: { type: 'function', function: { name: 'MARKchoice' } } }),
  ],
  [
    'a reasoning item of another provider',
    () => post('responses', { ...responseBody, input: [{ type: 'reasoning', encrypted_content: 'MARKsealed' }] }),
  ],
  [
    'a remote image of a message',
    () =>
      post('messages', {
        ...messageBody,
        messages: [
          { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://MARK.example/' } }] },
        ],
      }),
  ],
  [
    'a tool of Anthropic',
    () => post('messages', { ...messageBody, tools: [{ type: 'web_search_1', name: 'MARKtool' }] }),
  ],
  ['a path', () => new Request('https://gateway.test/v1/MARKpath')],
  ['a query', () => new Request('https://gateway.test/v1/models?MARK=1')],
  ['a model', () => new Request('https://gateway.test/v1/models/MARKmodel')],
  ['a stored response', () => new Request('https://gateway.test/v1/responses/resp_MARK')],
])('nothing of %s is recorded or repeated', async (_, request) => {
  const sent = request();
  sent.headers.set('authorization', headers.authorization);
  const answer = await fetch(sent);
  expect(answer.head + answer.body).not.toContain('MARK');
  expectCleanRecords();
});

test('nothing of the content is recorded when a stream fails in its middle', async () => {
  for (const path of ['chat/completions', 'responses', 'messages']) {
    printed.length = 0;
    bedrock.replies(() => ({
      steps: [...speech('MARKanswer').slice(0, 2), { exception: 'modelStreamErrorException' }],
    }));
    const { body } = await fetch(post(path, BODIES[path]?.[1], headers));
    expect(body).not.toContain('CANARY');
    expect(expectCleanRecords()[0]).toMatchObject({ outcome: 'failed' });
  }
});

test.each<[string, number, Record<string, string>, Parameters<typeof fetch>[1]]>([
  ['a wrong key', 401, { authorization: `Bearer ${KEY.record.id}.${SECRET.toLowerCase()}` }, {}],
  ['half a key', 401, { authorization: `Bearer ${KEY.key.slice(0, 40)}` }, {}],
  ['a key without a scheme', 401, { authorization: KEY.key }, {}],
  ['a wrong x-api-key', 401, { authorization: '', 'x-api-key': `${KEY.key.slice(0, -1)}!` }, {}],
  ['two different keys', 401, { 'x-api-key': `${KEY.record.id}.${'MARKsecret'.padEnd(43, 'A')}` }, {}],
  ['too many tokens', 429, {}, { limits: { ...LIMITS, tokensPerDay: 5 } }],
  ['keys that can not be looked up', 503, {}, { keys: Object.assign(new MemoryKeys(), { failing: true }) }],
])('nothing of the content or key is recorded or repeated with %s', async (_, status, over, options) => {
  for (const [path, body] of [
    ['chat/completions', chatBody],
    ['messages', messageBody],
  ] as const) {
    printed.length = 0;
    const answer = await fetch(post(path, body, { ...headers, ...over }), options);
    expect(answer.status).toBe(status);
    expect(answer.head + answer.body).not.toMatch(/MARK|CANARY/);
    expectCleanRecords();
  }
});
