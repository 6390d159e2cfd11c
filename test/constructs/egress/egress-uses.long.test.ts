import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork } from '@/lib/constructs/egress/egress-network';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { plainApp, stackIn } from '../../support/in-region';

const boundary = ResidencyBoundary.eu();
const hosts = [EgressHost.inside('openai.inference.de-txl.ionos.com')];
const networkIn = (stack: Stack) => new EgressNetwork(stack, 'Egress', { boundary, hosts });

/** A network in a stack of its own, and another stack of the app. */
function setup() {
  const app = plainApp();
  const network = networkIn(stackIn('eu-central-1', 'Egress', app));
  return { app, network, other: stackIn('eu-central-1', 'Other', app) };
}

/** The parts of a network: the first of a type, whose path has a text. */
const partOf = (network: EgressNetwork, type: string, path = ''): CfnResource => {
  const found = network.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .find((part) => part.cfnResourceType === type && part.node.path.includes(path));
  if (found === undefined) throw new Error(`no ${type} with ${path}`);
  return found;
};
const realVpc = (network: EgressNetwork) =>
  network.node.findAll().find((node): node is ec2.Vpc => node instanceof ec2.Vpc) as ec2.Vpc;
const functionIn = (stack: Stack, props: Partial<lambda.FunctionProps>) =>
  new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = () => {}'),
    ...props,
  });

