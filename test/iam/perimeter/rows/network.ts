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
  {
    name: 'gives a network interface a public address',
    action: 'ec2:AssociateAddress',
    on: 'arn:{partition}:ec2:{region}:{account}:elastic-ip/eipalloc-0123456789abcdef0',
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
  'appflow:CreateFlow',
  'appflow:StartFlow',
  'datasync:CreateLocationAzureBlob',
  'datasync:CreateLocationObjectStorage',
  'datasync:StartTaskExecution',
  'events:CreateApiDestination',
  'events:UpdateApiDestination',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'ses:SendEmail',
  'sns:Subscribe',
  'states:InvokeHTTPEndpoint',
  'transfer:CreateConnector',
  'transfer:StartFileTransfer',
].map((action) => ({ name: `delivers by ${action}`, action, isGeneral: true }));

/** Ways past a firewall, to a gateway that there is already, or to names that it doesn't list. */
const ROUTES: readonly Request[] = [
  'ec2:AssociateRouteTable',
  'ec2:CreateRoute',
  'ec2:CreateRouteServerPeer',
  'ec2:CreateVpcEndpoint',
  'ec2:DeleteRoute',
  'ec2:DisassociateRouteTable',
  'ec2:EnableRouteServerPropagation',
  'ec2:EnableVgwRoutePropagation',
  'ec2:ReplaceRoute',
  'ec2:ReplaceRouteTableAssociation',
  'route53profiles:AssociateProfile',
  'route53profiles:DisassociateResourceFromProfile',
  'route53profiles:UpdateProfileResourceAssociation',
  'route53resolver:AssociateFirewallRuleGroup',
  'route53resolver:AssociateResolverRule',
  'route53resolver:CreateFirewallRule',
  'route53resolver:DeleteFirewallRule',
  'route53resolver:DeleteFirewallRuleGroup',
  'route53resolver:DisassociateFirewallRuleGroup',
  'route53resolver:ImportFirewallDomains',
  'route53resolver:UpdateFirewallConfig',
  'route53resolver:UpdateFirewallDomains',
  'route53resolver:UpdateFirewallRuleGroupAssociation',
  'vpc-lattice:CreateServiceNetworkVpcAssociation',
].map((action) => ({ name: `changes a way by ${action}`, action, isGeneral: true }));

const SUBNET = 'arn:{partition}:ec2:{region}:{account}:subnet/subnet-0123456789abcdef0';
const INTERFACE = 'arn:{partition}:ec2:{region}:{account}:network-interface/eni-0123456789abcdef0';

/** What puts something into a subnet of a deployment, which may have a route to its gateway. */
const PLACED: readonly Request[] = ['ec2:CreateNetworkInterface', 'ec2:RunInstances'].map((action) => ({
  name: `calls ${action} in a subnet of a deployment`,
  action,
  on: SUBNET,
  isGeneral: true,
  boundary: 'either',
  context: { 'aws:ResourceTag/residency:deployment': 'exemple', 'ec2:AvailabilityZone': '{primary}a' },
}));

const start = (name: string, isPublic: string | typeof ABSENT, more: Partial<Request> = {}): Request => ({
  name,
  action: 'ec2:RunInstances',
  on: INTERFACE,
  isGeneral: true,
  context: { 'ec2:AssociatePublicIpAddress': isPublic },
  ...more,
});

const as =
  (who: Request['as'], how: string) =>
  (one: Request): Request => ({ ...one, as: who, name: `${one.name} as ${how}` });

export const NETWORK_ROWS: readonly Row[] = [
  ...denied(
    'egress',
    ...[...WAYS, ...NEVER, PEERING, ACCEPTING, ...DELIVERIES, ...ROUTES, ...PLACED],
    ...ROUTES.map(as('workload', 'a workload')),
    start('starts an instance with a public address', 'true'),
    start('starts an instance with a public address as the pipeline', 'true', { as: 'deployer' }),
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
    ...ROUTES.map(as('deployer', 'the pipeline')),
    ...PLACED.map(as('deployer', 'the pipeline')),
    ...PLACED.map(as('workload', 'a role of the deployment')),
    ...WAYS.map((one) => ({ ...as('deployer', 'the pipeline with an egress')(one), in: withEgress })),
    as('deployer', 'the pipeline')(PEERING),
  ),
  ...allowed(
    'people',
    start('starts an instance without a public address', 'false'),
    start('starts an instance and says nothing of an address', ABSENT),
    ...PLACED.map(
      (one): Request => ({
        ...one,
        name: one.name.replace('a deployment', 'its own'),
        context: { ...one.context, 'aws:ResourceTag/residency:deployment': ABSENT },
      }),
    ),
    { name: 'sees the route servers', action: 'ec2:DescribeRouteServers' },
    { name: 'sees the profiles of names', action: 'route53profiles:ListProfileAssociations' },
    { name: 'sees the endpoints', action: 'ec2:DescribeVpcEndpoints' },
    { name: 'sees the routes', action: 'ec2:DescribeRouteTables' },
    { name: 'sees the internet gateways', action: 'ec2:DescribeInternetGateways' },
    { name: 'sees the peers', action: 'ec2:DescribeVpcPeeringConnections', context: { 'ec2:Vpc': ABSENT } },
  ),
];
