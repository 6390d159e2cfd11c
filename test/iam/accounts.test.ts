import { Stack } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { SharedAlerts } from '@/lib/constructs/alerts/shared-alerts';
import { evaluate, installEvaluator, type Request } from './evaluator/evaluator';
import { type Account, accountOf, type NamedPolicy } from './support/account';
import { type Deployed, withMistake } from './support/deployed';
import { entrancesOf } from './support/entrances';
import type { Json } from './support/physical';
import { synthesizeText, VARIANTS } from './support/variants';

jest.setTimeout(120_000);
beforeAll(installEvaluator);

const TENANT = '111122223333';
const PLATFORM = '444455556666';
const REGION = 'eu-central-1';

/** The platform team's account: a topic for the alarms of tenants. */
function platform(): Account {
  const app = new App();
  const stack = new Stack(app, 'platform', { env: { account: PLATFORM, region: REGION } });
  const boundary = ResidencyBoundary.eu();
  new SharedAlerts(stack, 'Alerts', {
    boundary,
    addresses: ['security@example.eu'],
    deployments: [{ accountId: TENANT, name: 'exemple' }],
  });
  const [{ template }] = app.synth().stacks as unknown as [{ readonly template: Json }];
  return accountOf([{ name: 'platform', region: REGION, account: PLATFORM, partition: 'aws', template }]);
}

/** A tenant's account, whose alarms and trail are shared. */
const tenantText = () =>
  VARIANTS.sample().replace(
    /^alerts: .*$/m,
    `alerts: { topic: "arn:aws:sns:${REGION}:${PLATFORM}:alerts" }\ntrail: { organization: "arn:aws:cloudtrail:${REGION}:${PLATFORM}:trail/organisation" }\nperimeter: { organization: o-exampleorgid }`,
  );

const everything: NamedPolicy = {
  name: 'everything',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  kms: ['Decrypt', 'ReEncryptFrom', 'GenerateDataKey', 'CreateGrant', 'PutKeyPolicy'],
  dynamodb: ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'PutResourcePolicy'],
  s3: ['GetObject', 'GetObjectVersion', 'PutBucketPolicy'],
  secretsmanager: ['GetSecretValue'],
};

/** Each way to content on each key, table, bucket and secret of an account. */
const waysTo = ({ resourcePolicies, keysOf }: Account) =>
  [...new Set([...resourcePolicies.keys(), ...keysOf.keys(), ...keysOf.values()])].flatMap((arn) => {
    const service = arn.split(':')[2] ?? '';
    return (ACTIONS[service] ?? []).map((action) => ({
      action: `${service}:${action}`,
      on: service === 's3' && action.startsWith('Get') ? `${arn}/content/x` : arn,
      arn,
    }));
  });

/** The calls on a tenant that any principal of the platform account can make, whatever IAM permits it there. */
function reached({ account, stacks }: Pick<Deployed, 'account' | 'stacks'>): string[] {
  const entrances = entrancesOf(stacks).flatMap(({ arn, actions, policy }) =>
    actions.map((action) => ({ action, on: arn, policy })),
  );
  const content = waysTo(account).map(({ arn, ...way }) => ({ ...way, policy: account.resourcePolicies.get(arn) }));
  const ways = [...content, ...entrances];
  const policies: Record<string, Json> = { everything: everything.policy };
  for (const { policy } of ways) if (policy !== undefined) policies[policy.name] = policy.policy;
  const tried = ways.flatMap((way) => PRINCIPALS.map((principal) => ({ ...way, principal })));
  const requests = tried.map(
    ({ action, on, policy, principal }): Request => ({
      principal,
      account: TENANT,
      action,
      resource: on,
      context: { 'aws:PrincipalArn': principal, 'aws:PrincipalAccount': PLATFORM, 'aws:SecureTransport': 'true' },
      identity: ['everything'],
      ...(policy && { resourcePolicy: policy.name }),
    }),
  );
  return evaluate(policies, requests).flatMap(({ result, error }, index) => {
    const { principal, action, on } = tried[index] as (typeof tried)[number];
    if (error !== undefined) throw new Error(`${action} ${on}: ${error}`);
    return result === 'Allowed' ? [`${principal} ${action} ${on}`] : [];
  });
}

const { stacks, declared } = synthesizeText(tenantText());
const tenant = { stacks, declared, account: accountOf(stacks), calls: [] };
const roles = platform().roles.map(({ arn }) => arn);
const PRINCIPALS = [
  ...roles,
  `arn:aws:iam::${PLATFORM}:role/Administrator`,
  `arn:aws:iam::${PLATFORM}:user/ada`,
  `arn:aws:iam::${PLATFORM}:role/cdk-hnb659fds-cfn-exec-role-${PLATFORM}-${REGION}`,
];

