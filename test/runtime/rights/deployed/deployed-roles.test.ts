import type { RightsPolicy } from '@/lib/contract/policies/rights-policy';
import { deployedRoles } from '@/lib/runtime/rights/deployed/deployed-roles';
import { FakeCognito } from '../../members/support/fake-cognito';

const groups = { member: ['chat-users'], admin: ['chat-admins'], auditor: [] };
const policyOf = (groupsClaim: RightsPolicy['identity']['groupsClaim']): RightsPolicy => ({
  boundary: 'eu',
  workspace: 'sciences',
  identity: { groupsClaim, groups },
  corsOrigins: [],
});

let cognito: FakeCognito;
beforeAll(async () => {
  cognito = await new FakeCognito().start();
});
afterAll(() => cognito.stop());

const environment = () => ({
  SUSPENSIONS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/suspensions',
  USER_POOL_ID: 'eu-central-1_AbCdEf123',
  AWS_ENDPOINT_URL_COGNITO_IDP: cognito.url,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
  AWS_ACCESS_KEY_ID: 'AKIDTEST',
  AWS_SECRET_ACCESS_KEY: 'test',
});

test('an unrecorded role of a provider’s user counts from their first sign-in, if they hold it now', async () => {
  cognito.add('Organisation_ada', 'sub-of-ada', ['chat-admins'], 'chat-users');
  const { unrecorded } = deployedRoles(policyOf('custom:groups'), environment());
  expect(await unrecorded({ id: 'sub-of-ada', role: 'member' })).toBe(1_795_000_000_000);
  expect(await unrecorded({ id: 'sub-of-ada', role: 'admin' })).toBeUndefined();
  expect(await unrecorded({ id: 'sub-of-eve', role: 'member' })).toBeUndefined();
  const { length } = cognito.calls;
  expect(await unrecorded({ id: 'x" or "', role: 'member' })).toBeUndefined();
  expect(cognito.calls).toHaveLength(length);
});

test('an unrecorded role of the pool’s own user counts since the user exists, if they are in its group now', async () => {
  const bob = cognito.add('bob', 'sub-of-bob', ['other-admins', 'chat-admins'], 'chat-users');
  const { unrecorded } = deployedRoles(policyOf('cognito:groups'), environment());
  expect(await unrecorded({ id: 'sub-of-bob', role: 'admin' })).toBe(1_795_000_000_000);
  expect(await unrecorded({ id: 'sub-of-bob', role: 'member' })).toBeUndefined();
  expect(await unrecorded({ id: 'sub-of-bob', role: 'auditor' })).toBeUndefined();
  bob.groups.delete('chat-admins');
  expect(await unrecorded({ id: 'sub-of-bob', role: 'admin' })).toBeUndefined();
  expect(await unrecorded({ id: 'sub-of-eve', role: 'admin' })).toBeUndefined();
});

test('a table outside the boundary is refused', () => {
  const SUSPENSIONS_TABLE_ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/suspensions';
  expect(() => deployedRoles(policyOf('cognito:groups'), { ...environment(), SUSPENSIONS_TABLE_ARN })).toThrow();
});

test('a pool of another form than an ID names no place, and is refused', () => {
  for (const change of [{ USER_POOL_ID: undefined }, { USER_POOL_ID: 'x' }, { SUSPENSIONS_TABLE_ARN: undefined }]) {
    expect(() => deployedRoles(policyOf('cognito:groups'), { ...environment(), ...change })).toThrow();
  }
});

test('only letters, digits and dashes are searched for, and only the user with exactly this sub is found', async () => {
  cognito.add('carl', 'sub-of-carl', ['chat-admins'], '');
  const { unrecorded } = deployedRoles(policyOf('cognito:groups'), environment());
  const { length } = cognito.calls;
  for (const id of ['x'.repeat(65), '', 'sub-of-carl" or "', 'sub of carl', '"sub-of-carl']) {
    expect(await unrecorded({ id, role: 'admin' })).toBeUndefined();
  }
  expect(cognito.calls).toHaveLength(length);
  expect(await unrecorded({ id: 'sub-of-carl', role: 'admin' })).toBe(1_795_000_000_000);
  expect(await unrecorded({ id: 'sub-of-car', role: 'admin' })).toBeUndefined();
});
