import { notDeploying, notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** What a network needs to reach hosts outside AWS. */
const GATEWAYS = ['ec2:AttachInternetGateway', 'ec2:CreateInternetGateway', 'ec2:CreateNatGateway'];

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

/** What sends content to addresses on the internet without a network of the account. */
const DELIVERIES = [
  'events:CreateApiDestination',
  'events:UpdateApiDestination',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'ses:Send*',
  'sns:Subscribe',
  'states:InvokeHTTPEndpoint',
];

/** Denies every egress but that of a declared egress stack, and that of functions that a deployment has outside its network. */
export function egressTopic(scope: PerimeterScope): Topic {
  const deployed = { Condition: notDeploying(scope) };
  return {
    refuses: scope.hasEgress
      ? 'ways to the internet and to other networks, but those of the egress stack'
      : 'ways to the internet and to other networks',
    statements: [
      deny('InternetGateways', { Action: GATEWAYS, ...(scope.hasEgress && deployed) }),
      deny('Connections', { Action: CONNECTIONS }),
      // A deployment joins its own Regions by peering.
      deny('Peering', { Action: ['ec2:AcceptVpcPeeringConnection', 'ec2:CreateVpcPeeringConnection'], ...deployed }),
      // Alarms are sent to the recipients of a deployment.
      deny('Deliveries', { Action: DELIVERIES, Condition: notManaging(scope) }),
      deny('FunctionsOutsideVpc', {
        Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
        Condition: { ...notManaging(scope), Null: { 'lambda:VpcIds': 'true' } },
      }),
    ],
  };
}
