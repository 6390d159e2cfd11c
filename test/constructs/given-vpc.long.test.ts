import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnVpcAttachment } from 'aws-cdk-lib/aws-networkmanager';
import { type App, CfnCondition, CfnResource, Fn, type Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FoundationProps } from '@/lib/constructs/foundation/foundation-props';
import { EndpointService } from '@/lib/constructs/network/endpoint-service';
import { vpcEgress } from '@/lib/constructs/network/vpc-egress';
import { stackIn } from '../support/in-region';

const models = [{ id: 'assistant', destinations: [{ id: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' }] }];
const foundationIn = (stack: Stack, props: Partial<FoundationProps> = {}) =>
  new Foundation(stack, 'Shared', {
    boundary: ResidencyBoundary.eu(),
    models,
    alerts: Alerts.to('security@example.eu'),
    ...props,
  });

describe('an existing VPC', () => {
  const closed = (scope: Stack) =>
    new ec2.Vpc(scope, 'Given', {
      availabilityZones: ['eu-central-1a'],
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });

  test('replaces the new one', () => {
    const given = stackIn('eu-central-1');
    const vpc = closed(given);
    expect(foundationIn(given, { vpc }).vpc).toBe(vpc);
    Template.fromStack(given).resourceCountIs('AWS::EC2::VPC', 1);
  });

  test.each([
    [EndpointService.S3, 's3'],
    [EndpointService.DYNAMODB, 'dynamodb'],
    [EndpointService.KMS, 'kms'],
    [EndpointService.BEDROCK, 'bedrock-runtime'],
  ])('that has an endpoint for %s gets no second one', (service, name) => {
    const given = stackIn('eu-central-1');
    foundationIn(given, { vpc: closed(given), existingEndpoints: [service] });
    const made = JSON.stringify(Template.fromStack(given).findResources('AWS::EC2::VPCEndpoint')).match(
      /(?<=\.)(s3|dynamodb|kms|bedrock-runtime)(?=")/g,
    );
    expect(made?.sort()).toEqual(['bedrock-runtime', 'dynamodb', 'kms', 's3'].filter((other) => other !== name));
  });

  test('is needed for endpoints that exist', () => {
    expect(() => foundationIn(stackIn('eu-central-1'), { existingEndpoints: [EndpointService.KMS] })).toThrow(
      "Chat/Shared: 'existingEndpoints' needs 'vpc' because a new VPC has no endpoints, got 'kms'; pass the VPC that has them, or leave out " +
        "'existingEndpoints'",
    );
  });

  test('with internet egress added by the app is refused', () => {
    const given = stackIn('eu-central-1');
    const vpc = new ec2.Vpc(given, 'Given', {
      availabilityZones: ['eu-central-1a'],
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    expect(() => foundationIn(given, { vpc })).toThrow(
      "Chat/Shared/Network: 'vpc' must have no egress but its endpoints because content could leave through it, got AWS::EC2::Route at Chat/Given/PublicSubnet1/DefaultRoute",
    );
  });

  const imported = (scope: Stack) =>
    ec2.Vpc.fromVpcAttributes(scope, 'Given', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-central-1a'],
      isolatedSubnetIds: ['subnet-1'],
      isolatedSubnetRouteTableIds: ['rtb-1'],
      region: 'eu-central-1',
    });
  const tableOf = (vpc: ec2.IVpc) => vpc.isolatedSubnets[0]?.routeTable.routeTableId as string;
  const tableIdOf = (vpc: ec2.IVpc) =>
    (vpc.node.findChild('IsolatedSubnet1').node.findChild('RouteTable') as CfnResource).logicalId;
  const subnetOf = (vpc: ec2.IVpc) => vpc.isolatedSubnets[0]?.subnetId as string;
  const WAYS: [string, (scope: Stack, vpc: ec2.IVpc) => unknown][] = [
    [
      'AWS::EC2::Route',
      (scope, vpc) =>
        new ec2.CfnRoute(scope, 'Way', {
          routeTableId: tableOf(vpc),
          destinationCidrBlock: '0.0.0.0/0',
          gatewayId: 'igw-1',
        }),
    ],
    [
      'AWS::EC2::Route',
      (scope, vpc) =>
        new ec2.CfnRoute(scope, 'Way', {
          routeTableId: new ec2.CfnRouteTable(scope, 'Table', { vpcId: vpc.vpcId }).attrRouteTableId,
          destinationIpv6CidrBlock: '::/0',
          egressOnlyInternetGatewayId: 'eigw-1',
        }),
    ],
    ['AWS::EC2::NatGateway', (scope, vpc) => new ec2.CfnNatGateway(scope, 'Way', { subnetId: subnetOf(vpc) })],
    [
      'AWS::EC2::VPCGatewayAttachment',
      (scope, vpc) => new ec2.CfnVPCGatewayAttachment(scope, 'Way', { vpcId: vpc.vpcId, internetGatewayId: 'igw-1' }),
    ],
    [
      'AWS::EC2::TransitGatewayAttachment',
      (scope, vpc) =>
        new ec2.CfnTransitGatewayAttachment(scope, 'Way', {
          vpcId: vpc.vpcId,
          subnetIds: [subnetOf(vpc)],
          transitGatewayId: 'tgw-1',
        }),
    ],
    [
      'AWS::EC2::VPCPeeringConnection',
      (scope, vpc) => new ec2.CfnVPCPeeringConnection(scope, 'Way', { vpcId: 'vpc-2', peerVpcId: vpc.vpcId }),
    ],
    [
      'AWS::NetworkManager::VpcAttachment',
      (scope, vpc) =>
        new CfnVpcAttachment(scope, 'Way', { vpcArn: vpc.vpcArn, subnetArns: [], coreNetworkId: 'core-1' }),
    ],
  ];
  /** Replaces a resource by one of the generic class, with the same properties. */
  const generic = (way: CfnResource, type: string) => {
    const { cfnProperties } = way as unknown as { cfnProperties: Record<string, unknown> };
    const properties = Object.fromEntries(
      Object.entries(cfnProperties).map(([name, value]) => [
        name.replace(/^./, (letter) => letter.toUpperCase()),
        value,
      ]),
    );
    way.stack.node.tryRemoveChild('Way');
    return new CfnResource(way.stack, 'Generic', { type, properties });
  };
  /** Other ways to write the same resource. */
  const SPELLINGS: Record<string, (way: CfnResource) => void> = {
    'a resource of a generic class': (way) => {
      generic(way, way.cfnResourceType);
    },
    'a resource with a condition': (way) => {
      const expression = Fn.conditionEquals('a', 'b');
      way.cfnOptions.condition = new CfnCondition(way.stack, 'Never', { expression });
    },
    'a resource whose type is an override': (way) => {
      generic(way, 'AWS::EC2::Instance').addOverride('Type', way.cfnResourceType);
    },
  };
  describe.each([
    ['defined in the app', closed],
    ['imported', imported],
  ])('%s', (_, make) => {
    test.each(WAYS)('is refused with an %s anywhere in the app', (type, open) => {
      const given = stackIn('eu-central-1');
      const vpc = make(given);
      foundationIn(given, { vpc });
      open(stackIn('eu-central-1', 'Elsewhere', given.node.root as App), vpc);
      expect(() => Template.fromStack(given)).toThrow(`got ${type} at Elsewhere/Way; use 'natGateways: 0'`);
    });

    describe.each(Object.entries(SPELLINGS))('as %s', (_, respell) => {
      test.each(WAYS)('is refused with an %s', (type, open) => {
        const given = stackIn('eu-central-1');
        const vpc = make(given);
        foundationIn(given, { vpc });
        const elsewhere = stackIn('eu-central-1', 'Elsewhere', given.node.root as App);
        open(elsewhere, vpc);
        respell(elsewhere.node.findChild('Way') as CfnResource);
        expect(() => Template.fromStack(given)).toThrow(`got ${type} at Elsewhere/`);
      });
    });

    test('is accepted next to another VPC with egress', () => {
      const given = stackIn('eu-central-1');
      foundationIn(given, { vpc: make(given) });
      new ec2.Vpc(stackIn('eu-central-1', 'Elsewhere', given.node.root as App), 'Open', {
        availabilityZones: ['eu-central-1a'],
      });
      expect(() => Template.fromStack(given)).not.toThrow();
    });
  });

  test('with egress that an override adds is refused', () => {
    const given = stackIn('eu-central-1');
    const vpc = closed(given);
    foundationIn(given, { vpc });
    const peering = new ec2.CfnVPCPeeringConnection(given, 'Way', { vpcId: 'vpc-2', peerVpcId: 'vpc-3' });
    peering.addPropertyOverride('PeerVpcId', vpc.vpcId);
    const route = new ec2.CfnRoute(given, 'Route', { routeTableId: 'rtb-2', gatewayId: 'igw-1' });
    route.addPropertyOverride('RouteTableId', { 'Fn::GetAtt': [given.resolve(tableIdOf(vpc)), 'RouteTableId'] });
    expect(vpcEgress("'vpc'", vpc, new Set())).toEqual([
      expect.stringContaining('got AWS::EC2::VPCPeeringConnection at Chat/Way;'),
      expect.stringContaining('got AWS::EC2::Route at Chat/Route;'),
    ]);
  });

  test('is accepted with a local route', () => {
    const given = stackIn('eu-central-1');
    const vpc = closed(given);
    foundationIn(given, { vpc });
    new ec2.CfnRoute(given, 'Local', {
      routeTableId: tableOf(vpc),
      destinationCidrBlock: '10.0.0.0/16',
      gatewayId: 'local',
    });
    expect(() => Template.fromStack(given)).not.toThrow();
  });

  test('created by the foundation is refused if the app adds egress', () => {
    const given = stackIn('eu-central-1');
    const { vpc } = foundationIn(given);
    new ec2.CfnVPCGatewayAttachment(given, 'Way', { vpcId: vpc.vpcId, vpnGatewayId: 'vgw-1' });
    expect(() => Template.fromStack(given)).toThrow(
      'the VPC Chat/Shared/Network/Vpc must have no egress but its endpoints because content could leave through it, got AWS::EC2::VPCGatewayAttachment at Chat/Way',
    );
  });

  test('with egress added later is refused at synthesis', () => {
    const given = stackIn('eu-central-1');
    const vpc = closed(given);
    foundationIn(given, { vpc });
    new ec2.CfnNatGateway(vpc, 'Late', { subnetId: 'subnet-1' });
    expect(() => Template.fromStack(given)).toThrow('got AWS::EC2::NatGateway at Chat/Given/Late');
  });

  test('in another Region is refused', () => {
    const given = stackIn('eu-central-1');
    const vpc = ec2.Vpc.fromVpcAttributes(given, 'Given', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-central-1a'],
      region: 'eu-west-2',
    });
    expect(() => foundationIn(given, { vpc })).toThrow(
      "'vpc' must be in eu-central-1, the Region of its stack, because endpoints serve their own Region only, got a VPC in 'eu-west-2'; pass a VPC in eu-central-1",
    );
  });

  test('without isolated subnets is refused', () => {
    const given = stackIn('eu-central-1');
    const vpc = ec2.Vpc.fromVpcAttributes(given, 'Given', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'] });
    expect(() => foundationIn(given, { vpc })).toThrow("'vpc' must have isolated subnets");
  });
});