describe('a function', () => {
  test.each(['Egress', 'Other'])('in the VPC without a placement is in the client subnets, in the stack %s', (id) => {
    const { app, network } = setup();
    const own = functionIn(app.node.findChild(id) as Stack, {
      vpc: network.vpc,
      securityGroups: [network.clientSecurityGroup],
    });
    expect(own.node.defaultChild).toBeDefined();
    expect(network.vpc.selectSubnets().subnets).toEqual(network.clientSubnets);
    expect(network.vpc.publicSubnets).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  test('with a security group of its own is accepted', () => {
    const { app, network } = setup();
    functionIn(Stack.of(network), { vpc: network.vpc });
    expect(() => app.synth()).not.toThrow();
  });

  test.each(['Firewall', 'Nat'])('in a subnet of the group %s is refused', (subnetGroupName) => {
    const { app, network, other } = setup();
    functionIn(other, { vpc: realVpc(network), vpcSubnets: { subnetGroupName }, allowPublicSubnet: true });
    expect(() => app.synth()).toThrow(
      new RegExp(
        `got AWS::Lambda::Function at Other/Function/Resource, whose VpcConfig.SubnetIds.0 names .*${subnetGroupName}Subnet1`,
      ),
    );
  });

  test('in a nested stack is accepted or refused by its subnet', () => {
    const problems = (subnet: (network: EgressNetwork) => CfnResource) => {
      const { network } = setup();
      const parent = Stack.of(network);
      const nested = new NestedStack(parent, 'Nested', { parameters: { Subnet: subnet(network).ref } });
      const parameter = new CfnParameter(nested, 'Subnet');
      new CfnResource(nested, 'Function', {
        type: 'AWS::Lambda::Function',
        properties: { VpcConfig: { SubnetIds: [parameter.valueAsString] } },
      });
      return network.node.validate();
    };
    expect(problems((network) => partOf(network, 'AWS::EC2::Subnet', 'ClientSubnet'))).toEqual([]);
    expect(problems((network) => partOf(network, 'AWS::EC2::Subnet', 'NatSubnet')).join()).toContain(
      'got AWS::Lambda::Function at Egress/Nested/Function',
    );
  });
});

test('an instance in a public subnet is refused', () => {
  const { app, network, other } = setup();
  new ec2.Instance(other, 'Instance', {
    vpc: realVpc(network),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    associatePublicIpAddress: true,
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-central-1': 'ami-1' }),
  });
  expect(() => app.synth()).toThrow('got AWS::EC2::Instance at Other/Instance/Resource');
});

test('a load balancer is refused, and has no public subnet', () => {
  const { app, network, other } = setup();
  expect(() => new elb.ApplicationLoadBalancer(other, 'Public', { vpc: network.vpc, internetFacing: true })).toThrow(
    "There are no 'Public' subnet groups in this VPC",
  );
  new elb.ApplicationLoadBalancer(other, 'Internal', { vpc: network.vpc });
  expect(() => app.synth()).toThrow('got AWS::ElasticLoadBalancingV2::LoadBalancer at Other/');
});

/** Resources that use a part: the type, the other properties, the property that names the part, its type and its path. */
const USES: [string, string, string, string?, object?, boolean?][] = [
  ['AWS::EC2::Subnet', 'VpcId', 'AWS::EC2::VPC', '', { CidrBlock: '10.98.1.224/28' }],
  ['AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId', 'AWS::EC2::RouteTable', 'NatSubnet1', { SubnetId: 's' }],
  ['AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', 'AWS::EC2::Subnet', 'ClientSubnet1', { RouteTableId: 'r' }],
  ['AWS::EC2::Route', 'RouteTableId', 'AWS::EC2::RouteTable', 'ClientSubnet1', { GatewayId: 'igw-1' }],
  ['AWS::EC2::GatewayRouteTableAssociation', 'RouteTableId', 'AWS::EC2::RouteTable', 'NatSubnet1', { GatewayId: 'g' }],
  ['AWS::EC2::VPNGatewayRoutePropagation', 'RouteTableIds', 'AWS::EC2::RouteTable', '', { VpnGatewayId: 'v' }, true],
  ['AWS::EC2::VPCGatewayAttachment', 'VpcId', 'AWS::EC2::VPC', '', { VpnGatewayId: 'vgw-1' }],
  ['AWS::EC2::VPCGatewayAttachment', 'InternetGatewayId', 'AWS::EC2::InternetGateway', '', { VpcId: 'vpc-1' }],
  ['AWS::EC2::VPCCidrBlock', 'VpcId', 'AWS::EC2::VPC', '', { AmazonProvidedIpv6CidrBlock: true }],
  ['AWS::EC2::VPCPeeringConnection', 'VpcId', 'AWS::EC2::VPC', '', { PeerVpcId: 'vpc-1' }],
  ['AWS::EC2::VPCPeeringConnection', 'PeerVpcId', 'AWS::EC2::VPC', '', { VpcId: 'vpc-1' }],
  ['AWS::EC2::TransitGatewayAttachment', 'VpcId', 'AWS::EC2::VPC', '', { SubnetIds: ['s'], TransitGatewayId: 't' }],
  ['AWS::EC2::NatGateway', 'SubnetId', 'AWS::EC2::Subnet', 'ClientSubnet1', { ConnectivityType: 'private' }],
  ['AWS::EC2::VPCEndpoint', 'VpcId', 'AWS::EC2::VPC', '', { ServiceName: 'com.amazonaws.eu-central-1.s3' }],
  [
    'AWS::EC2::VPCEndpoint',
    'VpcId',
    'AWS::EC2::VPC',
    '',
    { ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-1' },
  ],
  ['AWS::EC2::ClientVpnEndpoint', 'VpcId', 'AWS::EC2::VPC'],
  ['AWS::EC2::ClientVpnTargetNetworkAssociation', 'SubnetId', 'AWS::EC2::Subnet', 'FirewallSubnet2'],
  ['AWS::EC2::RouteServerAssociation', 'VpcId', 'AWS::EC2::VPC', '', { RouteServerId: 'rs-1' }],
  ['AWS::EC2::RouteServerPropagation', 'RouteTableId', 'AWS::EC2::RouteTable', '', { RouteServerId: 'rs-1' }],
  ['AWS::EC2::VPCDHCPOptionsAssociation', 'VpcId', 'AWS::EC2::VPC', '', { DhcpOptionsId: 'dopt-1' }],
  ['AWS::EC2::NetworkInterface', 'SubnetId', 'AWS::EC2::Subnet', 'NatSubnet1'],
  ['AWS::EC2::EIPAssociation', 'AllocationId', 'AWS::EC2::EIP', '', { InstanceId: 'i-1' }],
  ['AWS::NetworkFirewall::LoggingConfiguration', 'FirewallArn', 'AWS::NetworkFirewall::Firewall'],
  ['AWS::NetworkFirewall::VpcEndpointAssociation', 'FirewallArn', 'AWS::NetworkFirewall::Firewall'],
  ['AWS::NetworkFirewall::Firewall', 'FirewallPolicyArn', 'AWS::NetworkFirewall::FirewallPolicy'],
  ['AWS::Route53Resolver::FirewallConfig', 'ResourceId', 'AWS::EC2::VPC', '', { FirewallFailOpen: 'ENABLED' }],
  ['AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId', 'AWS::EC2::VPC', '', { FirewallRuleGroupId: 'r' }],
  ['AWS::Route53Resolver::ResolverRuleAssociation', 'VPCId', 'AWS::EC2::VPC', '', { ResolverRuleId: 'r' }],
  ['AWS::Route53Profiles::ProfileAssociation', 'ResourceId', 'AWS::EC2::VPC', '', { ProfileId: 'p' }],
  ['AWS::VpcLattice::ServiceNetworkVpcAssociation', 'VpcIdentifier', 'AWS::EC2::VPC'],
  ['AWS::SSM::Parameter', 'Value', 'AWS::EC2::VPC'],
  ['AWS::Lambda::Function', 'Description', 'AWS::EC2::Subnet', 'ClientSubnet1'],
];

const CONDITION = { expression: Fn.conditionEquals('a', 'b') };

/** Ways to write a use. Each adds the resource to the app. */
const SPELLINGS: Record<string, (network: EgressNetwork, other: Stack, part: CfnResource, use: Written) => void> = {
  'a resource of the same stack': (network, _, part, use) => void written(Stack.of(network), use, part.ref),
  'a resource of another stack': (_, other, part, use) => void written(other, use, part.ref),
  'a resource with a condition': (network, _, part, use) => {
    const resource = written(Stack.of(network), use, part.ref);
    resource.cfnOptions.condition = new CfnCondition(Stack.of(network), 'Never', CONDITION);
  },
  'a condition in another stack': (_, other, part, use) => {
    written(other, use, part.ref).cfnOptions.condition = new CfnCondition(other, 'Never', CONDITION);
  },
  'an override': (network, _, part, use) => {
    const resource = written(Stack.of(network), use, 'other');
    resource.addPropertyOverride(use.property, use.list ? [part.ref] : part.ref);
  },
  'a literal Ref': (network, _, part, use) => void written(Stack.of(network), use, { Ref: idOf(part) }),
  'a literal Fn::GetAtt': (network, _, part, use) =>
    void written(Stack.of(network), use, { 'Fn::GetAtt': `${idOf(part)}.X` }),
  'an Fn::GetAtt in a list': (network, _, part, use) =>
    void written(Stack.of(network), use, Fn.getAtt(idOf(part), 'VpcId')),
  'an Fn::Sub': (network, _, part, use) => void written(Stack.of(network), use, Fn.sub(`x\${${idOf(part)}.VpcId}`)),
  'an Fn::Sub with variables': (network, _, part, use) =>
    void written(Stack.of(network), use, Fn.sub('${Part}', { Part: part.ref })),
  'an Fn::If': (network, _, part, use) => void written(Stack.of(network), use, { 'Fn::If': ['C', part.ref, 'x'] }),
  'an export and its import': (network, other, part, use) => {
    new CfnOutput(Stack.of(network), 'Out', { value: part.ref, exportName: 'part' });
    written(other, use, Fn.importValue('part'));
  },
};

interface Written {
  readonly type: string;
  readonly property: string;
  readonly list: boolean;
  readonly properties: object;
}
const written = (stack: Stack, { type, property, list, properties }: Written, value: unknown) =>
  new CfnResource(stack, 'Use', { type, properties: { ...properties, [property]: list ? [value] : value } });
const idOf = (part: CfnResource): string => part.stack.resolve(part.logicalId);

/** What is exactly as a part of the network is there twice, and the form says so. */
const TWICE =
  /it must have (one route table|DNS Firewall rules).*, got \w+, \w+; remove|must have three subnets, .*of which 2 with a NAT/;

describe.each(USES)('%s whose %s names an %s', (type, property, part, path = '', properties = {}, list = false) => {
  test.each(Object.entries(SPELLINGS))('is refused as %s', (_, spell) => {
    const { network, other } = setup();
    spell(network, other, partOf(network, part, path), { type, property, list, properties });
    const use = new RegExp(
      `^nothing but functions .*got ${type} at (Egress|Other)/Use, whose ${property}(\\.[A-Za-z0-9.]+)? names Egress/Egress/.*; remove it$`,
    );
    expect(network.node.validate().filter((problem) => use.test(problem) || TWICE.test(problem))).not.toEqual([]);
  });
});

test('a use in another stack stops the synthesis of the app', () => {
  const { app, network, other } = setup();
  written(other, { type: 'AWS::EC2::Subnet', property: 'VpcId', list: false, properties: {} }, network.vpc.vpcId);
  expect(() => app.synth()).toThrow('got AWS::EC2::Subnet at Other/Use');
});

test('flow logs, alarms and security groups are accepted', () => {
  const { app, network } = setup();
  const stack = Stack.of(network);
  network.vpc.addFlowLog('Flows');
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc: network.vpc });
  group.addIngressRule(network.clientSecurityGroup, ec2.Port.tcp(443));
  new CfnResource(stack, 'Alarm', {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      Dimensions: [{ Name: 'FirewallName', Value: partOf(network, 'AWS::NetworkFirewall::Firewall').ref }],
    },
  });
  expect(() => app.synth()).not.toThrow();
});