test("the account of a tenant has no topic of its own, and no trail but that of the perimeter's watch", () => {
  const having = (type: string) =>
    stacks.flatMap(({ name, template }) =>
      Object.values<Json>(template.Resources).some(({ Type }) => Type === type) ? [name] : [],
    );
  expect(having('AWS::CloudTrail::Trail')).toEqual(['exemple-perimeter-watch']);
  expect(having('AWS::SNS::Topic')).toEqual([]);
});

test('no principal of the platform account reads or enters anything of a tenant, whatever IAM permits it there', () => {
  const actions = [
    ...waysTo(tenant.account).map(({ action }) => action),
    ...entrancesOf(stacks).flatMap((one) => one.actions),
  ];
  const times = (action: string) => actions.filter((one) => one === action).length;
  expect(times('kms:Decrypt')).toBeGreaterThan(4);
  expect(times('dynamodb:GetItem')).toBeGreaterThan(1);
  expect(times('sts:AssumeRole')).toBe(tenant.account.roles.length);
  expect(times('lambda:InvokeFunction')).toBe(tenant.account.functions.length);
  expect(times('execute-api:Invoke')).toBeGreaterThan(1);
  expect(roles.length).toBeGreaterThan(0);
  expect(reached(tenant)).toEqual([]);
});

const ROOT = { AWS: `arn:aws:iam::${PLATFORM}:root` };

test.each<[string, string, string, (resource: Json, template: Json, id: string) => void]>([
  [
    'a key policy that lets the platform account decrypt',
    'sciences/Workspace/Key/Resource',
    'kms:Decrypt arn:aws:kms:',
    ({ Properties }) =>
      Properties.KeyPolicy.Statement.push({ Effect: 'Allow', Action: 'kms:Decrypt', Principal: ROOT, Resource: '*' }),
  ],
  [
    'a role that trusts the platform account',
    'sciences/Workspace/Gateway/Gateway/Role/Resource',
    'sts:AssumeRole arn:aws:iam::',
    ({ Properties }) =>
      Properties.AssumeRolePolicyDocument.Statement.push({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: ROOT,
      }),
  ],
  [
    'a function that the platform account may invoke',
    'Ledger/Close/Function/Resource',
    'lambda:InvokeFunction arn:aws:lambda:',
    (_, template, id) => {
      template.Resources.Planted = {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': [id, 'Arn'] },
          Principal: PLATFORM,
        },
      };
    },
  ],
  [
    'an API that the platform account may call',
    'sciences/Workspace/Gateway/Front/Api/Resource',
    'execute-api:Invoke arn:aws:execute-api:',
    ({ Properties }) => {
      Properties.Policy = {
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Principal: ROOT, Resource: '*' }],
      };
    },
  ],
])('%s would be found', (_, path, expected, plant) => {
  const found = reached(withMistake(tenant, path, plant));
  expect(found).toEqual(PRINCIPALS.map((principal) => expect.stringMatching(new RegExp(`^${principal} ${expected}`))));
});

test("no denial of the tenant's evidence excepts the trail of the organization, which never writes there", () => {
  expect(JSON.stringify([...tenant.account.resourcePolicies.values()])).not.toContain(PLATFORM);
});

test("a role of the tenant's account can publish to the shared topic, and its key lets it through SNS only", () => {
  const { resourcePolicies } = platform();
  const [[key, policy] = ['', undefined]] = [...resourcePolicies].filter(([arn]) => arn.includes(':kms:'));
  const publisher = tenant.account.roles.find(({ path }) => path.endsWith('Alerts/Publisher'));
  if (policy === undefined || publisher === undefined) throw new Error('the key or the role is missing');
  const policies = Object.fromEntries([policy, ...publisher.policies].map((one) => [one.name, one.policy]));
  const via = (service: string): Request => ({
    principal: publisher.arn,
    account: PLATFORM,
    action: 'kms:GenerateDataKey',
    resource: key,
    context: {
      'aws:PrincipalArn': publisher.arn,
      'aws:PrincipalAccount': TENANT,
      'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
    },
    identity: publisher.policies.map(({ name }) => name),
    resourcePolicy: policy.name,
  });
  expect(evaluate(policies, [via('sns'), via('s3')]).map(({ result }) => result)).toEqual([
    'Allowed',
    'ImplicitlyDenied',
  ]);
});
