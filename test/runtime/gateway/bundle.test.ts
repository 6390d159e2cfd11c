import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PRELUDE_END } from '@/lib/contract/egress';
import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { LocalTable } from '@/test/support/local-table';
import { FakeLambda } from './egress/support/fake-lambda';
import { FakeBedrock } from './support/fake-bedrock';
import { TERMS } from './support/fake-server';
import { HELLO } from './support/gateway';
import { GENERATED_MARK } from './support/generated';
import { GPT_OSS, PROJECT as OF_PROJECT, serving, WORKSPACE } from './support/policies';
import { putReadings } from './support/readings';
import { ScriptedBedrock, speech } from './support/scripted-bedrock';

const PROJECT = { ...OF_PROJECT, maxReadingAgeHours: 24 };

const BUNDLE = path.join(__dirname, '../../../dist/bundles/gateway/index.mjs');
let key = '';
const event = (httpMethod: string, resource: string, body: unknown = null, over: Record<string, unknown> = {}) => ({
  httpMethod,
  path: resource,
  headers: { 'Content-Type': 'application/json', Host: 'abc.execute-api.eu-central-1.amazonaws.com' },
  multiValueHeaders: { 'Content-Type': ['application/json'], Authorization: [`Bearer ${key}`] },
  queryStringParameters: null,
  requestContext: { domainName: 'abc.execute-api.eu-central-1.amazonaws.com' },
  isBase64Encoded: false,
  body: body === null ? null : JSON.stringify(body),
  ...over,
});

const folder = mkdtempSync(path.join(tmpdir(), 'gateway-bundle-'));
const fake = new FakeBedrock();
const table = new LocalTable();
beforeAll(async () => {
  await Promise.all([fake.start(), table.start()]);
  const made = newKey({ kind: 'deployment', project: 'helpdesk-bot', created: new Date() });
  key = made.key;
  await keys().add(made.record);
  await putReadings(table, admitPolicy(PROJECT));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([fake.stop(), table.stop()]);
});

const keys = () => new DynamoDbKeyStore({ client: table.client, name: table.name });

async function run(policy: unknown, events: unknown[], environment: Record<string, string> = {}) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  writeFileSync(path.join(folder, 'events.json'), JSON.stringify(events));
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(__dirname, 'support/run-bundle.mjs')], {
    env: {
      BUNDLE,
      EVENTS: path.join(folder, 'events.json'),
      LAMBDA_TASK_ROOT: folder,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: fake.frankfurt.url,
      AWS_ENDPOINT_URL_DYNAMODB: table.url,
      KEYS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
      READINGS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
      ...environment,
    },
  });
  const lines = stdout.trim().split('\n');
  const { answers } = JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? '');
  return { answers, log: lines.map((line) => JSON.parse(line)) };
}

test('answers the events of a REST API', async () => {
  fake.frankfurt.onMessage('hello', { content: 'Grüß Gott' });
  const encoded = { isBase64Encoded: true, body: Buffer.from(JSON.stringify(HELLO)).toString('base64') };
  const { answers, log } = await run(PROJECT, [
    event('POST', '/v1/chat/completions', HELLO),
    event('POST', '/v1/chat/completions', null, encoded),
    event('GET', '/v1/models', { a: 'body' }),
    event('HEAD', '/v1/models'),
    event('TRACE', '/v1/models'),
    event('GET', '//evil.example/v1/models'),
  ]);
  const [chat, base64, models, head, trace, elsewhere] = answers;
  expect(chat).toMatchObject({
    statusCode: 200,
    headers: {
      'content-type': 'application/json',
      'x-residency-region': 'eu-central-1',
      'ai-disclosure': GENERATED_MARK,
    },
  });
  expect(JSON.parse(chat.body).choices[0].message.content).toBe('Grüß Gott');
  expect(JSON.parse(base64.body).model).toBe('assistant');
  expect(JSON.parse(models.body).data).toHaveLength(2);
  expect(head).toMatchObject({ statusCode: 200, body: '' });
  expect(JSON.parse(trace.body).error).toMatchObject({ code: 'invalid_value' });
  expect(elsewhere.statusCode).toBe(404);
  const operations = log.filter(({ event }) => event === 'operations');
  expect(operations.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404]);
});

