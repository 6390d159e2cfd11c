import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { deployedMembers } from '@/lib/runtime/workspace/identity/deployed-members';
import { DynamoDbMemberships } from '@/lib/runtime/workspace/identity/dynamodb-memberships';
import { DynamoDbSuspensions } from '@/lib/runtime/workspace/identity/dynamodb-suspensions';
import { FakeAws } from '@/test/support/fake-aws';
import { Forge, MEMBER } from './support/forge';
import { NOW, through } from './support/through';

const POOL = 'eu-central-1_AbCdEf123';
const POLICY = {
  issuer: `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`,
  clientId: '1example23456789',
  groupsClaim: 'cognito:groups',
  groups: { member: ['chat'], admin: ['admins'], auditor: [] },
} as const;
const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'one', POLICY);
const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };

let aws: FakeAws;
let rows: Record<string, object | undefined>;
beforeEach(async () => {
  const keySet = { issuer: POLICY.issuer, keys: [jwk], readAt: NOW.toISOString() };
  rows = { sets: { keySet: { S: JSON.stringify(keySet) } } };
  aws = await new FakeAws().start();
  aws.answerers = [
    ({ action, body }) => {
      if (action !== 'GetItem') return undefined;
      const { TableName, Key } = JSON.parse(body);
      const row = rows[TableName];
      return { json: { Item: row && { ...Key, ...row } } };
    },
  ];
});
afterEach(() => aws.stop());

const arnOf = (table: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/${table}`;
const environment = () => {
  const { AWS_ENDPOINT_URL: url, ...credentials } = aws.environment();
  return {
    USER_POOL_ID: POOL,
    USER_POOL_CLIENT_ID: POLICY.clientId,
    KEY_SETS_TABLE_ARN: arnOf('sets'),
    SUSPENSIONS_TABLE_ARN: arnOf('suspensions'),
    ...credentials,
    AWS_ENDPOINT_URL_DYNAMODB: url,
  };
};
const members = (over: object = {}) => deployedMembers(ResidencyBoundary.eu(), POLICY, { ...environment(), ...over });
const asked = { authorization: `Bearer ${forge.token()}` };

test('a deployed workspace reads its key set and the suspension of a member, as they are now', async () => {
  expect(await through(members(), asked)).toMatchObject({ served: true, member: { id: MEMBER, role: 'member' } });
  expect(aws.calls.map(({ action, body }) => [action, JSON.parse(body)])).toEqual([
    ['GetItem', { TableName: 'sets', Key: { pk: { S: 'key-set' }, sk: { S: POLICY.issuer } }, ConsistentRead: true }],
    ['GetItem', { TableName: 'suspensions', Key: { pk: { S: 'member' }, sk: { S: MEMBER } }, ConsistentRead: true }],
  ]);
});

test.each<[string, object | undefined, number | undefined]>([
  ['no row', undefined, undefined],
  ['a row without a suspension', {}, undefined],
  ['one who was enabled again', { disabled: { BOOL: false } }, undefined],
  ['one who is disabled', { disabled: { BOOL: true } }, 403],
  ['one who was signed out', { signedOutAt: { N: `${NOW.getTime() / 1_000 + 60}` } }, 401],
  ['one who has signed in since', { signedOutAt: { N: `${NOW.getTime() / 1_000 - 60}` } }, undefined],
])('of %s', async (_, row, status) => {
  rows.suspensions = row;
  expect((await through(members(), asked)).refusal?.status).toBe(status);
});

test('a workspace without a key set refuses every token for now', async () => {
  rows.sets = undefined;
  expect((await through(members(), asked)).refusal?.code).toBe('keys_unavailable');
});

test.each<[string, object | undefined]>([
  ['its row', undefined],
  ['what the row holds', {}],
])('a workspace no longer uses a key set when %s was removed', async (_, row) => {
  const middleware = members();
  expect((await through(middleware, asked)).served).toBe(true);
  rows.sets = row;
  const later = { ...asked, time: new Date(NOW.getTime() + 300_000) };
  expect((await through(middleware, later)).refusal?.code).toBe('keys_unavailable');
});

test('the role of a path can be another than that of content', async () => {
  const middleware = deployedMembers(ResidencyBoundary.eu(), POLICY, environment(), { roleFor: () => 'admin' });
  expect((await through(middleware, asked)).refusal?.code).toBe('role_refused');
});

test.each<[string, object, typeof POLICY?]>([
  ['no client', { USER_POOL_CLIENT_ID: '' }],
  ['no variable of the client', { USER_POOL_CLIENT_ID: undefined }],
  ['no table of key sets', { KEY_SETS_TABLE_ARN: undefined }],
  ['no table of suspensions', { SUSPENSIONS_TABLE_ARN: undefined }],
])('does not start with %s', (_, over) => {
  expect(() => members(over)).toThrow(
    "the gateway doesn't start, because members are let in by tokens of their user pool only: the policy's 'identity', " +
      "'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'KEY_SETS_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must be set; deploy it again",
  );
});

test('does not start without groups, or without a pool', () => {
  expect(() => deployedMembers(ResidencyBoundary.eu(), undefined, environment())).toThrow("the gateway doesn't start");
  expect(() => members({ USER_POOL_ID: undefined })).toThrow('must be the id of a Cognito user pool');
});

test.each([{}, { M: {} }])(
  'the record of roles is read as it is now, and the incomplete %j gives no role',
  async (row) => {
    const Item = {
      admin: { M: { at: { N: '7' } } },
      member: row,
      auditor: { M: { at: { N: '8' }, current: { BOOL: true } } },
    };
    const send = jest.fn(async (_: { input: object }) => ({ Item }));
    const memberships = new DynamoDbMemberships({ name: 'suspensions', client: { send } as never });
    expect(await memberships.of('ada')).toEqual({
      roles: {
        member: { at: Number.NaN, isCurrent: false },
        admin: { at: 7, isCurrent: false },
        auditor: { at: 8, isCurrent: true },
      },
      givers: [],
    });
    const Key = { pk: { S: 'membership' }, sk: { S: 'ada' } };
    expect(send.mock.calls[0]?.[0].input).toEqual({ TableName: 'suspensions', Key, ConsistentRead: true });
  },
);

test('a row without a sign-out has none', async () => {
  const send = async () => ({ Item: { disabled: { BOOL: true } } });
  const suspensions = new DynamoDbSuspensions({ name: 'suspensions', client: { send } as never });
  expect(await suspensions.of('ada')).toStrictEqual({ disabled: true });
});
