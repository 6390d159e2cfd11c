import type { ServerResponse } from 'node:http';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { deployedServers } from '@/lib/runtime/gateway/deployed-servers';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { Fixture, KEY } from '@/test/runtime/egress/support/fixture';
import { watchContacts } from '../support/contacts';
import { TERMS } from '../support/fake-server';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK, post } from '../support/gateway';
import { CLAUDE, PROJECT } from '../support/policies';
import { FakeLambda } from './support/fake-lambda';

const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:egress';
const OPENAI: GatewayPolicy = {
  ...PROJECT,
  openai: TERMS,
  models: [
    { id: 'assistant', destinations: [{ openai: 'gpt-5.4' }] },
    { id: 'embed', destinations: [{ openai: 'text-embedding-3-small' }] },
  ],
};

const fixture = new Fixture();
const { provider } = fixture;
const lambda = new FakeLambda();
beforeAll(() => lambda.start());
beforeEach(async () => {
  lambda.reset();
  await fixture.reset();
  lambda.egress = fixture.egress();
});
afterAll(async () => {
  await lambda.stop();
  await fixture.close();
});

const environment = () => ({
  EGRESS_FUNCTION: ARN,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDTEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL_LAMBDA: lambda.url,
});
const bedrock = new Bedrock({ endpoints: new Map(), credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const servers = (policy: GatewayPolicy) => deployedServers(admitPolicy(policy), bedrock, environment());
const gateway = (policy = OPENAI, upstream = NO_BEDROCK) => gatewayFor(policy, upstream, { servers: servers(policy) });

const COMPLETION = {
  choices: [{ message: { content: 'Guten Tag' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2 },
};
const CHUNKS = [
  { choices: [{ delta: { content: 'Guten ' } }] },
  { choices: [{ delta: { content: 'Tag' }, finish_reason: 'stop' }] },
];

/** OpenAI's answers: whole, streamed, and of embeddings. */
const asOpenAi = () => {
  provider.answer = ({ path, body }, response) => {
    response.setHeader('x-request-id', 'req_1');
    const { stream, input } = JSON.parse(body);
    if (path.endsWith('/embeddings'))
      return void response.end(
        JSON.stringify({ data: input.map((_: string, index: number) => ({ index, embedding: [index] })) }),
      );
    if (!stream) return void response.end(JSON.stringify(COMPLETION));
    for (const chunk of CHUNKS) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end('data: [DONE]\n\n');
  };
};

test('a deployed gateway answers from OpenAI through the function, and contacts nothing but Lambda', async () => {
  asOpenAi();
  const { gateway: api, records } = gateway();
  const { contacts, stop } = watchContacts();
  const response = await api.fetch(chat(HELLO));
  stop();
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Guten Tag' } }] });
  expect(response.headers.get('x-residency-destination')).toBe('openai/gpt-5.4');
  expect(response.headers.get('x-residency-region')).toBe('eu.api.openai.com');
  expect(response.headers.get('x-residency-may-process')).toBe('CH,EEA');
  expect(response.headers.get('x-residency-accepted')).toContain('our DPO accepts Switzerland');
  expect(records[0]?.attempts).toEqual([
    { destination: 'openai/gpt-5.4', sourceRegion: 'eu.api.openai.com', requestIds: ['req_1'], outcome: 'answered' },
  ]);
  // The second contact is the one of the function.
  expect(contacts.filter((contact) => !contact.startsWith('127.0.0.1:'))).toEqual([]);
  expect(lambda.invocations).toMatchObject([
    {
      url: `/2021-11-15/functions/${encodeURIComponent(ARN)}/response-streaming-invocations?Qualifier=projects`,
      event: { provider: 'openai', model: 'gpt-5.4', kind: 'text', path: '/chat/completions' },
    },
  ]);
  expect(provider.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(JSON.stringify([...lambda.invocations, ...records, ...response.headers])).not.toContain(KEY);
});

test('a stream comes through the function', async () => {
  asOpenAi();
  const response = await gateway().gateway.fetch(chat({ ...HELLO, stream: true }));
  const text = await response.text();
  expect(text).toContain('Guten ');
  expect(text.trim().split('\n').at(-1)).toBe('data: [DONE]');
});

test.each([
  ['a project, whose prompts may be cached in memory only', OPENAI, 'in_memory'],
  [
    'a workspace',
    { ...OPENAI, keepsContent: true, tenant: { kind: 'workspace', ids: ['sciences'] }, projects: undefined },
    undefined,
  ],
  [
    "a workspace, whose model has 'caching: false'",
    {
      ...OPENAI,
      keepsContent: true,
      tenant: { kind: 'workspace', ids: ['sciences'] },
      projects: undefined,
      models: OPENAI.models.map((model) => ({ ...model, caching: false })),
    },
    'in_memory',
  ],
] as const)('OpenAI receives the cache of %s', async (_, policy, cache) => {
  asOpenAi();
  expect((await gateway(policy as GatewayPolicy).gateway.fetch(chat(HELLO))).status).toBe(200);
  expect(JSON.parse(provider.received[0]?.body ?? '').prompt_cache_retention).toBe(cache);
});

test('embeddings come through the function', async () => {
  asOpenAi();
  const response = await gateway().gateway.fetch(post('embeddings', { model: 'embed', input: ['a', 'b'] }));
  expect(await response.json()).toMatchObject({ data: [{ embedding: [0] }, { embedding: [1] }] });
});

test('a declared provider is recorded by its name and host', async () => {
  asOpenAi();
  const workspace: GatewayPolicy = {
    ...OPENAI,
    keepsContent: true,
    tenant: { kind: 'workspace', ids: ['sciences'] },
    projects: undefined,
    providers: [{ name: 'scaleway', service: 'scaleway' }],
    models: [{ id: 'assistant', destinations: [{ provider: 'scaleway', model: 'gpt-oss-120b', kind: 'text' }] }],
  };
  const { gateway: api, records } = gateway(workspace);
  const response = await api.fetch(chat(HELLO));
  expect(response.status).toBe(200);
  expect(response.headers.get('x-residency-region')).toBe('api.scaleway.ai');
  expect(records[0]?.attempts).toEqual([
    {
      destination: 'scaleway/gpt-oss-120b',
      sourceRegion: 'api.scaleway.ai',
      requestIds: ['req_1'],
      outcome: 'answered',
    },
  ]);
  expect(lambda.invocations[0]?.url).toMatch(/Qualifier=workspaces$/);
});

test('a request that Lambda would not pass on gets 413, and no destination receives it', async () => {
  const policy = {
    ...OPENAI,
    models: [
      { id: 'assistant', destinations: [{ openai: 'gpt-5.4' }, { region: 'eu-central-1', id: CLAUDE }] },
      ...OPENAI.models.slice(1),
    ],
  };
  const url = `data:image/png;base64,${Buffer.alloc(4.5 * 2 ** 20).toString('base64')}`;
  const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];
  const { gateway: api, records } = gateway(policy);
  const response = await api.fetch(chat({ model: 'assistant', messages }));
  expect(await errorOf(response)).toMatchObject({
    status: 413,
    code: 'request_too_large',
    type: 'invalid_request_error',
  });
  expect(records[0]?.attempts).toBeUndefined();
  expect(lambda.invocations).toEqual([]);
});

test('if the provider fails, the next destination answers; the function is not asked twice', async () => {
  provider.answer = (_, response) => response.writeHead(503).end('{}');
  const policy: GatewayPolicy = {
    ...OPENAI,
    models: [
      { id: 'assistant', destinations: [{ openai: 'gpt-5.4' }, { region: 'eu-central-1', id: CLAUDE }] },
      ...OPENAI.models.slice(1),
    ],
  };
  const answer = {
    output: { message: { role: 'assistant', content: [{ text: 'Hallo' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    metrics: { latencyMs: 1 },
  };
  const { gateway: api, records } = gateway(policy, { ...NO_BEDROCK, converse: async () => answer as never });
  const response = await api.fetch(chat(HELLO));
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hallo' } }] });
  expect(lambda.invocations).toHaveLength(1);
  expect(records[0]?.attempts?.map(({ outcome }) => outcome)).toEqual(['server-error', 'answered']);
});

test('a gateway does not start without the function that its policy needs', () => {
  const start = (EGRESS_FUNCTION: string | undefined) =>
    deployedServers(admitPolicy(OPENAI), bedrock, { ...environment(), EGRESS_FUNCTION });
  for (const wrong of [undefined, '', 'a b', `${ARN}:projects`, 'https://example.com'])
    expect(() => start(wrong)).toThrow(
      "the gateway doesn't start, because it calls 'openai/gpt-5.4' through the egress function, which 'EGRESS_FUNCTION' must name",
    );
  expect(() => start('egress')).not.toThrow();
  const outside = {
    ...environment(),
    AWS_ENDPOINT_URL_LAMBDA: undefined,
    EGRESS_FUNCTION: ARN.replace('eu-central-1', 'us-east-1'),
  };
  expect(() => deployedServers(admitPolicy(OPENAI), bedrock, outside)).toThrow(/us-east-1/);
  expect(() => deployedServers(admitPolicy(PROJECT), bedrock, {})).not.toThrow();
});

/** Chats that together have every parameter and every kind of message that a gateway passes on. */
const CHATS: Readonly<Record<string, object>> = {
  'all parameters': {
    temperature: 0.5,
    top_p: 0.9,
    max_completion_tokens: 9,
    stop: ['x'],
    reasoning_effort: 'low',
    parallel_tool_calls: false,
    tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }],
    tool_choice: 'required',
  },
  'a form': {
    response_format: { type: 'json_schema', json_schema: { name: 's', strict: true, schema: { type: 'object' } } },
  },
  'calls and their results': {
    messages: [
      { role: 'system', content: 'Sei kurz' },
      { role: 'user', content: 'Wie warm ist es?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '20' },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }],
  },
  images: {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Was ist das?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
        ],
      },
    ],
  },
};

const DAY = new Date().toISOString().slice(0, 10);
const DEPLOYED = [{ name: 'gpt-5-4-eu', sku: 'DataZoneStandard', model: 'gpt-5.4', readOn: DAY }];
const OF_WORKSPACE: GatewayPolicy = {
  ...OPENAI,
  keepsContent: true,
  tenant: { kind: 'workspace', ids: ['sciences'] },
  projects: undefined,
  providers: [
    { name: 'scaleway', service: 'scaleway', schemasMayLeave: true },
    {
      name: 'azure-eu',
      service: 'azure',
      resource: 'contoso-eu',
      region: 'germanywestcentral',
      accepted: 'a test',
      schemasMayLeave: true,
      deployments: DEPLOYED,
    },
  ],
};
const calling = (policy: GatewayPolicy, destination: GatewayPolicy['models'][number]['destinations'][number]) => ({
  ...policy,
  models: [{ id: 'assistant', destinations: [destination] }, ...OPENAI.models.slice(1)],
});

describe.each<[string, GatewayPolicy]>([
  ['OpenAI, for a project', OPENAI],
  ['OpenAI, for a workspace', { ...OF_WORKSPACE, models: OPENAI.models }],
  ['Azure', calling(OF_WORKSPACE, { provider: 'azure-eu', model: 'gpt-5-4-eu', kind: 'text' })],
  ['Scaleway', calling(OF_WORKSPACE, { provider: 'scaleway', model: 'gpt-oss-120b', kind: 'text' })],
])('the function accepts what a gateway sends to %s', (_, policy) => {
  test.each(Object.entries(CHATS))('%s', async (_name, body) => {
    asOpenAi();
    const { gateway: api } = gateway(policy);
    for (const stream of [false, true]) {
      const response = await api.fetch(chat({ ...HELLO, ...body, stream }));
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Guten')]);
    }
    expect(fixture.lines.map(({ status }) => status)).toEqual([200, 200]);
  });
});

test('the function accepts a document that a gateway sends to OpenAI', async () => {
  asOpenAi();
  const file_data = `data:application/pdf;base64,${Buffer.from('%PDF-1.7\n%%EOF').toString('base64')}`;
  const messages = [{ role: 'user', content: [{ type: 'file', file: { filename: 'a.pdf', file_data } }] }];
  const response = await gateway().gateway.fetch(chat({ model: 'assistant', messages }));
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Guten')]);
});

describe('a burst', () => {
  const SIZE = 200;
  const policy: GatewayPolicy = {
    ...OPENAI,
    models: [
      { id: 'assistant', destinations: [{ openai: 'gpt-5.4' }, { region: 'eu-central-1', id: CLAUDE }] },
      ...OPENAI.models.slice(1),
    ],
  };

  /** The number in a question, which the answer repeats. */
  const numberIn = (text: string): number => Number(/question (\d+)/.exec(text)?.[1]);

  test.each([
    [
      'is throttled',
      (response: ServerResponse) => void response.writeHead(429).end('{"error":{"message":"slow down"}}'),
    ],
    ['fails', (response: ServerResponse) => void response.writeHead(500).end()],
    ['closes connections', (response: ServerResponse) => void response.destroy()],
  ])('is answered whole, and each request once, if its provider %s in the middle', async (_, fail) => {
    const byOpenAi: number[] = [];
    const byBedrock: number[] = [];
    provider.answer = ({ body }, response) => {
      const number = numberIn(body);
      if (byOpenAi.length >= SIZE / 3 && byOpenAi.length + byBedrock.length < SIZE - 20) return fail(response);
      byOpenAi.push(number);
      const message = { content: `answer ${number}` };
      response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
    };
    const converse = async (_destination: unknown, request: unknown) => {
      const number = numberIn(JSON.stringify(request));
      byBedrock.push(number);
      return {
        output: { message: { role: 'assistant', content: [{ text: `answer ${number}` }] } },
        stopReason: 'end_turn',
        usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
        metrics: { latencyMs: 1 },
      } as never;
    };
    const { gateway: api } = gateway(policy, { ...NO_BEDROCK, converse });
    const numbers = Array.from({ length: SIZE }, (_one, index) => index);
    const ask = async (number: number) => {
      const messages = [{ role: 'user', content: `question ${number}` }];
      const response = await api.fetch(chat({ model: 'assistant', messages }));
      const { choices } = (await response.json()) as { choices?: [{ message: { content: string } }] };
      return choices?.[0].message.content ?? `${response.status}`;
    };
    const answers: string[] = [];
    // Twenty at a time.
    for (let at = 0; at < SIZE; at += 20) answers.push(...(await Promise.all(numbers.slice(at, at + 20).map(ask))));
    expect(answers).toEqual(numbers.map((number) => `answer ${number}`));
    expect([...byOpenAi, ...byBedrock].sort((a, b) => a - b)).toEqual(numbers);
    expect(byOpenAi.length).toBeGreaterThan(0);
    expect(byBedrock.length).toBeGreaterThan(0);
  });
});
