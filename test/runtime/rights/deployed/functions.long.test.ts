import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { BRANCH_KEY_TABLE } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { rightsFunctions } from '@/lib/runtime/rights/deployed/functions';
import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { announced } from '@/lib/runtime/rights/store/erasure-marks';
import { ContentTable } from '@/lib/runtime/workspace/store/table';
import { localEndpoint } from '@/test/support/local-endpoint';
import { listen, type Server } from '../../gateway/support/serve';

// The bundle runs these functions in other processes: `test/runtime/jobs/rights.long.test.ts`.
const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:sciences';
const table = (name: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/${name}`;
const groups = { member: ['chat-users'], admin: ['chat-admins'], auditor: [] };
const POLICY = {
  boundary: 'eu',
  workspace: 'sciences',
  identity: { groupsClaim: 'custom:groups', groups },
  corsOrigins: [],
};

let folder: string;
let aws: LocalAws;
let stores: Server;
let states: Server;
const started: { name: string; input: string; stateMachineArn: string }[] = [];
let lines: string[];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'functions-'));
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(POLICY));
  aws = new LocalAws({
    file: path.join(folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      { name: 'content', partitionKey: 'pk', sortKey: 'sk' },
      { name: 'keys', ...BRANCH_KEY_TABLE },
    ],
    buckets: [],
  });
  stores = await localEndpoint(aws);
  states = await listen(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    started.push(JSON.parse(body));
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify({ executionArn: 'arn', startDate: 1, executions: [] }));
  });
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: unknown) => handler,
      HttpResponseStream: { from: (stream: object, metadata: object) => Object.assign(stream, { metadata }) },
    },
  });
});
afterAll(async () => {
  await stores.close();
  await states.close();
  aws.close();
  rmSync(folder, { recursive: true });
  Reflect.deleteProperty(globalThis, 'awslambda');
});
beforeEach(() => {
  started.length = 0;
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(`${line}`) > 0);
});
afterEach(() => jest.restoreAllMocks());

const functions = (change: object = {}) =>
  rightsFunctions({
    LAMBDA_TASK_ROOT: folder,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: stores.url,
    AWS_ENDPOINT_URL_STATES: states.url,
    CONVERSATIONS_TABLE_ARN: table('content'),
    BRANCH_KEYS_TABLE_ARN: table('keys'),
    KEY_REQUESTS_TABLE_ARN: table('key-requests'),
    SUSPENSIONS_TABLE_ARN: table('suspensions'),
    RECORD_LINKS_TABLE_ARN: table('record-links'),
    KEY_SETS_TABLE_ARN: table('key-sets'),
    USAGE_TABLE_ARN: table('usage'),
    WORKSPACE_KEY_ARN: aws.keyArn('sciences'),
    STATE_MACHINE_ARN: MACHINE,
    RETENTION_DAYS: '30',
    EVIDENCE_BUCKET: 'evidence',
    FILES_BUCKET: 'files',
    USER_POOL_ID: 'eu-central-1_AbCdEf123',
    USER_POOL_CLIENT_ID: '1example23456789',
    ...change,
  });

/** An erasure of ada that another person requested. */
async function waiting(): Promise<Job> {
  const content = new ContentTable(aws.dynamodb(), 'content', () => new Date());
  const requested = newJob('erase', 'ada', 'root', new Date(), 'second-person', 'awaiting-confirmation');
  const job = { ...requested, notBefore: requested.at + rulesOf({}).erasureMs };
  await content.transact([new JobStore(content).insert(job), announced('ada', job)]);
  return job;
}

test('an operator sees and cancels a job, and the state machine begins for what follows', async () => {
  const { id } = await waiting();
  const confirm = functions().confirm();
  expect(await confirm({ job: id })).toMatchObject({ id, state: 'awaiting-confirmation' });
  expect(started).toEqual([]);
  expect(await confirm({ job: id, cancel: true })).toMatchObject({ state: 'called-off' });
  const input = JSON.stringify({ job: id });
  expect(started).toEqual([{ name: `${id}-called-off`, stateMachineArn: MACHINE, input }]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ event: 'operator-cancelled', job: id }]);
});

test('each actor runs the jobs whose next step is its own, and refuses another event', async () => {
  const { id } = await waiting();
  const all = functions();
  for (const name of ['witness', 'eraser', 'exporter', 'closer'] as const) {
    const run = all[name]();
    expect(await run({ job: id })).toMatchObject({ job: id, actor: 'eraser', notBefore: expect.any(String) });
    await expect(run({})).rejects.toThrow("the event must name a 'job'");
  }
  await all.confirm()({ job: id, cancel: true });
});

test('job recovery finds nothing to resume that was just requested', async () => {
  const { id } = await waiting();
  await functions().tend()({ source: 'aws.events' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ event: 'tended', open: 1, resumed: [] }]);
  await functions().confirm()({ job: id, cancel: true });
});

test('administrators are served only with a token', async () => {
  const chunks: string[] = [];
  const answer = new Writable({ write: (chunk, _, done) => done(void chunks.push(`${chunk}`)) });
  const event = {
    httpMethod: 'GET',
    path: '/admin/v1/rights/jobs',
    headers: {},
    multiValueHeaders: {},
    multiValueQueryStringParameters: null,
    requestContext: {},
    isBase64Encoded: false,
    body: null,
  };
  await (functions().admin() as unknown as (event: object, stream: Writable) => Promise<void>)(event, answer);
  expect(answer).toMatchObject({ metadata: { statusCode: 401 } });
  expect(JSON.parse(chunks.join(''))).toMatchObject({ error: { code: 'invalid_api_key' } });
});

test('a policy of another form is refused, with who reads it', () => {
  const other = mkdtempSync(path.join(folder, 'other-'));
  writeFileSync(path.join(other, 'policy.json'), JSON.stringify({ ...POLICY, more: 1 }));
  const all = functions({ LAMBDA_TASK_ROOT: other });
  expect(() => all.eraser()).toThrow("policy.json doesn't have the form that rights reads");
});

test('no function starts with a state machine outside the boundary, or without one', () => {
  const outside = 'arn:aws:states:us-east-1:111122223333:stateMachine:sciences';
  for (const STATE_MACHINE_ARN of [outside, undefined]) {
    const all = functions({ STATE_MACHINE_ARN, AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_STATES: undefined });
    expect(() => all.confirm()).toThrow();
    expect(() => all.tend()).toThrow();
  }
});
