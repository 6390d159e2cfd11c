import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Variables } from '@/lib/contract/environment';
import { BRANCH_KEY_TABLE, KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { localEndpoint } from '@/test/support/local-endpoint';
import { listen, type Server } from '../gateway/support/serve';
import { tokenAttacks } from '../workspace/identity/support/admin-attacks';
import { eventOf } from '../workspace/identity/support/event';
import { Forge } from '../workspace/identity/support/forge';
import { runFunction } from './support/run-function';

const POOL = 'eu-central-1_AbCdEf123';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const groups = { member: ['chat-users'], admin: ['chat-admins'], auditor: ['chat-auditors'] };
const identity = { groupsClaim: 'custom:groups', groups } as const;

const folder = mkdtempSync(path.join(tmpdir(), 'rights-'));
const aws = new LocalAws({
  file: path.join(folder, 'content.sqlite'),
  region: 'eu-central-1',
  tables: [
    { name: 'key-sets', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'sciences-content', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    { name: 'sciences-keys', ...BRANCH_KEY_TABLE },
    { name: 'sciences-key-requests', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'sciences-usage', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'sciences-record-links', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'suspensions', partitionKey: 'pk', sortKey: 'sk' },
  ],
  buckets: ['sciences-files', 'evidence'],
});
const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'aaaa', { issuer, clientId: '1example23456789', ...identity });

/** The requests to Step Functions. */
const started: { name: string; input: string; stateMachineArn: string }[] = [];
let stores: Server;
let states: Server;
beforeAll(async () => {
  stores = await localEndpoint(aws);
  states = await listen(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    if (incoming.headers['x-amz-target'] === 'AWSStepFunctions.StartExecution') started.push(JSON.parse(body));
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify({ executionArn: 'arn', startDate: 1, executions: [] }));
  });
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
  const keySet = { S: JSON.stringify({ issuer, keys: [jwk], readAt: new Date().toISOString() }) };
  const Item = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer }, keySet };
  await aws.dynamodb().send(new PutItemCommand({ TableName: 'key-sets', Item }));
});
// The functions may not write keys, and nothing here answers their requests.
beforeAll(async () => {
  const keyring = new BranchKeyring({
    workspace: 'sciences',
    table: { client: keyStoreClient(aws.dynamodb()), name: 'sciences-keys' },
    key: { client: aws.kms(), arn: aws.keyArn('sciences') },
  });
  for (const user of ['ada', 'eve']) await keyring.ensureKey(user);
});
afterAll(async () => {
  await stores.close();
  await states.close();
  aws.close();
  rmSync(folder, { recursive: true });
});
jest.setTimeout(60_000);

