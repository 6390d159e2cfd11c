import { Readable } from 'node:stream';
import fc from 'fast-check';
import { PRIVATE_RANGES } from '@/lib/boundary/address';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import type { Call, Transport } from '@/lib/runtime/gateway/openai/transport';
import { admitPolicy, sourceRegions } from '@/lib/runtime/gateway/policy/admitted-policy';
import { runsOf, TIMES } from '../../../support/property-runs';
import { asked, outcomes } from '../support/any-request';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { TERMS } from '../support/fake-server';
import { gatewayFor, HELLO } from '../support/gateway';
import { isMarkedRightly } from '../support/generated';
import { CLAUDE, PROJECT } from '../support/policies';

jest.setTimeout(60_000 * TIMES);

const OPENAI = { openai: 'gpt-5.2' } as const;
const SERVER = { server: 'http://vllm.internal:8000/v1', model: 'm', kind: 'text', region: 'eu-central-1' } as const;
const BEDROCK = { region: 'eu-central-1', id: CLAUDE } as const;
type Target = GatewayPolicy['models'][number]['destinations'][number];

const policy = (...destinations: Target[]): GatewayPolicy => ({
  ...PROJECT,
  openai: TERMS,
  models: [
    { id: 'assistant', destinations },
    { id: 'embed', destinations: [{ ...SERVER, kind: 'embedding' }, { openai: 'text-embedding-3-small' }] },
  ],
});

/** Every URL that may be called, and no path below or next to it. */
const ALLOWED = ['https://eu.api.openai.com/v1', 'http://vllm.internal:8000/v1'].flatMap((base) => [
  `${base}/chat/completions`,
  `${base}/embeddings`,
]);

/** All destinations of a policy, which fail in a given order whichever is called, and then answer. */
function failing(given: GatewayPolicy, list: readonly (number | string)[]) {
  const serving = admitPolicy(given);
  const journal: Call[] = [];
  let attempt = 0;
  const transport: Transport = async (call) => {
    journal.push(call);
    const result = list[attempt++] ?? 200;
    if (typeof result === 'string') throw Object.assign(new Error('failed'), { code: result });
    return { status: result, body: Readable.from([answerTo(call)]) };
  };
  const { bedrock, calls } = scriptedBedrock(bedrockEndpoints(serving.boundary, sourceRegions(serving), {}), () => {
    const result = list[attempt++] ?? 200;
    if (typeof result === 'string') return Object.assign(new Error('failed'), { code: result });
    return result === 200 ? ANSWER : { status: result, body: '{}' };
  });
  const servers = new OpenAiServers({ transport, openAiKey: 'sk-test' });
  return { ...gatewayFor(given, bedrock, { servers }), journal, calls };
}

function answerTo({ url, body }: Call): Buffer {
  const usage = { prompt_tokens: 1, completion_tokens: 1 };
  if (url.pathname.endsWith('/embeddings')) {
    const data = JSON.parse(body).input.map((_: string, index: number) => ({ index, embedding: [0.5] }));
    return Buffer.from(JSON.stringify({ data, usage }));
  }
  const said = { choices: [{ message: { content: 'Guten Tag' }, finish_reason: 'stop' }], usage };
  const chunk = { choices: [{ delta: { content: 'Guten Tag' }, finish_reason: 'stop' }], usage };
  return Buffer.from(
    JSON.parse(body).stream ? `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` : JSON.stringify(said),
  );
}

test("only the policy's hosts, paths and addresses are called, for any request and any failure", async () => {
  const order = fc.shuffledSubarray<Target>([OPENAI, SERVER, BEDROCK], { minLength: 1 });
  let served = 0;
  await fc.assert(
    fc.asyncProperty(order, asked, outcomes, async (destinations, { request, name }, list) => {
      const { gateway, journal, calls, records } = failing(policy(...destinations), list);
      const response = await gateway.fetch(request);
      await response.text();
      expect(isMarkedRightly(request, response)).toBe(true);
      expect(journal.length + calls.length).toBeLessThanOrEqual(['assistant', 'embed'].includes(name) ? 6 : 0);
      served += journal.length;
      for (const { url, headers, body, addresses } of journal) {
        expect(ALLOWED).toContain(url.href);
        const isOpenAi = url.host === 'eu.api.openai.com';
        expect(headers.authorization).toBe(isOpenAi ? 'Bearer sk-test' : undefined);
        expect(addresses).toEqual(isOpenAi ? undefined : PRIVATE_RANGES);
        expect(Object.keys(headers).filter((header) => !SENT_HEADERS.includes(header))).toEqual([]);
        expect(Object.keys(JSON.parse(body)).filter((key) => !SENT_KEYS.includes(key))).toEqual([]);
      }
      for (const { host } of calls) expect(host).toBe('bedrock-runtime.eu-central-1.amazonaws.com');
      expect(records).toHaveLength(1);
      const places = records[0]?.mayProcess ?? [];
      expect(places.includes('CH')).toBe(journal.some(({ url }) => url.host === 'eu.api.openai.com'));
    }),
    runsOf(400),
  );
  expect(served).toBeGreaterThan(80 * TIMES);
});

const SENT_HEADERS = ['content-type', 'accept', 'authorization'];
const SENT_KEYS = [
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'prompt_cache_retention',
  'store',
  'stream',
  'stream_options',
  'input',
  'encoding_format',
];

