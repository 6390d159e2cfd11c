import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { LocalTable } from '@/test/support/local-table';
import { ADMIN_ATTACKS, ELSEWHERE } from '../workspace/identity/support/admin-attacks';
import { type Attack, as } from '../workspace/identity/support/attacks';
import { eventOf } from '../workspace/identity/support/event';
import { Forge } from '../workspace/identity/support/forge';
import { bundleOf, runBundle } from '../workspace/identity/support/run-workspace';
import { FakeCognito } from './support/fake-cognito';

const POOL = 'eu-central-1_AbCdEf123';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const identity = {
  groupsClaim: 'cognito:groups' as const,
  groups: { member: ['sciences-member'], admin: ['sciences-admin'], auditor: ['sciences-auditor'] },
};
const POLICY = {
  boundary: 'eu',
  workspace: 'sciences',
  identity,
  isShared: true,
  corsOrigins: ['https://chat.example.eu'],
};
const clientId = '1example23456789';

const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'aaaa', { issuer, clientId, ...identity });
const table = new LocalTable();
const cognito = new FakeCognito();
jest.setTimeout(60_000);

const environment = (over: Record<string, string> = {}) => ({
  USER_POOL_ID: POOL,
  USER_POOL_CLIENT_ID: clientId,
  KEY_SETS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  SUSPENSIONS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  RECORD_LINKS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  AWS_LAMBDA_LOG_GROUP_NAME: 'administration',
  REQUESTS_LOG_GROUP: 'gateway',
  RIGHTS_LOG_GROUP: 'rights',
  AWS_ENDPOINT_URL_DYNAMODB: table.url,
  AWS_ENDPOINT_URL_LOGS: cognito.url,
  AWS_ENDPOINT_URL_COGNITO_IDP: cognito.url,
  ...over,
});

beforeAll(async () => {
  await table.start();
  await cognito.start();
  cognito.add('root', '5f0c7f4e-2a5e-4c0b-9a55-0e3c5d0f1a11', ['sciences-admin']);
  cognito.add('olga', ELSEWHERE, ['office-member', 'office-admin']);
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
  const keySet = { S: JSON.stringify({ issuer, keys: [jwk], readAt: new Date().toISOString() }) };
  const Item = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer }, keySet };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
}, 60_000);
afterAll(async () => {
  cognito.stop();
  await table.stop();
});

const right = (attack: Partial<Attack> = {}): Attack => ({
  path: '/admin/v1/members',
  headers: [['Authorization', `Bearer ${as(forge, 'sciences-admin')}`]],
  status: 200,
  ...attack,
});

describe('the deployed administration', () => {
  const names = Object.keys(ADMIN_ATTACKS);
  const attacks = names.map((name) => ADMIN_ATTACKS[name]?.(forge) as Attack);
  let answers: Awaited<ReturnType<typeof runBundle>>['answers'];
  let log: Awaited<ReturnType<typeof runBundle>>['log'];
  beforeAll(async () => {
    ({ answers, log } = await runBundle('members', POLICY, [...attacks, right()].map(eventOf), environment()));
  }, 60_000);

  test('admits an administrator', () => {
    expect(answers.at(-1)?.statusCode).toBe(200);
    expect(JSON.parse(answers.at(-1)?.body ?? '').data).toMatchObject([{ name: 'root', roles: ['admin'] }]);
  });

  test.each(names.map((name, index) => [name, index] as const))('refuses: %s', (_, index) => {
    const [attack, answer] = [attacks[index] as Attack, answers[index]];
    expect([answer?.statusCode, answer?.body]).toEqual([attack.status, answer?.body]);
    if (attack.status === 401) expect(answer?.body).toBe(answers[0]?.body);
  });

  test("answers for another workspace's member as for an unknown user", () => {
    const bodies = new Set(
      answers
        .filter((_, index) => /^an admin would .*(a guessed id|another workspace's member)$/.test(names[index] ?? ''))
        .map(({ body }) => body),
    );
    expect(bodies.size).toBe(1);
  });

  test('changes nothing in the pool or the workspace after any attack', async () => {
    expect(cognito.calls.filter((call) => /^Admin(?!Get|List)/.test(call))).toEqual([]);
    const rows: unknown[] = [];
    for await (const { Items = [] } of paginateScan({ client: table.client }, { TableName: table.name }))
      rows.push(...Items);
    expect(rows).toHaveLength(1);
  });

  test('records each attempt, and no unverified claim', () => {
    const records = log.filter(({ event }) => event === 'residency');
    expect(records).toHaveLength(answers.length);
    expect(JSON.stringify(records)).not.toMatch(/mallory|sub-of-olga|office/);
    expect(records.at(-1)).toMatchObject({ tenant: 'sciences', act: 'member.list', outcome: 'answered' });
  });
});

test('pages of declared origins can read the answers', async () => {
  const from = (origin: string) => eventOf({ ...right(), headers: [...(right().headers ?? []), ['Origin', origin]] });
  const { answers } = await runBundle(
    'members',
    POLICY,
    [from('https://chat.example.eu'), from('https://evil.example')],
    environment(),
  );
  const allowed = answers.map(({ headers }) => headers['access-control-allow-origin']);
  expect(allowed).toEqual(['https://chat.example.eu', undefined]);
});

test.each<[string, unknown, Record<string, string>, string]>([
  ['no pool', POLICY, { USER_POOL_ID: '' }, 'must be the id of a Cognito user pool'],
  ['a pool outside', POLICY, { USER_POOL_ID: 'us-east-1_AbCdEf123' }, 'in a Region inside the EU'],
  [
    'no table of links, although it shows the use of single members',
    { ...POLICY, perMember: { reason: 'agreed', approver: 'Ada', until: '2099-12-31' } },
    { RECORD_LINKS_TABLE_ARN: '' },
    "'RECORD_LINKS_TABLE_ARN'",
  ],
  ['no table of who is kept out', POLICY, { SUSPENSIONS_TABLE_ARN: '' }, "'SUSPENSIONS_TABLE_ARN' must be set"],
  [
    'another endpoint',
    POLICY,
    { AWS_ENDPOINT_URL_COGNITO_IDP: 'https://evil.example' },
    'AWS_ENDPOINT_URL_COGNITO_IDP',
  ],
  [
    'a policy that does not say whether the pool is shared',
    { ...POLICY, isShared: undefined },
    {},
    "policy.json doesn't have the form",
  ],
])('the function does not start with %s', async (_, policy, over, message) => {
  await expect(runBundle('members', policy, [], environment(over))).rejects.toThrow(message);
});

test('the bundle of the administration contains no code that reads content', () => {
  const meta = path.join(__dirname, '../../../dist/meta/members.json');
  const inputs = Object.keys(JSON.parse(readFileSync(meta, 'utf8')).inputs);
  const content = /client-s3|client-kms|aws-crypto|runtime\/(rights|workspace\/(?!identity))|client-bedrock/;
  expect(inputs.filter((file) => content.test(file))).toEqual([]);
  expect(statSync(bundleOf('members')).size / 1_024).toBeLessThanOrEqual(520);
});
