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

test('the first sign-in of a provider’s user is when the pool created them', async () => {
  cognito.add('Organisation_ada', 'sub-of-ada', [], 'chat-users');
  const { firstSignIn } = deployedRoles(policyOf('custom:groups'), environment());
  expect(await firstSignIn?.('sub-of-ada')).toEqual(expect.any(Number));
  expect(await firstSignIn?.('sub-of-eve')).toBeUndefined();
  const { length } = cognito.calls;
  expect(await firstSignIn?.('x" or "')).toBeUndefined();
  expect(cognito.calls).toHaveLength(length);
});

test('the pool isn’t asked about its own users, whose roles are recorded', () => {
  expect(deployedRoles(policyOf('cognito:groups'), environment())).not.toHaveProperty('firstSignIn');
});

test('a table outside the boundary is refused', () => {
  const SUSPENSIONS_TABLE_ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/suspensions';
  expect(() => deployedRoles(policyOf('cognito:groups'), { ...environment(), SUSPENSIONS_TABLE_ARN })).toThrow();
});
