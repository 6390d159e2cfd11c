import { EGRESS_ALIASES } from '@/lib/contract/egress';
import { evaluate, installEvaluator, type Request } from './evaluator/evaluator';
import type { NamedPolicy } from './support/account';
import { deployed } from './support/deployed';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

const ACCOUNT = '111122223333';
const { account } = deployed('egress');

const roleAt = (path: RegExp) => {
  const [role, ...others] = account.roles.filter((one) => path.test(one.path));
  if (role === undefined || others.length > 0) throw new Error(`${path}: one role was expected, got ${others.length}`);
  return role;
};
const WORKSPACE = roleAt(/sciences\/Workspace\/Gateway\/Gateway\/Role$/);
const WORKER = roleAt(/Background\/Worker\/Role$/);
const PROJECTS = roleAt(/Projects\/Gateway\/Gateway\/Role$/);
const EGRESS = roleAt(/Egress\/Role$/);
const WRITER = roleAt(/Egress\/Keys\/Writer$/);

const allowing = (name: string, Action: string): NamedPolicy => ({
  name,
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
});

/** A role that IAM permits everything, such as an administrator's. */
const ADMINISTRATOR = {
  arn: `arn:aws:iam::${ACCOUNT}:role/Administrator`,
  policies: [allowing('everything', '*')],
};