const POLICY = { boundary: 'eu', workspace: 'sciences', identity, corsOrigins: ['https://chat.example.eu'] };
const table = (name: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/${name}`;
const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:sciences';

const KEYS = {
  BRANCH_KEYS_TABLE_ARN: table('sciences-keys'),
  KEY_REQUESTS_TABLE_ARN: table('sciences-key-requests'),
};

/** The environment of each function in its stack. */
const LINKS = { RECORD_LINKS_TABLE_ARN: table('sciences-record-links') };

const ENVIRONMENTS: Readonly<Record<string, Variables & { readonly AWS_REGION?: string }>> = {
  admin: {
    STATE_MACHINE_ARN: MACHINE,
    USER_POOL_ID: POOL,
    USER_POOL_CLIENT_ID: '1example23456789',
    KEY_SETS_TABLE_ARN: table('key-sets'),
    SUSPENSIONS_TABLE_ARN: table('suspensions'),
  },
  tend: { STATE_MACHINE_ARN: MACHINE, AWS_REGION: 'eu-central-1' },
  confirm: { STATE_MACHINE_ARN: MACHINE, USER_POOL_ID: POOL, SUSPENSIONS_TABLE_ARN: table('suspensions') },
  witness: { ...KEYS, EVIDENCE_BUCKET: 'evidence' },
  eraser: {
    BRANCH_KEYS_TABLE_ARN: table('sciences-keys'),
    FILES_BUCKET: 'sciences-files',
    USAGE_TABLE_ARN: table('sciences-usage'),
    ...LINKS,
  },
  exporter: { ...KEYS, FILES_BUCKET: 'sciences-files', ...LINKS },
  closer: { EVIDENCE_BUCKET: 'evidence' },
};

/** Runs one of the deployed functions on events. */
const run = (name: string, ...events: object[]) =>
  runFunction(
    {
      folder,
      policy: POLICY,
      environment: {
        UPKEEP_FUNCTION: name,
        CONVERSATIONS_TABLE_ARN: table('sciences-content'),
        WORKSPACE_KEY_ARN: aws.keyArn('sciences'),
        RETENTION_DAYS: '365',
        AWS_ENDPOINT_URL: stores.url,
        AWS_ENDPOINT_URL_STATES: states.url,
        ...ENVIRONMENTS[name],
      },
    },
    events,
  );

const event = (role: string, httpMethod: string, of: string, body?: object, claims?: object) => ({
  httpMethod,
  path: `/admin/v1/rights${of}`,
  headers: {},
  multiValueHeaders: {
    'Content-Type': ['application/json'],
    Origin: ['https://chat.example.eu'],
    Authorization: [`Bearer ${forge.token({ claims: { 'custom:groups': `[chat-${role}]`, ...claims } })}`],
  },
  multiValueQueryStringParameters: null,
  requestContext: {},
  isBase64Encoded: false,
  body: body === undefined ? null : JSON.stringify(body),
});

beforeEach(() => {
  started.length = 0;
});

test('a user’s own request starts the state machine, and the functions complete the job', async () => {
  const { answers, log } = await run('admin', event('users', 'POST', '/own/erasures', undefined, { sub: 'ada' }));
  const { id, state } = JSON.parse(answers[0].body);
  expect([answers[0].statusCode, state]).toEqual([202, 'erasing']);
  expect(answers[0].headers['access-control-allow-origin']).toBe('https://chat.example.eu');
  expect(started).toEqual([
    { name: id, stateMachineArn: MACHINE, input: JSON.stringify({ job: id, actor: 'witness' }) },
  ]);
  expect(JSON.stringify(log)).not.toContain('Bearer');
  expect(log.filter((line) => line.event === 'rights-notice')).toEqual([]);
  expect((await run('witness', { job: id })).log.at(-1)).toMatchObject({ job: id, next: 'eraser' });
  expect((await run('eraser', { job: id })).log.at(-1)).toMatchObject({ job: id, notBefore: expect.any(String) });
  const told = await run('admin', event('admins', 'GET', `/jobs/${id}`));
  expect(JSON.parse(told.answers[0].body)).toMatchObject({ state: 'erased' });
});

test('an administrator’s request waits and is announced, and an operator only sees it', async () => {
  const { answers, log } = await run('admin', event('admins', 'POST', '/erasures', { user: 'bob' }));
  const { id, erases_from: from } = JSON.parse(answers[0].body);
  expect(started.map(({ input }) => JSON.parse(input))).toEqual([{ job: id, actor: 'eraser', notBefore: from }]);
  expect(log.filter((line) => line.event === 'rights-notice')).toMatchObject([
    { tenant: 'sciences', rightsNotices: 1 },
  ]);
  await expect(run('confirm', { job: id, confirm: false })).resolves.toMatchObject({ log: [] });
  await expect(run('confirm', { job: id, confirm: true })).rejects.toThrow('an erasure that waits for a second person');
  // A user without a role any more can still cancel.
  const mine = (method: string, of: string) => run('admin', event('strangers', method, of, undefined, { sub: 'bob' }));
  const statuses = [await mine('GET', '/own/jobs'), await mine('POST', '/own/erasures'), await mine('GET', '/jobs')];
  expect(statuses.map((one) => one.answers[0].statusCode)).toEqual([200, 403, 403]);
  const cancelled = await mine('DELETE', `/own/jobs/${id}`);
  expect(JSON.parse(cancelled.answers[0].body)).toMatchObject({ state: 'called-off', called_off_by: 'bob' });
});

test('every other user is refused, for any request', async () => {
  const { answers } = await run(
    'admin',
    event('users', 'POST', '/exports', { user: 'ada' }),
    event('auditors', 'GET', '/jobs'),
    { ...event('admins', 'GET', '/jobs'), multiValueHeaders: {} },
    event('admins', 'GET', '/../../../v1/conversations'),
  );
  expect(answers.map(({ statusCode }: { statusCode: number }) => statusCode)).toEqual([403, 403, 401, 404]);
  expect(started).toEqual([]);
});

test('every token attack is refused', async () => {
  const attacks = tokenAttacks('/admin/v1/rights/jobs').map(([name, make]) => ({ name, ...make(forge) }));
  const { answers, log } = await run('admin', ...attacks.map((attack) => eventOf(attack)));
  const refused = attacks.map(({ name, status }) => [name, status]);
  expect(attacks.map(({ name }, nth) => [name, answers[nth].statusCode])).toEqual(refused);
  const records = log.filter((line) => line.event === 'residency');
  expect(records).toHaveLength(attacks.length);
  expect(started).toEqual([]);
});

test('the exporter makes an export with the counts that the eraser reads, and job recovery has nothing to resume', async () => {
  const { answers } = await run('admin', event('admins', 'POST', '/exports', { user: 'eve' }));
  const { id } = JSON.parse(answers[0].body);
  expect((await run('exporter', { job: id })).log.at(-1)).toMatchObject({ next: 'eraser' });
  expect((await run('eraser', { job: id })).log.at(-1)).toMatchObject({ next: 'exporter' });
  expect((await run('exporter', { job: id })).log.at(-1)).toMatchObject({
    next: 'eraser',
    notBefore: expect.any(String),
  });
  expect((await run('tend', { source: 'aws.events' })).log.at(-1)).toMatchObject({ event: 'tended', resumed: [] });
});

test('the workspace deleter also starts as its stack configures', async () => {
  const { answers } = await run('admin', event('admins', 'POST', '/closures', { workspace: 'sciences', days: 7 }));
  const { id } = JSON.parse(answers[0].body);
  expect((await run('closer', { job: id })).log.at(-1)).toMatchObject({ job: id, next: 'eraser' });
});
