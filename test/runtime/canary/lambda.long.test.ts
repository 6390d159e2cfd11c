import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { LocalTable } from '@/test/support/local-table';
import { putReadings } from '../gateway/support/readings';
import { type ClientAnswer, disclosures } from './answers';
import { policyOf } from './deployment';
import { filesBelow, marksBelow } from './files';
import { Journal } from './journal';
import { mark, marksIn } from './marks';
import { type CanaryRequest, LIMITED, NOT_SENT, requestsTo } from './requests';
import { CanaryUpstream, STATES } from './upstream';

const BUNDLE = path.join(__dirname, '../../../dist/bundles/gateway/index.mjs');
const RUNNER = path.join(__dirname, '../gateway/support/run-bundle.mjs');
jest.setTimeout(60_000);

const TO_MODELS = [...requestsTo('bedrock'), ...requestsTo('completions'), ...requestsTo('server')];

const upstream = new CanaryUpstream();
const table = new LocalTable();
const journal = new Journal(() => table.url);
const keys = new Map<string, string>();
let folder = '';
beforeAll(async () => {
  await Promise.all([upstream.start(), table.start(), journal.start()]);
  const store = new DynamoDbKeyStore({ client: table.client, name: table.name });
  for (const project of policyOf(`${upstream.url}/v1`).tenant.ids) {
    const created = newKey({ kind: 'deployment', project, created: new Date() });
    keys.set(project, created.key);
    await store.add(created.record);
  }
  await putReadings(table, admitPolicy(policyOf(`${upstream.url}/v1`)));
});
afterAll(async () => {
  await Promise.all([upstream.stop(), journal.stop(), table.stop()]);
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  upstream.received = '';
  journal.text = '';
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An event as API Gateway creates it, including the fields that the handler doesn't need. */
const eventOf = ({ method, path: below, headers, body, project }: CanaryRequest, disconnects = false) => {
  const all = { authorization: `Bearer ${keys.get(project)}`, ...headers };
  const [resource = '', query = ''] = below.split('?');
  return {
    httpMethod: method,
    path: `/v1/${resource}`,
    headers: all,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    pathParameters: { proxy: resource },
    requestContext: { requestId: mark('contextid'), path: below, identity: { userAgent: mark('agent') } },
    isBase64Encoded: false,
    body: body ?? null,
    leaves: disconnects,
  };
};

/** Runs the handler in its own process, in a folder for all its files, and returns its output and answers. */
async function run(events: readonly unknown[]) {
  const [task, tmp, file] = [path.join(folder, 'task'), path.join(folder, 'tmp'), path.join(folder, 'events.json')];
  for (const directory of [task, tmp]) mkdirSync(directory);
  writeFileSync(path.join(task, 'policy.json'), JSON.stringify(policyOf(`${upstream.url}/v1`)));
  writeFileSync(file, JSON.stringify(events));
  const arn = `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [RUNNER], {
    cwd: task,
    maxBuffer: 2 ** 26,
    env: {
      BUNDLE,
      EVENTS: file,
      HOME: folder,
      TMPDIR: tmp,
      LAMBDA_TASK_ROOT: task,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url,
      AWS_ENDPOINT_URL_DYNAMODB: journal.url,
      KEYS_TABLE_ARN: arn,
      READINGS_TABLE_ARN: arn,
    },
  });
  rmSync(file);
  const lines = stdout.trim().split('\n');
  const { answers } = JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? '');
  return { answers: answers as (ClientAnswer & { statusCode: number })[], stdout: lines.join('\n'), stderr };
}

async function expectClean(
  requests: readonly CanaryRequest[],
  { answers, stdout, stderr }: Awaited<ReturnType<typeof run>>,
) {
  expect(requests.flatMap((request, index) => disclosures(request, toClientAnswer(answers[index])))).toEqual([]);
  expect([...marksIn(stdout), ...marksIn(stderr)]).toEqual([]);
  const written = stdout.split('\n').map((line) => JSON.parse(line));
  // Two lines for each request, the second with its metrics, and no others.
  expect(written.map(({ event }) => event)).toEqual(requests.flatMap(() => ['residency', 'operations']));
  expect(journal.text).toContain('DynamoDB_20120810');
  expect(marksIn(journal.text)).toEqual([]);
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.name }));
  expect(marksIn(JSON.stringify(Items))).toEqual([]);
  expect(filesBelow(folder)).toEqual(['task/policy.json']);
  expect(marksBelow(folder)).toEqual([]);
}

const toClientAnswer = (answer: (ClientAnswer & { statusCode: number }) | undefined): ClientAnswer => ({
  status: answer?.statusCode ?? 0,
  headers: answer?.headers,
  body: answer?.body ?? '',
});

test.each(STATES)('a function stores and prints no content while the upstream %s', async (state) => {
  upstream.state = state;
  const result = await run(TO_MODELS.map((request) => eventOf(request)));
  if (state === 'answers') expect(result.answers.map(({ statusCode }) => statusCode)).toEqual(TO_MODELS.map(() => 200));
  await expectClean(TO_MODELS, result);
  expect(upstream.received).toContain(mark('prompt'));
});

test('a function stores and prints no content of requests that it refuses or that call no model', async () => {
  upstream.state = 'answers';
  await expectClean(NOT_SENT, await run(NOT_SENT.map((request) => eventOf(request))));
  expect(upstream.received).toBe('');
});

test('a function stores and prints no content of requests that a limit refuses', async () => {
  upstream.state = 'answers';
  const result = await run(LIMITED.map((request) => eventOf(request)));
  expect(result.answers.map(({ statusCode }) => statusCode)).toEqual([200, 429, 200, 429]);
  await expectClean(LIMITED, result);
});

test('a function stores and prints no content when the connection breaks during an answer', async () => {
  upstream.state = 'answers';
  const result = await run(TO_MODELS.map((request) => eventOf(request, true)));
  expect(result.stderr).not.toBe('');
  await expectClean(TO_MODELS, result);
});
