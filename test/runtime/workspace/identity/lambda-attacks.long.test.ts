import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { DynamoDbSuspensionLedger } from '@/lib/runtime/members/suspension-ledger';
import type { TokenPolicy } from '@/lib/runtime/workspace/identity/token-policy';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import { LocalTable } from '@/test/support/local-table';
import { ATTACKS, type Attack } from './support/attacks';
import { eventOf } from './support/event';
import { Forge } from './support/forge';
import { runWorkspace } from './support/run-workspace';

const POOL = 'eu-central-1_AbCdEf123';
const POLICY: TokenPolicy = {
  issuer: `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`,
  clientId: '1example23456789',
  groupsClaim: 'custom:groups',
  groups: { member: ['chat-users', 'urn:mace:example.org:chat'], admin: ['chat-admins'], auditor: ['chat-auditors'] },
};
const { groupsClaim, groups } = POLICY;
const DEPLOYED = { ...WORKSPACE, identity: { groupsClaim, groups }, corsOrigins: ['https://chat.example.eu'] };

const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'aaaa+bbbb=', POLICY);
const table = new LocalTable();
jest.setTimeout(60_000);

const environment = (over: Record<string, string> = {}) => ({
  USER_POOL_ID: POOL,
  USER_POOL_CLIENT_ID: POLICY.clientId,
  KEY_SETS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  SUSPENSIONS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  // Every request for content first checks whether the member has been erased.
  CONVERSATIONS_TABLE_ARN: `arn:aws:dynamodb:eu-central-1:111122223333:table/${table.name}`,
  AWS_ENDPOINT_URL_DYNAMODB: table.url,
  ...over,
});

async function putKeySet(readAt: Date, issuer = POLICY.issuer) {
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
  const set = { issuer, keys: [jwk], readAt: readAt.toISOString() };
  await table.client.send(
    new PutItemCommand({
      TableName: table.name,
      Item: { pk: { S: KEY_SETS_PARTITION }, sk: { S: POLICY.issuer }, keySet: { S: JSON.stringify(set) } },
    }),
  );
}

const right = (claims = {}): Attack => ({
  headers: [['Authorization', `Bearer ${forge.token({ claims })}`]],
  status: 200,
});

beforeAll(async () => {
  await table.start();
  await putKeySet(new Date());
}, 60_000);
afterAll(() => table.stop());

describe('the deployed handler', () => {
  const names = Object.keys(ATTACKS);
  const attacks = names.map((name) => ATTACKS[name]?.(forge) as Attack);
  let answers: Awaited<ReturnType<typeof runWorkspace>>['answers'];
  let log: Awaited<ReturnType<typeof runWorkspace>>['log'];
  beforeAll(async () => {
    ({ answers, log } = await runWorkspace(DEPLOYED, [...attacks, right()].map(eventOf), environment()));
  }, 60_000);

  test('admits a valid token', () => expect(answers.at(-1)?.statusCode).toBe(200));

  test.each(names.map((name, index) => [name, index] as const))('refuses: %s', (_, index) => {
    const [attack, answer] = [attacks[index] as Attack, answers[index]];
    expect([answer?.statusCode, answer?.body]).toEqual([attack.status, answer?.body]);
    // The first attack has no token. Every refusal is the same, so it reveals nothing about a token.
    if (attack.status === 401) expect(answer?.body).toBe(answers[0]?.body);
  });

  test('records the tenant of verified users, no unverified claim, and no member', () => {
    const records = log.filter(({ event }) => event === 'residency');
    expect(records).toHaveLength(answers.length);
    for (const [index, { tenant, member }] of records.entries()) {
      const isIn = answers[index]?.statusCode !== 401;
      expect(tenant).toBe(isIn ? 'sciences' : 'unauthenticated');
      expect(member).toBeUndefined();
    }
  });
});

