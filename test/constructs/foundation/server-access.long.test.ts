import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import type { InferenceDestination, InferenceModel } from '@/lib/constructs/checks/inference-model';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FoundationProps } from '@/lib/constructs/foundation/foundation-props';
import { InferenceGateway } from '@/lib/constructs/gateway/inference-gateway';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';
import { scienceIn } from '../../support/members';

const env = { account: '111122223333', region: 'eu-central-1' };
const own = (over: Partial<NonNullable<InferenceDestination['server']>> = {}): InferenceModel => ({
  id: 'own',
  destinations: [
    { id: 'BAAI/bge-m3', server: { url: 'http://vllm.internal:8000/v1', addresses: ['10.0.3.0/24'], ...over } },
    { id: 'eu.amazon.nova-lite-v1:0' },
  ],
});

type Given = Pick<FoundationProps, 'peeredRanges'> & { readonly vpc?: (stack: Stack) => ec2.IVpc };

function gatewayOf(model: InferenceModel, given: Given = {}, app: App = plainApp()): Stack {
  const stack = new Stack(app, 'Chat', { env });
  const foundation = new Foundation(stack, 'Shared', {
    ...given,
    boundary: EU,
    models: [FAST, model],
    alerts: Alerts.to('security@example.eu'),
    vpc: given.vpc?.(stack),
  });
  const tenant = scienceIn(stack, { foundation });
  new InferenceGateway(stack, 'Gateway', { boundary: EU, foundation, tenant, models: [model] });
  return stack;
}

/** The egress rules of every group, by range and port. */
const egress = (stack: Stack): string[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'))
    .flatMap(({ Properties }) => Properties.SecurityGroupEgress ?? [])
    .map(
      ({ CidrIp, CidrIpv6, FromPort, ToPort, IpProtocol }) =>
        `${CidrIp ?? CidrIpv6} ${IpProtocol} ${FromPort}-${ToPort}`,
    )
    .filter((rule) => !rule.startsWith('255.255.255.255/32'));

const chat = gatewayOf(own());

test('a gateway can reach only the addresses and port of its servers', () => {
  expect(egress(chat).sort()).toEqual(['0.0.0.0/0 tcp 443-443', '10.0.3.0/24 tcp 8000-8000']);
});

test('a gateway without servers has no security group for them', () => {
  const { id, destinations } = own();
  expect(egress(gatewayOf({ id, destinations: destinations.slice(1) }))).toEqual(['0.0.0.0/0 tcp 443-443']);
});

test('a server is reached at the port of its protocol, unless its address names another', () => {
  const { id, destinations } = own();
  const servers = ['https://vllm.internal/v1', 'http://vllm.internal/v1'].map((url, nth) => ({
    id: `model-${nth}`,
    server: { url, addresses: [`10.0.${nth}.0/24`] },
  }));
  expect(egress(gatewayOf({ id, destinations: [...servers, ...destinations] })).sort()).toEqual([
    '0.0.0.0/0 tcp 443-443',
    '10.0.0.0/24 tcp 443-443',
    '10.0.1.0/24 tcp 80-80',
    '10.0.3.0/24 tcp 8000-8000',
  ]);
});

test('the function is in both security groups', () => {
  const functions = Object.values(Template.fromStack(chat).findResources('AWS::Lambda::Function'));
  const groups = functions.flatMap(({ Properties }) => Properties.VpcConfig?.SecurityGroupIds ?? []);
  expect(groups).toHaveLength(2);
});

test('the stacks of a gateway with a server pass the guard', () => {
  const app = new ResidencyApp({ boundary: EU });
  gatewayOf(own(), {}, app);
  expect(() => app.synth()).not.toThrow();
});

const imported = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    region: 'eu-central-1',
    availabilityZones: ['eu-central-1a'],
    isolatedSubnetIds: ['subnet-1'],
    isolatedSubnetRouteTableIds: ['rtb-1'],
    vpcCidrBlock: '172.20.0.0/16',
  });

test.each<[string, string, Given]>([
  ['in the foundation’s VPC', '10.0.255.0/24', {}],
  ['in an existing VPC', '172.20.4.0/24', { vpc: imported }],
  ['in a network joined to it', '192.168.7.0/28', { vpc: imported, peeredRanges: ['192.168.0.0/16'] }],
])('addresses %s are reached', (_, range, given) => {
  expect(egress(gatewayOf(own({ addresses: [range] }), given))).toContain(`${range} tcp 8000-8000`);
});

// biome-ignore format: one row per line
test.each<[string, Partial<NonNullable<InferenceDestination['server']>>, Given, string]>([
  ['of another network', { addresses: ['10.1.0.0/24'] }, {}, "'addresses' of 'vpc/BAAI/bge-m3' must be in the network of the gateway (10.0.0.0/16) or in a network joined to it (none) because requests to a server must not leave these networks, got '10.1.0.0/24'"],
  ['wider than the network', { addresses: ['10.0.0.0/8'] }, {}, "got '10.0.0.0/8'"],
  ['of the internet', { addresses: ['8.8.8.0/24'] }, {}, "got destination 'BAAI/bge-m3' of server 'http://vllm.internal:8000/v1': '8.8.8.0/24' isn't a range of private addresses"],
  ['that are missing', { addresses: [] }, {}, "'addresses' is empty"],
  ['of the machine itself', { url: 'http://127.0.0.1:8000/v1', addresses: ['127.0.0.0/8'] }, {}, 'no server runs on the same host as a function'],
  ['of a peer without a VPC', {}, { peeredRanges: ['192.168.0.0/16'] }, "'peeredRanges' needs 'vpc'"],
  ['of a peer of the internet', {}, { vpc: imported, peeredRanges: ['0.0.0.0/0'] }, "'peeredRanges' must be private ranges"],
])('addresses %s are refused', (_, over, given, message) => {
  expect(() => gatewayOf(own(over), given)).toThrow(message);
});
