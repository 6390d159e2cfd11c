import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, type CfnResource } from 'aws-cdk-lib/core';
import { EGRESS_ALIASES } from '@/lib/contract/egress';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';
import { FEATURE_FLAGS, WITHOUT_TRACES } from '../support/feature-flags';

const { foundation, egress, workspaces, projects, ledger } = deploymentStacks(withEgress());
if (egress === undefined || projects === undefined || ledger === undefined) throw new Error('a stack is missing');
const [sciences, office] = workspaces as [(typeof workspaces)[number], (typeof workspaces)[number]];
const template = Template.fromStack(egress);
const all = (of: Template, type: string) => Object.entries(of.findResources(type));

/** The statements of all policies of a template that have an action. */
const statementsWith = (of: Template, action: string) =>
  all(of, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(({ Action }: { Action: string | string[] }) =>
      [Action].flat().includes(action),
    ),
  );
const invoked = (of: Template) =>
  statementsWith(of, 'lambda:InvokeFunction')
    .map(({ Resource }) => JSON.stringify(Resource))
    .filter((resource) => resource.includes('exemple-egress'));
const variables = (of: Template) =>
  all(of, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => Properties.Environment?.Variables?.EGRESS_FUNCTION === 'exemple-egress',
  );

describe('the stack of the egress', () => {
  test('has one function in the client subnets, with no variable, trace or other queue', () => {
    const functions = all(template, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties.VpcConfig !== undefined,
    );
    expect(functions).toHaveLength(1);
    const { Properties } = functions[0]?.[1] ?? {};
    expect(Properties.FunctionName).toBe('exemple-egress');
    expect([Properties.Environment, Properties.TracingConfig, Properties.DeadLetterConfig]).toEqual(
      Array(3).fill(undefined),
    );
    expect(Properties.VpcConfig.SubnetIds).toEqual(
      egress.egress.network.clientSubnets.map(({ subnetId }) => egress.resolve(subnetId)),
    );
    expect(Properties.VpcConfig.SecurityGroupIds).toHaveLength(1);
  });

  test('has an alias for each kind of tenant, both of one version', () => {
    const aliases = all(template, 'AWS::Lambda::Alias').map(([, { Properties }]) => Properties);
    expect(aliases.map(({ Name }) => Name).sort()).toEqual(Object.values(EGRESS_ALIASES).sort());
    template.resourceCountIs('AWS::Lambda::Version', 1);
    template.resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('has an empty secret for each provider, under a key, in this Region', () => {
    const secrets = all(template, 'AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);
    expect(secrets.map(({ Name }) => Name)).toEqual(['exemple/providers/openai/key']);
    for (const { KmsKeyId, SecretString, GenerateSecretString, ReplicaRegions } of secrets) {
      expect(KmsKeyId).toBeDefined();
      expect([SecretString, GenerateSecretString, ReplicaRegions].every((value) => value === undefined)).toBe(true);
    }
  });

  test('lets one role read a secret, another set it, and denies both to all others', () => {
    const [, { Properties: secretPolicy }] = all(template, 'AWS::SecretsManager::ResourcePolicy')[0] as [
      string,
      { Properties: Record<string, never> },
    ];
    const { Statement } = secretPolicy.ResourcePolicy as unknown as {
      Statement: { Sid: string; Effect: string; Principal: string; Action: string[]; Condition?: object }[];
    };
    expect(Statement.every(({ Effect, Principal }) => Effect === 'Deny' && Principal === '*')).toBe(true);
    const except = (action: string) =>
      Statement.find(({ Action }) => Action.includes(`secretsmanager:${action}`))?.Condition;
    const { role } = egress.egress.function.handler;
    expect(except('GetSecretValue')).toEqual({ ArnNotEquals: { 'aws:PrincipalArn': egress.resolve(role?.roleArn) } });
    expect(except('PutSecretValue')).toEqual({
      ArnNotEquals: { 'aws:PrincipalArn': egress.resolve(egress.egress.secrets.writerRole.roleArn) },
    });
    expect(except('ReplicateSecretToRegions')).toBeUndefined();
    expect(statementsWith(template, 'secretsmanager:GetSecretValue')).toHaveLength(1);
    expect(statementsWith(template, 'secretsmanager:PutSecretValue')).toHaveLength(1);
  });

  test('lets the function use the key of the secrets only through Secrets Manager', () => {
    const decrypts = statementsWith(template, 'kms:Decrypt');
    expect(decrypts.length).toBeGreaterThan(0);
    for (const { Condition } of decrypts)
      expect(Condition.StringEquals['kms:ViaService']).toEqual(['secretsmanager.eu-central-1.amazonaws.com']);
  });

  test('records why a host outside the boundary is accepted', () =>
    template.hasResource('AWS::Route53Resolver::FirewallDomainList', {
      Properties: { Domains: ['eu.api.openai.com', 'secretsmanager.eu-central-1.amazonaws.com'] },
      Metadata: Match.objectLike({
        Accepted: { 'eu.api.openai.com': Match.stringLikeRegexp('accepted because the works council agreed$') },
      }),
    }));

  test('is complete', () => expect(egress.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]));
});

test.each<[string, string, (resource: CfnResource) => void]>([
  ['outside its network', 'must be in the client subnets', (one) => one.addPropertyDeletionOverride('VpcConfig')],
  [
    'in its network under a condition',
    'must be in the client subnets',
    (one) => one.addPropertyOverride('VpcConfig', { 'Fn::If': ['Never', {}, { Ref: 'AWS::NoValue' }] }),
  ],
  [
    'with a variable',
    'must have no property Environment',
    (one) => one.addPropertyOverride('Environment.Variables.NODE_OPTIONS', '--require x'),
  ],
])('a function %s stops the synthesis', (_, message, change) => {
  const { egress: changed } = deploymentStacks(withEgress());
  change(changed?.egress.function.handler.node.defaultChild as CfnResource);
  const problems = changed?.egress.node.validate().join('\n');
  expect(problems).toContain("the egress function isn't as it was defined: ");
  expect(problems).toContain(message);
});

describe('the network of gateways', () => {
  const network = Template.fromStack(foundation);
  const endpoints = all(network, 'AWS::EC2::VPCEndpoint').filter(([, { Properties }]) =>
    `${Properties.ServiceName}`.endsWith('.lambda'),
  );

  test('has an endpoint of Lambda whose policy names the two aliases, and roles of the deployment', () => {
    expect(endpoints).toHaveLength(1);
    const [statement, ...others] = endpoints[0]?.[1].Properties.PolicyDocument.Statement ?? [];
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    });
    expect(JSON.stringify(statement.Condition.ArnLike)).toContain('role/exemple-*');
    expect(
      statement.Resource.map((one: object) => JSON.stringify(one)).every((one: string) =>
        /function:exemple-egress:(projects|workspaces)"/.test(one),
      ),
    ).toBe(true);
    expect(statement.Resource).toHaveLength(2);
  });

  test('still has no NAT gateway and no internet gateway', () => {
    for (const stack of [foundation, ...workspaces, projects, ledger])
      expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(
        /AWS::EC2::(NatGateway|InternetGateway|EIP)"|AWS::NetworkFirewall/,
      );
  });
});