test('failover follows the list, and the headers name each place', async () => {
  const { gateway, journal, calls, records } = failing(policy(OPENAI, SERVER, BEDROCK), [503, 'ECONNREFUSED']);
  const response = await gateway.fetch(asking(HELLO));
  expect(response.status).toBe(200);
  expect(journal.map(({ url }) => url.host)).toEqual(['eu.api.openai.com', 'vllm.internal:8000']);
  expect(calls).toHaveLength(1);
  expect(response.headers.get('x-residency-destination')).toBe(CLAUDE);
  expect(response.headers.get('x-residency-may-process')).toMatch(/^CH,EEA,eu-central-1,/);
  expect(response.headers.get('x-residency-accepted')).toMatch(
    /^'eu\.api\.openai\.com' processes data in .*; accepted because our DPO accepts Switzerland$/,
  );
  expect(records[0]).toMatchObject({ outcome: 'answered', destination: CLAUDE });
});

test('what a policy refuses, and a reason in any script, are told in plain headers', async () => {
  const given = { ...policy(OPENAI), openai: { ...TERMS, reason: 'Grüße 🇨🇭' } };
  const response = await failing(given, []).gateway.fetch(asking(HELLO));
  expect(response.headers.get('x-residency-accepted')).toMatch(
    /accepted because Gr%C3%BC%C3%9Fe %F0%9F%87%A8%F0%9F%87%AD$/,
  );
});

test.each([400, 403, 422])('a %d is never answered by the next destination', async (status) => {
  const { gateway, journal, calls } = failing(policy(OPENAI, BEDROCK), [status]);
  expect((await gateway.fetch(asking(HELLO))).status).toBe(status === 403 ? 502 : 400);
  expect([journal.length, calls.length]).toEqual([1, 0]);
});

test.each([401, 402, 404, 410])(
  'a %d, which is about the gateway, is answered by the next destination',
  async (status) => {
    const { gateway, journal, calls } = failing(policy(OPENAI, BEDROCK), [status]);
    expect((await gateway.fetch(asking(HELLO))).status).toBe(200);
    expect([journal.length, calls.length]).toEqual([1, 1]);
  },
);

test.each([401, 402, 403, 404, 410])('a %d of the only destination ends the request', async (status) => {
  const { gateway, journal } = failing(policy(OPENAI), [status, status, status]);
  expect((await gateway.fetch(asking(HELLO))).status).toBe(502);
  expect(journal).toHaveLength(1);
});

const SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
};
const FORMAT = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: SCHEMA } } };
const TOOL = { tools: [{ type: 'function', function: { name: 'x', parameters: SCHEMA, strict: true } }] };

describe.each([
  ['a schema', FORMAT, 'response_format.json_schema.schema'],
  ['a strict tool', TOOL, 'tools'],
])('%s of a project', (_, more, param) => {
  const held = (...destinations: Target[]) => ({
    ...policy(...destinations),
    openai: { ...TERMS, schemasMayLeave: false },
  });

  test('is not sent to OpenAI', async () => {
    const { gateway, journal } = failing(held(OPENAI), []);
    const response = await gateway.fetch(asking({ ...HELLO, ...more }));
    expect(response.status).toBe(403);
    expect(((await response.json()) as { error: object }).error).toMatchObject({
      code: 'residency_schema_refused',
      param,
    });
    expect(journal).toEqual([]);
  });

  test('does not choose a later destination that may have it', async () => {
    const { gateway, journal } = failing(held(OPENAI, SERVER), []);
    expect((await gateway.fetch(asking({ ...HELLO, ...more }))).status).toBe(403);
    expect(journal).toEqual([]);
  });

  test('is never sent on by failover', async () => {
    const { gateway, journal } = failing(held(SERVER, OPENAI), [503, 503, 503]);
    expect((await gateway.fetch(asking({ ...HELLO, ...more }))).status).toBe(503);
    expect(new Set(journal.map(({ url }) => url.host))).toEqual(new Set(['vllm.internal:8000']));
  });

  test('is sent once the configuration says so, or by a workspace', async () => {
    for (const given of [policy(OPENAI), workspace(held(OPENAI))]) {
      const { gateway, journal } = failing(given, []);
      expect((await gateway.fetch(asking({ ...HELLO, ...more }))).status).toBe(200);
      expect(journal.map(({ url }) => url.host)).toEqual(['eu.api.openai.com']);
    }
  });
});

test('a destination without a client is refused at start', () => {
  expect(() => gatewayFor(policy(OPENAI), failing(policy(BEDROCK), []).gateway as never)).toThrow(
    "the gateway doesn't start, because it can't call 'openai/gpt-5.2'",
  );
});

test.each<[string, Partial<GatewayPolicy>, string]>([
  ['OpenAI without terms', { openai: undefined }, 'accept it with'],
  ['OpenAI that keeps what a project sends', { openai: { ...TERMS, zeroRetention: false } }, '(keeps-content)'],
  ['OpenAI inside one country', { boundary: 'DE', models: [{ id: 'a', destinations: [OPENAI] }] }, "can't be accepted"],
  [
    'a public server',
    { models: [{ id: 'a', destinations: [{ ...SERVER, server: 'http://1.1.1.1/v1' }] }] },
    '(outside)',
  ],
  ...['http://010.0.0.5:8000/v1', 'http://134744072', 'http://0x08080808', 'http://8.8.2056'].map(
    (server): [string, Partial<GatewayPolicy>, string] => [
      `the public server '${server}'`,
      { models: [{ id: 'a', destinations: [{ ...SERVER, server }] }] },
      '(malformed)',
    ],
  ),
])('a policy with %s is not admitted', (_, over, message) => {
  const projects = over.models ? [{ id: 'helpdesk-bot', models: ['a'], limits: {} }] : PROJECT.projects;
  expect(() => admitPolicy({ ...policy(OPENAI), ...over, projects })).toThrow(message);
});

function workspace({ projects: _, ...given }: GatewayPolicy): GatewayPolicy {
  return { ...given, keepsContent: true, tenant: { kind: 'workspace', ids: ['sciences'] } };
}

function asking(body: object): Request {
  return new Request('https://gateway.test/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
