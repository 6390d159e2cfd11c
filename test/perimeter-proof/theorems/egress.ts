import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, not } from '../encoding/formula';
import { actionIn, present } from '../encoding/variables';
import { isNoDeployer, isNoManager, type Theorem, theorem } from './theorem';

const GATEWAYS = ['ec2:AttachInternetGateway', 'ec2:CreateInternetGateway', 'ec2:CreateNatGateway'];

const withoutEgress = ({ hasEgress }: PerimeterScope) => !hasEgress;

export const EGRESS_THEOREMS: readonly Theorem[] = [
  theorem(
    'without an egress, no network has a gateway to the internet',
    'scp',
    () => actionIn(GATEWAYS),
    withoutEgress,
  ),
  theorem('only the roles that deploy make a gateway to the internet', 'scp', (scope) =>
    all(actionIn(GATEWAYS), isNoDeployer(scope)),
  ),
  theorem('no network is connected in a listed way to one that no deployment has', 'scp', () =>
    actionIn([
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
    ]),
  ),
  theorem(
    'only the roles that deploy and manage use the listed deliveries to addresses on the internet',
    'scp',
    (scope) =>
      all(
        actionIn([
          'events:CreateApiDestination',
          'events:UpdateApiDestination',
          'firehose:CreateDeliveryStream',
          'firehose:UpdateDestination',
          'ses:Send*',
          'sns:Subscribe',
          'states:InvokeHTTPEndpoint',
        ]),
        isNoManager(scope),
      ),
  ),
  theorem('only the roles that deploy peer networks', 'scp', (scope) =>
    all(actionIn(['ec2:AcceptVpcPeeringConnection', 'ec2:CreateVpcPeeringConnection']), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy and manage make functions outside a network', 'scp', (scope) =>
    all(
      actionIn(['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration']),
      isNoManager(scope),
      not(present('lambda:VpcIds')),
    ),
  ),
];