describe('gateways', () => {
  test('of projects call the alias of projects', () => {
    const of = Template.fromStack(projects);
    expect(invoked(of)).toEqual([expect.stringMatching(/function:exemple-egress:projects"/)]);
    expect(variables(of)).toHaveLength(1);
  });

  test('of a workspace call the alias of workspaces, and so does its worker', () => {
    const of = Template.fromStack(sciences);
    expect(invoked(of)).toEqual(Array(2).fill(expect.stringMatching(/function:exemple-egress:workspaces"/)));
    expect(variables(of)).toHaveLength(2);
  });

  test('without a model outside AWS can call neither', () => {
    const of = Template.fromStack(office);
    expect(invoked(of)).toEqual([]);
    expect(variables(of)).toEqual([]);
  });

  test('are deployed after the egress', () => {
    for (const stack of [sciences, projects]) expect(stack.dependencies).toContain(egress);
  });

  test('can read no secret of a provider', () => {
    for (const stack of [foundation, ...workspaces, projects, ledger])
      expect(statementsWith(Template.fromStack(stack), 'secretsmanager:GetSecretValue')).toEqual([]);
  });
});

test('a deployment without a destination outside AWS has no resource of egress', () => {
  const app = new App({ context: { ...FEATURE_FLAGS, ...WITHOUT_TRACES } });
  const stacks = deploymentStacks(DEPLOYMENT, { app });
  expect(stacks.egress).toBeUndefined();
  const OF_EGRESS = /exemple-egress|EGRESS_FUNCTION|NatGateway|NetworkFirewall|eu-central-1\.lambda"/;
  const found = stacks.all().filter((stack) => OF_EGRESS.test(JSON.stringify(Template.fromStack(stack).toJSON())));
  expect(found.map(({ stackName }) => stackName)).toEqual([]);
});

test.each([
  ['one zone', ['eu-central-1c']],
  ['three zones', ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']],
])('the network is in the %s that the file names, at its range', (_, zones) => {
  const stacks = deploymentStacks(withEgress({ zones, addressRange: '10.99.0.0/22' }));
  const of = Template.fromStack(stacks.egress as NonNullable<typeof stacks.egress>);
  of.resourceCountIs('AWS::NetworkFirewall::Firewall', zones.length);
  of.resourceCountIs('AWS::EC2::NatGateway', zones.length);
  of.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.99.0.0/22' });
});
