import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork } from '@/lib/constructs/egress/egress-network';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { egressRules } from '@/lib/perimeter/egress-rules';
import { stackIn } from '../../support/in-region';

const boundary = ResidencyBoundary.eu();
const IONOS = 'openai.inference.de-txl.ionos.com';
const NAME = 'secretsmanager.eu-central-1.amazonaws.com';

/** A network whose clients can read two secrets. */
function setup(availabilityZones?: string[]) {
  const stack = stackIn('eu-central-1');
  const secrets = ['One', 'Two'].map((id) => new secretsmanager.Secret(stack, id));
  const hosts = [EgressHost.inside(IONOS)];
  return { stack, network: new EgressNetwork(stack, 'Egress', { boundary, hosts, secrets, availabilityZones }) };
}

/** What synthesis stops with once a part was changed. */
function problemsAfter(type: string, change: (part: CfnResource) => void, path = ''): string {
  const { network } = setup();
  const part = network.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .find(({ cfnResourceType, node }) => cfnResourceType === type && node.path.includes(path));
  if (part === undefined) throw new Error(`no ${type}`);
  change(part);
  return network.node.validate().join('\n');
}

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

describe('a network with secrets', () => {
  const { stack, network } = setup();
  const template = Template.fromStack(stack);

  test('has an endpoint that lets clients read these secrets, and nothing else', () => {
    template.resourceCountIs(ENDPOINT, 1);
    template.hasResourceProperties(ENDPOINT, {
      ServiceName: 'com.amazonaws.eu-central-1.secretsmanager',
      PrivateDnsEnabled: true,
      SubnetIds: network.clientSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
      PolicyDocument: {
        Statement: [
          {
            Sid: 'Secrets',
            Effect: 'Allow',
            Principal: '*',
            Action: 'secretsmanager:GetSecretValue',
            Resource: ['One', 'Two'].map((id) => ({ Ref: Match.stringLikeRegexp(`^${id}`) })),
            Condition: { StringEquals: { 'aws:PrincipalAccount': Match.anyValue() } },
          },
        ],
      },
    });
  });

  test('admits connections from the clients only', () =>
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: stack.resolve(network.clientSecurityGroup.securityGroupId),
    }));

  test('resolves the name of the endpoint, which the firewall has no rule for', () => {
    template.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: [IONOS, NAME] });
    template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
      RuleGroup: { RulesSource: { RulesString: egressRules([IONOS]).join('\n') } },
    });
  });

  test('has no problem, and is resident', () => {
    expect(network.node.validate()).toEqual([]);
    ResidencyGuard.of(stack).expectResident();
  });
});

test.each([1, 2, 3])('in %d zones, the endpoint is in the client subnet of each', (count) => {
  const { stack, network } = setup(['a', 'b', 'c'].slice(0, count).map((letter) => `eu-central-1${letter}`));
  Template.fromStack(stack).hasResourceProperties(ENDPOINT, {
    SubnetIds: network.clientSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
  });
  expect(network.clientSubnets).toHaveLength(count);
  expect(network.node.validate()).toEqual([]);
});

test('a network without secrets has no endpoint', () => {
  const stack = stackIn('eu-central-1');
  new EgressNetwork(stack, 'Egress', { boundary, hosts: [EgressHost.inside(IONOS)] });
  const template = Template.fromStack(stack);
  template.resourceCountIs(ENDPOINT, 0);
  template.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: [IONOS] });
});

test.each<[string, string, unknown, string]>([
  ['another service', 'ServiceName', 'com.amazonaws.eu-central-1.s3', 'it must have an endpoint of Secrets Manager'],
  ['another action', 'PolicyDocument.Statement.0.Action', '*', 'which serves the listed secrets, must be as it was'],
  ['another secret', 'PolicyDocument.Statement.0.Resource', '*', 'which serves the listed secrets, must be as it was'],
  [
    'another account',
    'PolicyDocument.Statement.0.Condition',
    undefined,
    'which serves the listed secrets, must be as it was',
  ],
  ['a second statement', 'PolicyDocument.Statement.1', { Effect: 'Allow' }, 'must be as it was defined'],
  ['no policy', 'PolicyDocument', undefined, 'which serves the listed secrets, must be as it was defined'],
  ['no private name', 'PrivateDnsEnabled', false, 'must be as it was defined'],
  ['a gateway', 'VpcEndpointType', 'Gateway', 'must be as it was defined'],
  ['a subnet less', 'SubnetIds', ['subnet-1'], 'must be in the client subnets, got ["subnet-1"]'],
  ['a route table', 'RouteTableIds', ['rtb-1'], 'must have no property RouteTableIds'],
])('with %s at the endpoint, synthesis stops', (_, property, value, message) =>
  expect(problemsAfter(ENDPOINT, (part) => part.addPropertyOverride(property, value))).toContain(message),
);

test.each([
  ['less', [IONOS]],
  ['more', [IONOS, NAME, 'sts.eu-central-1.amazonaws.com']],
])('with a name %s that resolves, synthesis stops', (_, names) =>
  expect(
    problemsAfter('AWS::Route53Resolver::FirewallDomainList', (part) => part.addPropertyOverride('Domains', names)),
  ).toContain('the list of allowed names must be as it was defined'),
);

test('with the name of the endpoint at the firewall, synthesis stops', () =>
  expect(
    problemsAfter('AWS::NetworkFirewall::RuleGroup', (part) =>
      part.addPropertyOverride('RuleGroup.RulesSource.RulesString', egressRules([IONOS, NAME]).join('\n')),
    ),
  ).toContain('which pass the listed names, must be as it was defined'));

test('a second endpoint is refused, also of the same service', () => {
  for (const service of [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER, ec2.InterfaceVpcEndpointAwsService.STS]) {
    const { stack, network } = setup();
    new ec2.InterfaceVpcEndpoint(stack, 'Other', { vpc: network.vpc, service });
    expect(network.node.validate().join('\n')).toMatch(
      /it must have an endpoint of Secrets Manager because|got AWS::EC2::VPCEndpoint at .*Other/,
    );
  }
});

test('a route to the endpoint is refused', () => {
  const { stack, network } = setup();
  const endpoint = network.node.findAll().find((node) => node instanceof ec2.CfnVPCEndpoint) as ec2.CfnVPCEndpoint;
  const elsewhere = new ec2.Vpc(stack, 'Elsewhere', { natGateways: 0 });
  const [subnet] = elsewhere.publicSubnets as ec2.Subnet[];
  new ec2.CfnRoute(Stack.of(elsewhere), 'Route', {
    routeTableId: `${subnet?.routeTable.routeTableId}`,
    destinationCidrBlock: '192.0.2.0/24',
    vpcEndpointId: endpoint.ref,
  });
  expect(network.node.validate().join('\n')).toContain('got AWS::EC2::Route at');
});