test('streams chats and responses piece by piece', async () => {
  fake.frankfurt.onMessage('hello', { content: 'Grüß Gott' }, { chunkSize: 3 });
  const { answers, log } = await run(PROJECT, [
    event('POST', '/v1/chat/completions', { ...HELLO, stream: true }),
    event('POST', '/v1/responses', { model: 'assistant', input: 'hello', stream: true }),
  ]);
  for (const answer of answers) {
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'x-residency-region': 'eu-central-1',
        'ai-disclosure': GENERATED_MARK,
      },
    });
    expect(answer.writes).toBeGreaterThanOrEqual(3);
  }
  expect(answers[0].body).toMatch(/^data: \{.*\}\n\n[\s\S]*data: \[DONE\]\n\n$/);
  expect(answers[1].body).toMatch(/^event: response\.created\n[\s\S]*event: response\.completed\ndata: .*\n\n$/);
  expect(log.map((line) => [line.event, line.outcome])).toEqual([
    ['residency', 'answered'],
    ['operations', 'answered'],
    ['residency', 'answered'],
    ['operations', 'answered'],
  ]);
});

test('counts tokens before the function is frozen, and holds the project to its limits', async () => {
  const bedrock = await new ScriptedBedrock().start();
  bedrock.replies(() => ({ steps: speech('x') }));
  const limits = { requestsPerMinute: 100, tokensPerDay: 1 };
  // A project of its own, because the other tests' answers count tokens too.
  const tenant = { kind: 'project', ids: ['limited'] };
  const policy = { ...PROJECT, tenant, projects: [{ id: 'limited', models: ['assistant'], limits }] };
  const { key: limited, record } = newKey({ kind: 'deployment', project: 'limited', created: new Date() });
  await keys().add(record);
  const multiValueHeaders = { 'Content-Type': ['application/json'], Authorization: [`Bearer ${limited}`] };
  const events = [{ ...HELLO, stream: true }, HELLO].map((body) =>
    event('POST', '/v1/chat/completions', body, { multiValueHeaders }),
  );
  const { answers } = await run(policy, events, { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url });
  await bedrock.stop();
  expect(answers[0]).toMatchObject({
    statusCode: 200,
    headers: { 'x-ratelimit-remaining-requests': '99', 'x-ratelimit-remaining-tokens': '1' },
  });
  expect(answers[1]).toMatchObject({ statusCode: 429, headers: { 'x-should-retry': 'false' } });
  expect(JSON.parse(answers[1].body).error).toMatchObject({ type: 'tokens', code: 'insufficient_quota' });
});

test('refuses requests without a key of a served project', async () => {
  const policy = {
    ...PROJECT,
    tenant: { kind: 'project', ids: ['search'] },
    projects: [{ id: 'search', models: ['embed'], limits: {} }],
  };
  const multiValueHeaders = { 'Content-Type': ['application/json'] };
  const { answers, log } = await run(policy, [
    event('GET', '/v1/models'),
    event('POST', '/v1/chat/completions', HELLO, { multiValueHeaders }),
    event('GET', '/v1/models', null, { multiValueHeaders: { Authorization: [`Bearer ${key}`, `Bearer ${key}`] } }),
  ]);
  expect(answers.map(({ statusCode }: { statusCode: number }) => statusCode)).toEqual([401, 401, 401]);
  expect(JSON.stringify([answers, log])).not.toContain(key.split('.')[1]);
});

test('reports missing credentials', async () => {
  const events = [event('POST', '/v1/chat/completions', HELLO)];
  const environment = { AWS_ACCESS_KEY_ID: '' };
  const { answers: projects } = await run(PROJECT, events, environment);
  expect(JSON.parse(projects[0].body).error.code).toBe('keys_unavailable');
});

test('serves no project without check results', async () => {
  const { answers, log } = await run(PROJECT, [event('POST', '/v1/chat/completions', HELLO)], {
    READINGS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/none',
  });
  expect(answers[0].statusCode).toBe(503);
  expect(JSON.parse(answers[0].body).error.code).toBe('residency_unverified');
  expect(log[0]).toMatchObject({ outcome: 'failed', reason: 'unverified' });
});

