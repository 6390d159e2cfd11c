import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { DEPLOYMENT, deploymentStacks, IN_THREE_REGIONS } from '../support/deployment';

const VPC = {
  id: 'vpc-0123456789abcdef0',
  cidr: '10.40.0.0/20',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  routeTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
};

test('the account of the configuration takes precedence over that of the credentials', () => {
  const { foundation, workspaces } = deploymentStacks({ ...DEPLOYMENT, account: '444455556666' });
  expect([foundation, ...workspaces].map(({ account }) => account)).toEqual(Array(3).fill('444455556666'));
});

test('tags of the configuration are on the resources of every stack', () => {
  const { foundation, workspaces, projects } = deploymentStacks({ ...DEPLOYMENT, tags: { 'cost-centre': '4711' } });
  for (const stack of [foundation, ...workspaces, projects as Stack]) {
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      Tags: Match.arrayWith([{ Key: 'cost-centre', Value: '4711' }]),
    });
  }
});

describe('an existing VPC', () => {
  const { foundation, projects } = deploymentStacks({ ...DEPLOYMENT, network: { ranges: {}, vpc: VPC } });
  const template = Template.fromStack(foundation);

  test('replaces the new one', () => {
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.resourceCountIs('AWS::EC2::Subnet', 0);
  });

  test('receives the endpoints', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: VPC.id,
      SubnetIds: VPC.isolatedSubnetIds,
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      RouteTableIds: VPC.routeTableIds,
    });
  });

  test('keeps the endpoints that it already has', () => {
    const endpoints = { s3: 'existing', kms: 'existing', dynamodb: 'create' } as const;
    const shared = deploymentStacks({ ...DEPLOYMENT, network: { ranges: {}, vpc: { ...VPC, endpoints } } }).foundation;
    const names = JSON.stringify(Template.fromStack(shared).findResources('AWS::EC2::VPCEndpoint'));
    expect(names.match(/bedrock-runtime|dynamodb|\.kms|\.s3/g)).toEqual(expect.arrayContaining(['bedrock-runtime']));
    expect(names).not.toMatch(/eu-central-1\.kms"|\.s3"/);
    Template.fromStack(shared).resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  });

  test('contains the gateways', () => {
    Template.fromStack(projects as Stack).hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.objectLike({ SubnetIds: VPC.isolatedSubnetIds }),
    });
  });
});

test('an existing VPC is peered with further Regions, as a new one is', () => {
  const { regionalRoutes, regionalEndpoints } = deploymentStacks({
    ...IN_THREE_REGIONS,
    network: { ranges: {}, vpc: VPC },
  });
  Template.fromStack(regionalRoutes as Stack).hasResourceProperties('AWS::EC2::Route', {
    RouteTableId: VPC.routeTableIds[0],
  });
  Template.fromStack(regionalEndpoints[0] as Stack).hasResourceProperties('AWS::EC2::VPCPeeringConnection', {
    PeerVpcId: VPC.id,
  });
});
