import { Stack } from 'aws-cdk-lib';
import { App } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { SharedAlerts } from '@/lib/constructs/alerts/shared-alerts';
import { evaluate, installEvaluator, type Request } from './evaluator/evaluator';
import { type Account, accountOf, type NamedPolicy } from './support/account';
import { withMistake } from './support/deployed';
import { type Entry, entriesOf } from './support/entries';
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

/** The calls that any principal of the platform account can make, whatever IAM permits it there. */
function reached(tenant: Account, principals: readonly string[]): string[] {
  return open(
    principals,
    waysTo(tenant).map(({ arn, ...way }) => ({ ...way, policy: tenant.resourcePolicies.get(arn) })),
  );
}

type Way = Pick<Entry, 'action' | 'on'> & { readonly policy?: NamedPolicy | undefined };

function open(principals: readonly string[], ways: readonly Way[]): string[] {
  const policies: Record<string, Json> = { everything: everything.policy };
  const tried = ways.flatMap((way) => principals.map((principal) => ({ ...way, principal })));
  const requests = tried.map(({ action, on, policy, principal }): Request => {
    if (policy !== undefined) policies[policy.name] = policy.policy;
    return {
      principal,
      account: TENANT,
      action,
      resource: on,
      context: { 'aws:PrincipalArn': principal, 'aws:PrincipalAccount': PLATFORM, 'aws:SecureTransport': 'true' },
      identity: ['everything'],
      ...(policy && { resourcePolicy: policy.name }),
    };
  });
  return evaluate(policies, requests).flatMap(({ result, error }, index) => {
    if (error !== undefined) throw new Error(error);
    const { principal, action, on } = tried[index] as (typeof tried)[number];
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

test('no principal of the platform account reads anything of a tenant, whatever IAM permits it there', () => {
  const ways = waysTo(tenant.account);
  expect(ways.filter(({ action }) => action === 'kms:Decrypt').length).toBeGreaterThan(4);
  expect(ways.filter(({ action }) => action === 'dynamodb:GetItem').length).toBeGreaterThan(1);
  expect(roles.length).toBeGreaterThan(0);
  expect(reached(tenant.account, PRINCIPALS)).toEqual([]);
});

test('no principal of the platform account assumes a role of a tenant, invokes a function or reads a log there', () => {
  const entries = entriesOf(stacks);
  for (const wanted of ['sts:AssumeRole', 'lambda:InvokeFunction', 'logs:GetLogEvents'])
    expect(entries.filter(({ action }) => action === wanted).length).toBeGreaterThan(10);
  expect(open(PRINCIPALS, entries)).toEqual([]);
});

test.each<[string, string, (resource: Json) => void, string]>([
  [
    'role that trusts',
    'Workspace/Gateway/Gateway/',
    ({ Type, Properties }) => {
      if (Type === 'AWS::IAM::Role')
        Properties.AssumeRolePolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` },
        });
    },
    'sts:AssumeRole',
  ],
  [
    'function that admits',
    'sciences/Workspace',
    ({ Type, Properties }) => {
      if (Type === 'AWS::Lambda::Permission') Object.assign(Properties, { Principal: PLATFORM, SourceArn: undefined });
    },
    'lambda:InvokeFunction',
  ],
])('a %s the platform account would be found', (_, path, plant, action) => {
  const found = open(PRINCIPALS, entriesOf(withMistake(tenant, path, plant).stacks));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => !one.includes(` ${action} `))).toEqual([]);
});

test('a key policy that lets the platform account decrypt would be found', () => {
  const broken = withMistake(tenant, 'sciences/Workspace/Key/Resource', ({ Properties }) =>
    Properties.KeyPolicy.Statement.push({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` },
      Resource: '*',
    }),
  );
  expect(reached(broken.account, PRINCIPALS)).toEqual(
    PRINCIPALS.map((principal) => expect.stringMatching(new RegExp(`^${principal} kms:Decrypt arn:aws:kms:`))),
  );
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
