import { ABSENT } from '../../calls/row';
import { allowed, denied, type Request, type Row, withEgress, withoutEgress } from '../row';

/** Each way out of a VPC, as one request. */
const WAYS: readonly Request[] = [
  {
    name: 'makes an internet gateway',
    action: 'ec2:CreateInternetGateway',
    on: 'arn:{partition}:ec2:{region}:{account}:internet-gateway/igw-0123456789abcdef0',
  },
  {
    name: 'attaches an internet gateway',
    action: 'ec2:AttachInternetGateway',
    on: 'arn:{partition}:ec2:{region}:{account}:internet-gateway/igw-0123456789abcdef0',
  },
  {
    name: 'makes a NAT gateway',
    action: 'ec2:CreateNatGateway',
    on: 'arn:{partition}:ec2:{region}:{account}:natgateway/nat-0123456789abcdef0',
  },
];

/** Those that no deployment needs. */
const NEVER: readonly Request[] = [
  {
    name: 'makes an internet gateway for IPv6',
    action: 'ec2:CreateEgressOnlyInternetGateway',
    on: 'arn:{partition}:ec2:{region}:{account}:egress-only-internet-gateway/eigw-0123456789abcdef0',
  },
  { name: 'makes a gateway of a VPN', action: 'ec2:CreateVpnGateway' },
  { name: 'attaches a gateway of a VPN', action: 'ec2:AttachVpnGateway' },
  { name: 'connects a VPN', action: 'ec2:CreateVpnConnection' },
  { name: 'makes a gateway of a customer', action: 'ec2:CreateCustomerGateway' },
  { name: 'makes an endpoint for VPN clients', action: 'ec2:CreateClientVpnEndpoint' },
  { name: 'makes a transit gateway', action: 'ec2:CreateTransitGateway' },
  { name: 'attaches a VPC to a transit gateway', action: 'ec2:CreateTransitGatewayVpcAttachment' },
  { name: 'peers a transit gateway with another Region', action: 'ec2:CreateTransitGatewayPeeringAttachment' },
  { name: 'makes a default VPC, which has an internet gateway', action: 'ec2:CreateDefaultVpc' },
  { name: 'connects a line', action: 'directconnect:CreateConnection' },
  { name: 'makes a gateway of a line', action: 'directconnect:CreateDirectConnectGateway' },
  { name: 'makes a wide area network', action: 'networkmanager:CreateCoreNetwork', region: 'us-west-2' },
];

const PEERING: Request = {
  name: 'peers with another VPC',
  action: 'ec2:CreateVpcPeeringConnection',
  on: 'arn:{partition}:ec2:{region}:{account}:vpc-peering-connection/pcx-0123456789abcdef0',
  context: {
    'ec2:AccepterVpc': 'arn:aws:ec2:eu-north-1:111122223333:vpc/vpc-0123456789abcdef0',
    'ec2:RequesterVpc': 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0fedcba9876543210',
  },
};

/** The owner of the VPC that was asked to peer accepts. */
const ACCEPTING: Request = {
  name: 'accepts to peer with another VPC',
  action: 'ec2:AcceptVpcPeeringConnection',
  on: 'arn:{partition}:ec2:{region}:{account}:vpc-peering-connection/pcx-0123456789abcdef0',
  context: {
    'ec2:AccepterVpc': 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0123456789abcdef0',
    'ec2:RequesterVpc': 'arn:aws:ec2:us-east-1:999988887777:vpc/vpc-0fedcba9876543210',
  },
};

/** Ways in which a service takes content to the internet by itself. */
const DELIVERIES: readonly Request[] = [
  'events:CreateApiDestination',
  'events:UpdateApiDestination',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'ses:SendEmail',
  'sns:Subscribe',
  'states:InvokeHTTPEndpoint',
].map((action) => ({ name: `delivers by ${action}`, action, isGeneral: true }));

const as =
  (who: Request['as'], how: string) =>
  (one: Request): Request => ({ ...one, as: who, name: `${one.name} as ${how}` });

export const NETWORK_ROWS: readonly Row[] = [
  ...denied(
    'egress',
    ...[...WAYS, ...NEVER, PEERING, ACCEPTING, ...DELIVERIES],
    ...WAYS.map(as('workload', 'a workload')),
    ...WAYS.map((one) => ({
      ...as('impostor', 'a role that is named as the pipeline')(one),
      boundary: 'either' as const,
    })),
    ...WAYS.map((one) => ({ ...as('deployer', 'the pipeline without an egress')(one), in: withoutEgress })),
    ...NEVER.map(as('deployer', 'the pipeline')),
    ...WAYS.map((one) => ({ ...one, name: `${one.name} through an endpoint`, via: 'vpc' as const })),
  ),
  ...allowed(
    'deployer',
    ...DELIVERIES.map(as('deployer', 'the pipeline')),
    ...WAYS.map((one) => ({ ...as('deployer', 'the pipeline with an egress')(one), in: withEgress })),
    as('deployer', 'the pipeline')(PEERING),
  ),
  ...allowed(
    'people',
    { name: 'sees the internet gateways', action: 'ec2:DescribeInternetGateways' },
    { name: 'sees the peers', action: 'ec2:DescribeVpcPeeringConnections', context: { 'ec2:Vpc': ABSENT } },
  ),
];
