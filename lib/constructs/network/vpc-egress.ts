import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type CfnElement, type CfnResource, Token, Tokenization } from 'aws-cdk-lib/core';
import { AppReferences, type RenderedResource, targetOf } from './app-references';

/**
 * The egress of a VPC, as messages, wherever in the app it is defined. The app doesn't know resources created
 * elsewhere.
 *
 * @param prop the user's name for the VPC
 * @param joins the resources that join it to the VPCs of further Regions, which route only to their endpoint
 */
export function vpcEgress(prop: string, vpc: ec2.IVpc, joins: ReadonlySet<CfnResource>): string[] {
  return egressOf(vpc, joins).map(
    ({ type, path }) =>
      `${prop} must have no egress but its endpoints because content could leave through it, got ${type} at ` +
      `${path}; use 'natGateways: 0' and only subnets of type PRIVATE_ISOLATED, and remove resources that join it to other networks`,
  );
}

/** The resources of the app that are egress of a VPC, except some: what the templates have, with every override. */
function egressOf(vpc: ec2.IVpc, except: ReadonlySet<CfnResource>): { type: string; path: string }[] {
  const app = new AppReferences(vpc.node.root);
  // Others may not be complete yet, so they aren't rendered.
  const parts = app.resources
    .filter((resource) => !except.has(resource) && (TYPES.has(resource.cfnResourceType) || hasOtherType(resource)))
    .map((resource) => ({ resource, ...app.render(resource) }));
  const isVpc = naming([vpc.vpcId]);
  const ofVpc = (type: string) =>
    parts.filter((part) => part.type === type && isVpc(part, 'VpcId')).map(({ resource }) => resource);
  const subnets = [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets];
  const subnetIds = subnets.map(({ subnetId }) => subnetId);
  const isSubnet = naming(subnetIds, ofVpc('AWS::EC2::Subnet'));
  const isTable = naming(subnets.flatMap(tableOf), ofVpc('AWS::EC2::RouteTable'));
  return parts
    .filter((part) => {
      const { type, properties, resource } = part;
      if (type === 'AWS::EC2::Route') return isTable(part, 'RouteTableId') && properties.GatewayId !== 'local';
      return (
        (GATEWAYS.includes(type) && resource.node.scopes.includes(vpc)) ||
        (type === 'AWS::EC2::NatGateway' && isSubnet(part, 'SubnetId')) ||
        JOINS[type]?.some((property) => isVpc(part, property))
      );
    })
    .map(({ type, resource }) => ({ type, path: resource.node.path }));
}

/** Resources that are egress on their own, if they are part of the VPC's construct. */
const GATEWAYS = [
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPNGateway',
];

/** Resources that join a VPC to another network, with the properties that name the VPC. */
const JOINS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::CarrierGateway': ['VpcId'],
  'AWS::EC2::EgressOnlyInternetGateway': ['VpcId'],
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': ['VpcId'],
  'AWS::EC2::NatGateway': ['VpcId'],
  'AWS::EC2::TransitGatewayAttachment': ['VpcId'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['VpcId'],
  'AWS::EC2::VPCGatewayAttachment': ['VpcId'],
  'AWS::EC2::VPCPeeringConnection': ['VpcId', 'PeerVpcId'],
  'AWS::NetworkManager::VpcAttachment': ['VpcArn'],
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': ['VpcIdentifier'],
};

const TYPES = new Set([
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::Subnet',
  ...GATEWAYS,
  ...Object.keys(JOINS),
]);

/** Whether an override changes the type of a resource. */
const hasOtherType = (resource: CfnResource): boolean =>
  (resource as unknown as { rawOverrides?: { Type?: unknown } }).rawOverrides?.Type !== undefined;

/** CDK throws if a subnet was imported without its route table. */
function tableOf(subnet: ec2.ISubnet): string[] {
  try {
    return [subnet.routeTable.routeTableId];
  } catch {
    return [];
  }
}

/** Tests if a property names one of these IDs or resources, in whichever stack: literally or by a reference. */
function naming(
  ids: readonly string[],
  resources: readonly CfnResource[] = [],
): (part: RenderedResource, property: string) => boolean {
  const targets = new Set<CfnElement>([...resources, ...ids.flatMap(targetsOf)]);
  const literals = ids.filter((id) => !Token.isUnresolved(id));
  return ({ properties, mentions }, property) =>
    mentions.some(({ path, target }) => path[0] === property && targets.has(target)) ||
    textsOf(properties[property]).some((text) => literals.some((id) => text.split('/').includes(id)));
}

const targetsOf = (text: string): CfnElement[] =>
  Tokenization.reverseString(text).tokens.flatMap((token) => targetOf(token) ?? []);

/** Every text in a value. */
const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];
