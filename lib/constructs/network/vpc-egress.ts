import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * The egress of a VPC, as messages, wherever in the app it is defined. The app doesn't know resources created
 * elsewhere.
 *
 * @param prop the user's name for the VPC
 * @param joins the resources that join it to the VPCs of further Regions, which route only to their endpoint
 */
export function vpcEgress(prop: string, vpc: ec2.IVpc, joins: ReadonlySet<CfnResource>): string[] {
  return egressOf(vpc, joins).map(
    ({ cfnResourceType, node }) =>
      `${prop} must have no egress but its endpoints because content could leave through it, got ${cfnResourceType} at ` +
      `${node.path}; use 'natGateways: 0' and only subnets of type PRIVATE_ISOLATED, and remove resources that join it to other networks`,
  );
}

/**
 * The resources of the app that are egress of a VPC, except some.
 *
 * @param joins the types that join the VPC to something else, with the properties that name the VPC
 */
export function egressOf(vpc: ec2.IVpc, except: ReadonlySet<CfnResource>, joins = JOINS): CfnResource[] {
  const resources = vpc.node.root.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter((resource) => !except.has(resource));
  const isVpc = naming([vpc.vpcId]);
  const ofVpc = (type: string) =>
    resources.filter((part) => part.cfnResourceType === type && isVpc(read(part, 'vpcId'))).map((part) => part.ref);
  const subnets = [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.isolatedSubnets];
  const isSubnet = naming([...ofVpc('AWS::EC2::Subnet'), ...subnets.map(({ subnetId }) => subnetId)]);
  const isTable = naming([...ofVpc('AWS::EC2::RouteTable'), ...subnets.flatMap(tableOf)]);
  return resources.filter((resource) => {
    const { cfnResourceType: type, node } = resource;
    if (type === 'AWS::EC2::Route') {
      return isTable(read(resource, 'routeTableId')) && read(resource, 'gatewayId') !== 'local';
    }
    return (
      (GATEWAYS.includes(type) && node.scopes.includes(vpc)) ||
      (type === 'AWS::EC2::NatGateway' && isSubnet(read(resource, 'subnetId'))) ||
      joins[type]?.some((property) => isVpc(read(resource, property)))
    );
  });
}

/** Resources that are egress on their own, if they are part of the VPC's construct. */
const GATEWAYS = [
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPNGateway',
];

/** Resources that join a VPC to another network, with the properties that name the VPC. */
export const JOINS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::CarrierGateway': ['vpcId'],
  'AWS::EC2::EgressOnlyInternetGateway': ['vpcId'],
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': ['vpcId'],
  'AWS::EC2::NatGateway': ['vpcId'],
  'AWS::EC2::TransitGatewayAttachment': ['vpcId'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['vpcId'],
  'AWS::EC2::VPCGatewayAttachment': ['vpcId'],
  'AWS::EC2::VPCPeeringConnection': ['vpcId', 'peerVpcId'],
  'AWS::NetworkManager::VpcAttachment': ['vpcArn'],
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': ['vpcIdentifier'],
};

/** CDK throws if a subnet was imported without its route table. */
function tableOf(subnet: ec2.ISubnet): string[] {
  try {
    return [subnet.routeTable.routeTableId];
  } catch {
    return [];
  }
}

const read = (resource: CfnResource, property: string): unknown =>
  (resource as unknown as Record<string, unknown>)[property];

/** Tests if a value names one of these IDs, in whichever stack: literally or by a reference. */
function naming(ids: readonly string[]): (value: unknown) => boolean {
  const targets = new Set(ids.flatMap(targetsOf));
  const literals = ids.filter((id) => !Token.isUnresolved(id));
  return (value) =>
    typeof value === 'string' &&
    (targetsOf(value).some((target) => targets.has(target)) || literals.some((id) => value.split('/').includes(id)));
}

/** A weak reference, by `Stack.consumeReference`, wraps the reference itself. */
const targetsOf = (text: string): IConstruct[] =>
  Tokenization.reverseString(text)
    .tokens.map((token) => ('reference' in token ? token.reference : token))
    .filter((token) => Reference.isReference(token))
    .map(({ target }) => target);
