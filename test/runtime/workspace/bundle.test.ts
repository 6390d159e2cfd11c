import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BRANCH_KEY_TABLE, KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { monthOf } from '@/lib/runtime/gateway/limits/calendar-month';
import { DynamoDbMonths } from '@/lib/runtime/gateway/usage/dynamodb-months';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { localEndpoint } from '@/test/support/local-endpoint';
import { WORKSPACE } from '../gateway/support/policies';
import { ScriptedBedrock } from '../gateway/support/scripted-bedrock';
import type { Server } from '../gateway/support/serve';
import { SAMPLES } from './files/support/samples';
import { Forge, MEMBER } from './identity/support/forge';
import { runWorkspace } from './identity/support/run-workspace';

const POOL = 'eu-central-1_AbCdEf123';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const groups = { member: ['chat-users'], admin: ['chat-admins'], auditor: ['chat-auditors'] };
const POLICY = { issuer, clientId: '1example23456789', groupsClaim: 'custom:groups', groups } as const;
const DEPLOYED = { ...WORKSPACE, identity: { groupsClaim: POLICY.groupsClaim, groups } };

const folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
const file = path.join(folder, 'content.sqlite');
const aws = new LocalAws({
  file,
  region: 'eu-central-1',
  tables: [
    { name: 'key-sets', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'sciences-content', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    { name: 'sciences-keys', ...BRANCH_KEY_TABLE },
    { name: 'sciences-usage', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    // For the test of groups, which counts every member.
    { name: 'sciences-groups', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    { name: 'sciences-job-queue', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    { name: 'sciences-record-links', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
  ],
  buckets: ['sciences-files'],
});
const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'aaaa', POLICY);
let endpoint: Server;
beforeAll(async () => {
  endpoint = await localEndpoint(aws);
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
  const keySet = { S: JSON.stringify({ issuer, keys: [jwk], readAt: new Date().toISOString() }) };
  const Item = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer }, keySet };
  await aws.dynamodb().send(new PutItemCommand({ TableName: 'key-sets', Item }));
});
// The handler may not write keys, and nothing here answers its requests.
beforeAll(() =>
  new BranchKeyring({
    workspace: 'sciences',
    table: { client: keyStoreClient(aws.dynamodb()), name: 'sciences-keys' },
    key: { client: aws.kms(), arn: aws.keyArn('sciences') },
  }).ensureKey(MEMBER),
);
afterAll(async () => {
  await endpoint.close();
  aws.close();
  rmSync(folder, { recursive: true });
});
jest.setTimeout(60_000);

const event = (httpMethod: string, resource: string, body?: object, query: Record<string, string[]> | null = null) => ({
  httpMethod,
  path: resource,
  headers: {},
  multiValueHeaders: {
    'Content-Type': ['application/json'],
    Authorization: [`Bearer ${forge.token({ claims: {} })}`],
  },
  multiValueQueryStringParameters: query,
  requestContext: {},
  isBase64Encoded: false,
  body: body === undefined ? null : JSON.stringify(body),
});

/** A form in API Gateway's encoding: base64, because its bytes aren't text. */
const form = (resource: string, file: Buffer, name: string) => {
  const head = `--B0UNDARY\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nuser_data\r\n--B0UNDARY\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const sent = event('POST', resource);
  return {
    ...sent,
    multiValueHeaders: { ...sent.multiValueHeaders, 'Content-Type': ['multipart/form-data; boundary=B0UNDARY'] },
    isBase64Encoded: true,
    body: Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--B0UNDARY--\r\n')]).toString('base64'),
  };
};

const run = async (...events: object[]) => runWith(DEPLOYED, events);

const runWith = async (policy: object, events: object[], environment: Record<string, string> = {}) => {
  const { answers, log } = await runWorkspace(policy, events, {
    USER_POOL_ID: POOL,
    USER_POOL_CLIENT_ID: POLICY.clientId,
    KEY_SETS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/key-sets',
    SUSPENSIONS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/key-sets',
    WORKSPACE_KEY_ARN: aws.keyArn('sciences'),
    AWS_ENDPOINT_URL: endpoint.url,
    ...environment,
  });
  return {
    statuses: answers.map(({ statusCode }) => statusCode),
    bodies: answers.map(({ body }) => JSON.parse(body)),
    headers: answers.map(({ headers }) => headers),
    log,
  };
};

test('the deployed handler stores a conversation that another process reads, and its stores contain no plaintext', async () => {
  // Too long for a row, so the bucket stores a part of it.
  const texts = ['Grüß Gott, MITGLIED', 'LANG'.repeat(120_000)];
  const items = texts.map((content) => ({ role: 'user', content }));
  const made = await run(event('POST', '/v1/conversations', { items }));
  expect(made.statuses).toEqual([200]);
  const id = made.bodies[0].id;
  const one = { limit: ['1'], order: ['asc'] };
  const read = await run(
    event('GET', `/v1/conversations/${id}/items`),
    event('GET', `/v1/conversations/${id}/items`, undefined, one),
  );
  expect(read.statuses).toEqual([200, 200]);
  expect(read.bodies[1]).toMatchObject({ has_more: true, data: [{ content: [{ text: texts[0] }] }] });
  const found = read.bodies[0].data.map(({ content }: { content: { text: string }[] }) => content[0]?.text);
  expect(found.sort()).toEqual([...texts].sort());
  const kept = [file, `${file}-wal`].map((one) => readFileSync(one, 'latin1')).join('');
  expect(kept).toContain(id);
  expect(kept).not.toMatch(/MITGLIED|LANGLANG/);
  expect(JSON.stringify([...made.log, ...read.log])).not.toMatch(/MITGLIED|LANGLANG/);
});

test('the deployed handler accepts a file of up to 4 MiB unchanged, and another process finds it', async () => {
  const name = 'MITGLIED.pdf';
  const largest = Buffer.concat([
    Buffer.from('%PDF-1.4\n'),
    Buffer.alloc(4 * 2 ** 20 - 15, 0xe9),
    Buffer.from('%%EOF\n'),
  ]);
  const sent = await run(
    form('/v1/files', SAMPLES.png, 'LANGLANG.png'),
    form('/v1/files', largest, name),
    form('/v1/files', Buffer.concat([largest, Buffer.from('.')]), name),
    form('/v1/files', Buffer.alloc(4_500_000, 0x20), name),
  );
  expect(sent.statuses).toEqual([200, 200, 413, 413]);
  expect(sent.bodies.slice(2).map(({ error }) => error.code)).toEqual(['request_too_large', 'request_too_large']);
  const [{ id, bytes }, { id: large }] = sent.bodies;
  expect(bytes).toBe(SAMPLES.png.length);
  const read = await run(event('GET', `/v1/files/${large}`), event('GET', '/v1/files'));
  expect(read.bodies[0]).toMatchObject({ id: large, bytes: 4 * 2 ** 20, filename: name });
  expect(read.bodies[1].data.map((one: { id: string }) => one.id)).toEqual([large, id]);
  const kept = [file, `${file}-wal`].map((one) => readFileSync(one, 'latin1')).join('');
  expect(kept).not.toMatch(/MITGLIED|LANGLANG|%PDF-1\.4\n/);
  expect(JSON.stringify([...sent.log, ...read.log])).not.toMatch(/MITGLIED|LANGLANG/);
});

test('the deployed handler counts a member in the first reported group of their token, and says that auditors see members', async () => {
  const bedrock = await new ScriptedBedrock().start();
  bedrock.replies(() => ({
    json: {
      output: { message: { content: [{ text: 'x' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 10, outputTokens: 10 },
    },
  }));
  const perMember = { reason: 'agreed', approver: 'Ada', until: '2099-12-31' };
  const policy = { ...DEPLOYED, monitoring: { groups: ['chemistry', 'physics'], perMember } };
  const ask = event('POST', '/v1/chat/completions', {
    model: 'assistant',
    messages: [{ role: 'user', content: 'hi' }],
  });
  const claims = { [POLICY.groupsClaim]: '[chat-users, physics, chemistry]' };
  ask.multiValueHeaders.Authorization = [`Bearer ${forge.token({ claims })}`];
  const { statuses, headers } = await runWith(policy, [ask], {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    USAGE_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-groups',
  });
  await bedrock.stop();
  expect(statuses).toEqual([200]);
  expect(headers[0]).toMatchObject({ 'x-residency-monitoring': 'per-member; until=2099-12-31' });
  const months = new DynamoDbMonths({ client: aws.dynamodb(), name: 'sciences-groups' }, 'sciences');
  expect(await months.groups(monthOf(new Date()))).toMatchObject([{ group: 'chemistry', members: 1 }]);
});

test('the deployed worker answers what the handler queued, as the member, and sweeps; its log names no member and no content', async () => {
  const bedrock = await new ScriptedBedrock().start();
  bedrock.replies(() => ({
    json: {
      output: { message: { content: [{ text: 'MITGLIED' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 10, outputTokens: 10 },
    },
  }));
  const environment = {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    JOB_QUEUE_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-job-queue',
    JOBS_PER_MEMBER: '2',
  };
  const asked = event('POST', '/v1/responses', { model: 'assistant', input: 'LANGLANG', background: true });
  const sent = await runWith(DEPLOYED, [asked], environment);
  expect([sent.statuses, sent.bodies[0].status]).toEqual([[200], 'queued']);
  const { id } = sent.bodies[0];
  const queued = { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: id }, sk: { S: MEMBER } } } };
  const worked = await runWith(DEPLOYED, [{ jobs: { Records: [queued, queued] } }, { jobs: {} }], environment);
  const read = await run(event('GET', `/v1/responses/${id}`));
  await bedrock.stop();
  expect(read.bodies[0]).toMatchObject({ status: 'completed', background: true });
  expect(read.bodies[0].output[0].content[0].text).toBe('MITGLIED');
  expect(bedrock.calls).toHaveLength(1);
  const log = JSON.stringify([...sent.log, ...worked.log]);
  expect(log).not.toMatch(/MITGLIED|LANGLANG/);
  expect(log).not.toContain(MEMBER);
  expect(worked.log).toContainEqual(expect.objectContaining({ event: 'job', kind: 'response', end: 'answered' }));
});