/** The role with which CloudFormation deploys, as CDK bootstraps it. */
const DEPLOYER = {
  ...ADMINISTRATOR,
  arn: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-eu-central-1`,
};

/** A gateway, or the function, after its role was given a permission that it shouldn't have. */
const planted = (role: { readonly arn: string; readonly policies: readonly NamedPolicy[] }, action: string) => ({
  arn: role.arn,
  policies: [...role.policies, allowing(`planted ${action}`, action)],
});

const endpointOf = (service: string): NamedPolicy => {
  const found = account.endpoints.get(`com.amazonaws.eu-central-1.${service}`);
  if (found === undefined) throw new Error(`there is no endpoint of ${service}`);
  return found;
};

interface Tried {
  readonly role: { readonly arn: string; readonly policies: readonly NamedPolicy[] };
  readonly action: string;
  readonly on: string;
  readonly endpoint?: NamedPolicy;
  readonly context?: Request['context'];
}

/** Which of these calls AWS allows. */
function allowed(tried: readonly Tried[]): boolean[] {
  const policies: Record<string, unknown> = {};
  const register = ({ name, policy }: NamedPolicy) => {
    policies[name] = policy;
    return name;
  };
  const requests = tried.map(({ role, action, on, endpoint, context = {} }): Request => {
    const resource = account.resourcePolicies.get(on.startsWith('arn:aws:s3:') ? (on.split('/')[0] ?? '') : on);
    return {
      principal: role.arn,
      account: ACCOUNT,
      action,
      resource: on,
      context: {
        'aws:PrincipalArn': role.arn,
        'aws:PrincipalAccount': ACCOUNT,
        ...context,
      },
      identity: role.policies.map(register),
      ...(resource && { resourcePolicy: register(resource) }),
      ...(endpoint && { endpoint: register(endpoint) }),
    };
  });
  return evaluate(policies, requests).map(({ result, error }) => {
    if (error !== undefined) throw new Error(error);
    return result === 'Allowed';
  });
}

const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:exemple-egress`;
const ALIASES = Object.values(EGRESS_ALIASES).map((alias) => `${FUNCTION}:${alias}`);
const INVOKED = [...ALIASES, FUNCTION, `${FUNCTION}:$LATEST`, `${FUNCTION}:1`, `${FUNCTION}-other`];
const invoked = (role: Tried['role'], endpoint?: NamedPolicy): string[] => {
  const can = allowed(
    INVOKED.map((on) => ({ role, action: 'lambda:InvokeFunction', on, ...(endpoint && { endpoint }) })),
  );
  return INVOKED.filter((_, nth) => can[nth]).map((arn) => arn.replace(FUNCTION, ''));
};

describe('calling the function', () => {
  test.each([
    ['a gateway of a workspace', WORKSPACE, ':workspaces'],
    ['a worker', WORKER, ':workspaces'],
    ['the gateway of projects', PROJECTS, ':projects'],
  ])('%s calls the alias of its kind of tenant, and no other and no version', (_, role, alias) => {
    expect(invoked(role, endpointOf('lambda'))).toEqual([alias]);
    expect(invoked(role)).toEqual([alias]);
  });

  test('through the network, a gateway that may call every function reaches the two aliases', () => {
    const role = planted(WORKSPACE, 'lambda:*');
    expect(invoked(role)).toHaveLength(INVOKED.length);
    expect(invoked(role, endpointOf('lambda'))).toEqual([':projects', ':workspaces']);
  });

  test("a role outside the deployment can't use its endpoint, and the function itself may call nothing", () => {
    expect(invoked(ADMINISTRATOR, endpointOf('lambda'))).toEqual([]);
    expect(invoked(EGRESS)).toEqual([]);
    expect(invoked(WRITER)).toEqual([]);
  });
});

describe('the keys of providers', () => {
  const SECRETS = [...account.keysOf.keys()].filter((arn) => arn.includes(':secretsmanager:'));
  const can = (role: Tried['role'], operation: string, endpoint?: NamedPolicy): boolean[] =>
    allowed(SECRETS.map((on) => ({ role, action: `secretsmanager:${operation}`, on, ...(endpoint && { endpoint }) })));
  const ALL = SECRETS.map(() => true);
  const NONE = SECRETS.map(() => false);
  const GATEWAYS = [WORKSPACE, WORKER, PROJECTS];

  test('each provider has a secret', () => expect(SECRETS).toHaveLength(2));

  test('the function reads them through its endpoint, and writes none', () => {
    expect(can(EGRESS, 'GetSecretValue', endpointOf('secretsmanager'))).toEqual(ALL);
    for (const operation of ['PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'PutResourcePolicy']) {
      expect([operation, can(EGRESS, operation)]).toEqual([operation, NONE]);
    }
    for (const operation of ['PutSecretValue', 'UpdateSecret']) {
      expect([operation, can(planted(EGRESS, 'secretsmanager:*'), operation)]).toEqual([operation, NONE]);
    }
  });

  test('the writer sets them, and reads none', () => {
    expect(can(WRITER, 'PutSecretValue')).toEqual(ALL);
    expect(can(WRITER, 'GetSecretValue')).toEqual(NONE);
    expect(can(planted(WRITER, 'secretsmanager:*'), 'GetSecretValue')).toEqual(NONE);
  });

  test('no gateway reads one, even with the permission, and no administrator', () => {
    for (const role of [...GATEWAYS, ...GATEWAYS.map((one) => planted(one, 'secretsmanager:*')), ADMINISTRATOR]) {
      expect([role.arn, can(role, 'GetSecretValue')]).toEqual([role.arn, NONE]);
    }
  });

  test("an administrator sets, copies and rotates none, and doesn't end a policy", () => {
    const operations = [
      'PutSecretValue',
      'PutResourcePolicy',
      'DeleteResourcePolicy',
      'UpdateSecret',
      'UpdateSecretVersionStage',
      'ReplicateSecretToRegions',
      'RotateSecret',
    ];
    for (const one of operations) expect([one, can(ADMINISTRATOR, one)]).toEqual([one, NONE]);
    // What they say of a secret shows no value.
    expect(can(ADMINISTRATOR, 'DescribeSecret')).toEqual(ALL);
  });

  test('the role that deploys changes the policies, and reads and sets none', () => {
    for (const one of ['UpdateSecret', 'PutResourcePolicy', 'DeleteResourcePolicy'])
      expect([one, can(DEPLOYER, one)]).toEqual([one, ALL]);
    for (const one of ['GetSecretValue', 'PutSecretValue']) expect([one, can(DEPLOYER, one)]).toEqual([one, NONE]);
  });

  test('without that role, a secret can still be deleted and created again', () => {
    expect(can(ADMINISTRATOR, 'DeleteSecret')).toEqual(ALL);
  });

  test('the endpoint passes only reading', () => {
    expect(can(planted(EGRESS, 'secretsmanager:*'), 'DescribeSecret', endpointOf('secretsmanager'))).toEqual(NONE);
  });
});

describe('the key of the secrets', () => {
  const [KEY = ''] = [...account.keysOf].filter(([of]) => of.includes(':secretsmanager:')).map(([, key]) => key);
  const VIA = { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' };
  const decrypts = (role: Tried['role'], context: Request['context']): boolean | undefined =>
    allowed([{ role, action: 'kms:Decrypt', on: KEY, context }])[0];

  test('the function and the writer use it, through Secrets Manager only', () => {
    for (const role of [EGRESS, WRITER]) {
      expect(decrypts(role, VIA)).toBe(true);
      expect(decrypts(role, {})).toBe(false);
      expect(decrypts(role, { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' })).toBe(false);
    }
  });

  test('no gateway uses it, even with the permission, and no administrator', () => {
    for (const role of [WORKSPACE, WORKER, PROJECTS]) {
      expect(decrypts(planted(role, 'kms:*'), VIA)).toBe(false);
    }
    expect(decrypts(ADMINISTRATOR, VIA)).toBe(false);
    expect(decrypts(ADMINISTRATOR, {})).toBe(false);
  });
});

test('the function has no way to the table of provider states, nor to content', () => {
  const ofGateways = [...account.resourcePolicies.keys()].flatMap((arn) =>
    /:dynamodb:.*:table\//.test(arn)
      ? ['dynamodb:GetItem', 'dynamodb:UpdateItem'].map((action) => ({ action, on: arn }))
      : arn.startsWith('arn:aws:s3:')
        ? ['s3:GetObject', 's3:PutObject'].map((action) => ({ action, on: `${arn}/sample` }))
        : [],
  );
  const tried = ofGateways.map((one) => ({ role: EGRESS, ...one }));
  expect(tried.length).toBeGreaterThan(10);
  expect(allowed(tried)).toEqual(tried.map(() => false));
});
