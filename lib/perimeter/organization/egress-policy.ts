import { DEPLOYMENT_TAG, notDeploying, notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** What a network needs to reach hosts outside AWS, and the addresses by which these reach it. */
const GATEWAYS = [
  'ec2:AssociateAddress',
  'ec2:AttachInternetGateway',
  'ec2:CreateInternetGateway',
  'ec2:CreateNatGateway',
];

/** What connects a network to networks that the deployment doesn't have. */
const CONNECTIONS = [
  'directconnect:*',
  'ec2:AcceptTransitGateway*',
  'ec2:AttachVpnGateway',
  'ec2:CreateCarrierGateway',
  'ec2:CreateClientVpnEndpoint',
  'ec2:CreateCustomerGateway',
  'ec2:CreateDefaultVpc',
  'ec2:CreateEgressOnlyInternetGateway',
  'ec2:CreateLocalGatewayRouteTableVpcAssociation',
  'ec2:CreateTransitGateway*',
  'ec2:CreateVpcEndpointServiceConfiguration',
  'ec2:CreateVpnConnection',
  'ec2:CreateVpnGateway',
  'ec2:ModifyVpcEndpointServicePermissions',
];

/** Denies every egress but that of a declared egress stack, and that of functions that a deployment has outside its network. */
export function egressTopic(scope: PerimeterScope): Topic {
  const deployed = notDeploying(scope);
  return {
    refuses: scope.hasEgress
      ? 'ways to the internet and to other networks, but those of the egress stack'
      : 'ways to the internet and to other networks',
    statements: [
      deny('InternetGateways', { Action: GATEWAYS, ...(scope.hasEgress && { Condition: deployed }) }),
      deny('PublicAddresses', {
        Action: ['ec2:RunInstances'],
        Resource: [`arn:${scope.partition}:ec2:*:*:network-interface/*`],
        Condition: { Bool: { 'ec2:AssociatePublicIpAddress': 'true' } },
      }),
      deny('Connections', { Action: CONNECTIONS }),
      // The subnets of an egress have a route to its gateway. A function in a VPC makes its interface with its own role.
      deny('DeployedSubnets', {
        Action: ['ec2:CreateNetworkInterface', 'ec2:RunInstances'],
        Resource: [`arn:${scope.partition}:ec2:*:*:subnet/*`],
        Condition: {
          ...deployed,
          Null: { [`aws:PrincipalTag/${DEPLOYMENT_TAG}`]: 'true', [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'false' },
        },
      }),
      deny('FunctionsOutsideVpc', {
        Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
        Condition: { ...notManaging(scope), Null: { 'lambda:VpcIds': 'true' } },
      }),
    ],
  };
}