test('a foundation still refuses any egress, this one too', () => {
  const stack = stackIn('eu-central-1');
  const { vpc } = networkIn(stack);
  const models = [{ id: 'assistant', destinations: [{ id: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' }] }];
  expect(
    () => new Foundation(stack, 'Shared', { boundary, models, vpc, alerts: Alerts.to('security@example.eu') }),
  ).toThrow("'vpc' must have no egress but its endpoints because content could leave through it");
});

/** The templates' names and logical IDs of what can't be in use twice. */
const unique = (props: { addressRange?: string; availabilityZones?: string[] }) => {
  const stack = stackIn('eu-central-1');
  const network = new EgressNetwork(stack, 'Egress', { boundary, hosts, ...props });
  const ids = network.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter(({ cfnResourceType }) =>
      /::(VPC|Subnet|EIP|NatGateway|Firewall|FirewallPolicy|RuleGroup)$/.test(cfnResourceType),
    );
  return [
    ...ids.map(idOf),
    ...ids.flatMap((part) => stack.resolve((part as { firewallName?: string }).firewallName ?? [])),
  ];
};

test('another range, or another set of zones, replaces the network, and another order of zones changes nothing', () => {
  const zones = (...letters: string[]) => letters.map((letter) => `eu-central-1${letter}`);
  const first = unique({ availabilityZones: zones('a', 'b') });
  expect(unique({ availabilityZones: zones('b', 'a') })).toEqual(first);
  for (const other of [
    { addressRange: '10.97.0.0/23' },
    { availabilityZones: zones('a', 'b', 'c') },
    { availabilityZones: zones('a') },
  ]) {
    expect(unique(other).filter((id) => first.includes(id))).toEqual([]);
  }
});
