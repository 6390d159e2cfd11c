import { dynamodbEndpointPolicy, kmsEndpointPolicy, s3EndpointPolicy } from '@/lib/perimeter/endpoint-policies';

const account = '111122223333';
const POLICIES = {
  s3: s3EndpointPolicy,
  dynamodb: dynamodbEndpointPolicy,
  kms: kmsEndpointPolicy,
};
const services = Object.entries(POLICIES);
const frankfurt = { partition: 'aws', account, region: 'eu-central-1' };
const brandenburg = { partition: 'aws-eusc', account, region: 'eusc-de-east-1' };

describe.each(services)('the policy of the %s endpoint', (service, policy) => {
  test("admits only the account's principals", () => {
    for (const statement of policy(frankfurt).Statement) {
      expect(statement.Condition?.StringEquals?.['aws:PrincipalAccount']).toBe(account);
    }
  });

  test("covers only the account's resources", () => {
    for (const { Resource, Condition } of policy(frankfurt).Statement) {
      const named = Resource.every((arn) => arn.split(':')[4] === account);
      expect(named || Condition?.StringEquals?.['aws:ResourceAccount'] === account).toBe(true);
    }
  });

  test('allows named actions of its own service', () => {
    for (const { Action } of policy(frankfurt).Statement) {
      for (const action of Action) expect(action).toMatch(new RegExp(`^${service}:[A-Z]`));
    }
  });

  test('names its own partition', () => {
    const arns = policy(brandenburg).Statement.flatMap(({ Resource }) => Resource);
    expect(arns.filter((arn) => !arn.startsWith('arn:aws-eusc:'))).toEqual([]);
  });
});

test.each(services.filter(([service]) => service !== 's3'))(
  'the policy of the %s endpoint covers only its own Region',
  (_, policy) => {
    const regions = policy(frankfurt).Statement.flatMap(({ Resource }) => Resource.map((arn) => arn.split(':')[3]));
    expect(new Set(regions)).toEqual(new Set(['eu-central-1']));
  },
);

test("the policy of the kms endpoint doesn't allow key management", () => {
  const actions = kmsEndpointPolicy(frankfurt).Statement.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /Put|Schedule|Disable|CreateGrant|Replicate/.test(action))).toEqual([]);
});