describe('a blocked member', () => {
  const ledger = new DynamoDbSuspensionLedger(table);
  const now = Math.floor(Date.now() / 1_000);
  const asked = async (claims: Record<string, unknown>) => {
    const { answers } = await runWorkspace(DEPLOYED, [eventOf(right(claims))], environment());
    return [answers[0]?.statusCode, JSON.parse(answers[0]?.body ?? '').error?.code];
  };

  test('is refused while disabled, despite a valid token', async () => {
    await ledger.setDisabled('disabled-one', true);
    expect(await asked({ sub: 'disabled-one' })).toEqual([403, 'member_disabled']);
    expect(await asked({ sub: 'another-one' })).toEqual([200, undefined]);
    await ledger.setDisabled('disabled-one', false);
    expect(await asked({ sub: 'disabled-one' })).toEqual([200, undefined]);
  });

  test.each<[string, Record<string, unknown>, unknown[]]>([
    ['with a token from before', { auth_time: now - 60 }, [401, 'invalid_api_key']],
    ['with one that was refreshed since', { auth_time: now - 60, iat: now }, [401, 'invalid_api_key']],
    ['with one that says nothing of a sign-in', { iat: now - 60 }, [401, 'invalid_api_key']],
    ['with one whose sign-in is no time', { auth_time: 'later' }, [401, 'invalid_api_key']],
    ['not after a new sign-in', { auth_time: now - 10 }, [200, undefined]],
  ])('is signed out: %s', async (_, claims, expected) => {
    await ledger.signOut('signed-out-one', new Date((now - 30) * 1_000));
    expect(await asked({ sub: 'signed-out-one', ...claims })).toEqual(expected);
  });

  test('can’t be recognised if the table can’t be read, so every request is refused', async () => {
    const nowhere = { SUSPENSIONS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/none' };
    const { answers } = await runWorkspace(DEPLOYED, [eventOf(right())], environment(nowhere));
    expect([answers[0]?.statusCode, JSON.parse(answers[0]?.body ?? '').error.code]).toEqual([
      503,
      'members_unavailable',
    ]);
  });
});

test('groups are recognised in every form in which a provider sends them', async () => {
  const given = [
    'chat-users',
    'staff,chat-users',
    '[staff, chat-users]',
    '["chat-users"]',
    'urn%3Amace%3Aexample.org%3Achat',
  ];
  const { answers } = await runWorkspace(
    DEPLOYED,
    given.map((groups) => eventOf(right({ [groupsClaim]: groups }))),
    environment(),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(given.map(() => 200));
});

test('pages of declared origins can read answers and refusals, other pages can’t', async () => {
  const asked = (origin: string, attack: Attack) =>
    eventOf({ ...attack, headers: [...(attack.headers ?? []), ['Origin', origin]] });
  const { answers } = await runWorkspace(
    DEPLOYED,
    [
      asked('https://chat.example.eu', right()),
      asked('https://chat.example.eu', { status: 401 }),
      asked('https://chat.example.eu.evil.example', right()),
      asked('null', right()),
    ],
    environment(),
  );
  const allowed = answers.map(({ headers }) => headers['access-control-allow-origin']);
  expect(allowed).toEqual(['https://chat.example.eu', 'https://chat.example.eu', undefined, undefined]);
  const readable = `${answers[0]?.headers['access-control-expose-headers']}`.split(', ');
  const ours = Object.keys(answers[0]?.headers ?? {}).filter((name) => /^x-(request|residency|ratelimit)/.test(name));
  const others = ['x-should-retry', 'x-residency-may-process', 'x-residency-accepted', 'retry-after', 'ai-disclosure'];
  expect(readable).toEqual(expect.arrayContaining([...ours, ...others]));
});

test.each<[string, Date, string]>([
  ['is older than a day', new Date(Date.now() - 90_000_000), POLICY.issuer],
  ["is another issuer's", new Date(), 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other'],
])('refuses every request when the key set %s, and gives the remedy', async (_, readAt, issuer) => {
  await putKeySet(readAt, issuer);
  const { answers } = await runWorkspace(DEPLOYED, [eventOf(right())], environment());
  await putKeySet(new Date());
  expect(answers[0]?.statusCode).toBe(503);
  expect(JSON.parse(answers[0]?.body ?? '').error).toMatchObject({
    code: 'keys_unavailable',
    message: expect.stringContaining('the log of the function that reads them every hour'),
  });
});

test.each<[string, unknown, Record<string, string>, string]>([
  ['no pool', DEPLOYED, { USER_POOL_ID: '' }, 'must be the id of a Cognito user pool'],
  ['a pool outside', DEPLOYED, { USER_POOL_ID: 'us-east-1_AbCdEf123' }, 'in a Region inside the EU'],
  ['a pool that is a host', DEPLOYED, { USER_POOL_ID: 'eu-central-1_x.evil.example/' }, 'must be the id of a Cognito'],
  ['no client', DEPLOYED, { USER_POOL_CLIENT_ID: '' }, "'KEY_SETS_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must be set"],
  ['no table of key sets', DEPLOYED, { KEY_SETS_TABLE_ARN: '' }, "'KEY_SETS_TABLE_ARN' and"],
  ['no table of who is kept out', DEPLOYED, { SUSPENSIONS_TABLE_ARN: '' }, "'SUSPENSIONS_TABLE_ARN' must be set"],
  ['a policy without groups', WORKSPACE, {}, "the policy's 'identity'"],
  [
    'a group without a name',
    { ...DEPLOYED, identity: { groupsClaim, groups: { ...groups, admin: [''] } } },
    {},
    'groups.admin',
  ],
])('does not start with %s', async (_, policy, over, message) => {
  await expect(runWorkspace(policy, [], environment(over))).rejects.toThrow(message);
});