test.each<[string, unknown, Record<string, string>, string]>([
  [
    'a destination that is not inside',
    serving({ region: 'us-east-1', id: GPT_OSS }),
    {},
    'not all destinations are inside the EU',
  ],
  [
    'an endpoint that is not inside',
    PROJECT,
    { AWS_ENDPOINT_URL: 'https://example.com' },
    "'AWS_ENDPOINT_URL' would send requests",
  ],
  [
    'a table that is not inside',
    PROJECT,
    {
      KEYS_TABLE_ARN: 'arn:aws:dynamodb:us-east-1:111122223333:table/keys',
      AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.us-east-1.amazonaws.com',
    },
    "'AWS_ENDPOINT_URL_DYNAMODB' would send requests to a host that isn't inside the EU",
  ],
  [
    'a table in no Region that is inside',
    PROJECT,
    { KEYS_TABLE_ARN: 'arn:aws:dynamodb:us-east-1:1:table/keys', AWS_ENDPOINT_URL_DYNAMODB: '' },
    "the endpoint of us-east-1' would send",
  ],
  ['a workspace', WORKSPACE, {}, "'tenant' is a workspace, which needs the workspace bundle"],
  ['no table of keys', PROJECT, { KEYS_TABLE_ARN: '' }, "'KEYS_TABLE_ARN' must be the ARN of the table"],
  [
    'the ARN of something else',
    PROJECT,
    { KEYS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:1:table/a/index/b' },
    "'KEYS_TABLE_ARN' must",
  ],
  ['no table of readings', PROJECT, { READINGS_TABLE_ARN: '' }, "'READINGS_TABLE_ARN' must be the ARN of the table"],
  ['no age of readings', OF_PROJECT, {}, "'maxReadingAgeHours' must be set"],
  ['no folder to find the policy in', PROJECT, { LAMBDA_TASK_ROOT: '' }, "'LAMBDA_TASK_ROOT' is not set"],
])('does not start with %s', async (_, policy, environment, message) => {
  await expect(run(policy, [], environment)).rejects.toThrow(message);
});

test('applies the guardrail that its environment names, and does not start if it names none', async () => {
  const scripted = await new ScriptedBedrock().start();
  scripted.replies(() => ({ json: { output: { message: { content: [{ text: 'yes' }] } }, stopReason: 'end_turn' } }));
  const alone = serving({ region: 'eu-central-1', id: GPT_OSS });
  const projects = alone.projects?.map((project) => ({ ...project, guardrails: [{ region: 'eu-central-1', at: 0 }] }));
  const policy = { ...alone, maxReadingAgeHours: 24, projects };
  const guardrail = 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1';
  await run(policy, [event('POST', '/v1/chat/completions', HELLO)], {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: scripted.url,
    GUARDRAILS: `${guardrail}:3`,
  });
  await expect(run(policy, [])).rejects.toThrow("'GUARDRAILS' must have an entry 0");
  await scripted.stop();
  expect(scripted.calls.map(({ body }) => body.guardrailConfig)).toEqual([
    { guardrailIdentifier: guardrail, guardrailVersion: '3', trace: 'disabled' },
  ]);
});

describe('with a model outside AWS', () => {
  const policy = {
    ...OF_PROJECT,
    openai: TERMS,
    models: ['assistant', 'embed'].map((id) => ({ id, destinations: [{ openai: 'gpt-5.4' }] })),
  };
  const lambda = new FakeLambda();
  beforeAll(() => lambda.start());
  afterAll(() => lambda.stop());

  test('answers through the egress function', async () => {
    lambda.egress = async (_, out) => {
      const completion = { choices: [{ message: { content: 'Grüß Gott' }, finish_reason: 'stop' }] };
      out.write(Buffer.concat([Buffer.from('{"status":200,"requestId":"req_1"}'), PRELUDE_END]));
      out.end(JSON.stringify(completion));
    };
    const { answers, log } = await run(policy, [event('POST', '/v1/chat/completions', HELLO)], {
      EGRESS_FUNCTION: 'egress',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    });
    expect(answers[0]).toMatchObject({ statusCode: 200, headers: { 'x-residency-region': 'eu.api.openai.com' } });
    expect(JSON.parse(answers[0].body).choices[0].message.content).toBe('Grüß Gott');
    expect(log).toContainEqual(
      expect.objectContaining({
        attempts: [
          {
            destination: 'openai/gpt-5.4',
            sourceRegion: 'eu.api.openai.com',
            requestIds: ['req_1'],
            outcome: 'answered',
          },
        ],
      }),
    );
    expect(lambda.invocations[0]?.url).toBe(
      '/2021-11-15/functions/egress/response-streaming-invocations?Qualifier=projects',
    );
  });

  test('does not start without the name of the function', async () => {
    await expect(run(policy, [])).rejects.toThrow(/which 'EGRESS_FUNCTION' must name/);
  });
});
