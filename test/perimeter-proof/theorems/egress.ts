import { TAGS } from '@/lib/contract/tags';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, not } from '../encoding/formula';
import { actionIn, keyIs, present, resourceLike } from '../encoding/variables';
import { isNoDeployer, isNoManager, type Theorem, theorem } from './theorem';

const GATEWAYS = [
  'ec2:AssociateAddress',
  'ec2:AttachInternetGateway',
  'ec2:CreateInternetGateway',
  'ec2:CreateNatGateway',
];

const withoutEgress = ({ hasEgress }: PerimeterScope) => !hasEgress;

export const EGRESS_THEOREMS: readonly Theorem[] = [
  theorem(
    'without an egress, no network gets a gateway to the internet, or a public address',
    'scp',
    () => actionIn(GATEWAYS),
    withoutEgress,
  ),
  theorem(
    'only the roles that deploy make a gateway to the internet, or give a network a public address',
    'scp',
    (scope) => all(actionIn(GATEWAYS), isNoDeployer(scope)),
  ),
  theorem('no instance is started with a public address', 'scp', (scope) =>
    all(
      actionIn(['ec2:RunInstances']),
      resourceLike(`arn:${scope.partition}:ec2:*:*:network-interface/*`),
      keyIs('ec2:AssociatePublicIpAddress', 'true'),
    ),
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
  theorem('only the roles that deploy use the listed deliveries to addresses on the internet', 'scp', (scope) =>
    all(
      actionIn([
        'appflow:*',
        'datasync:*',
        'events:CreateApiDestination',
        'events:UpdateApiDestination',
        'firehose:CreateDeliveryStream',
        'firehose:UpdateDestination',
        'ses:Send*',
        'states:InvokeHTTPEndpoint',
        'transfer:*',
      ]),
      isNoDeployer(scope),
    ),
  ),
  theorem('only the roles that deploy and manage subscribe to a topic', 'scp', (scope) =>
    all(actionIn(['sns:Subscribe']), isNoManager(scope)),
  ),
  theorem('only the roles that deploy peer networks', 'scp', (scope) =>
    all(
      actionIn(['ec2:AcceptVpcPeeringConnection', 'ec2:CreateOdbNetworkPeering', 'ec2:CreateVpcPeeringConnection']),
      isNoDeployer(scope),
    ),
  ),
  theorem('only the roles that deploy change routes, or which subnet has them', 'scp', (scope) =>
    all(
      actionIn([
        'ec2:AssociateRouteTable',
        'ec2:CreateRoute',
        'ec2:CreateRouteServer',
        'ec2:CreateRouteServerEndpoint',
        'ec2:CreateRouteServerPeer',
        'ec2:DeleteRoute',
        'ec2:DisassociateRouteTable',
        'ec2:EnableRouteServerPropagation',
        'ec2:EnableVgwRoutePropagation',
        'ec2:ReplaceRoute',
        'ec2:ReplaceRouteTableAssociation',
      ]),
      isNoDeployer(scope),
    ),
  ),
  theorem(
    'only the roles that deploy make endpoints in a network, or associate it with a service network',
    'scp',
    (scope) =>
      all(
        actionIn([
          'ec2:CreateVpcEndpoint',
          'vpc-lattice:CreateServiceNetworkResourceAssociation',
          'vpc-lattice:CreateServiceNetworkServiceAssociation',
          'vpc-lattice:CreateServiceNetworkVpcAssociation',
          'vpc-lattice:CreateServiceNetworkVpcEndpointAssociation',
        ]),
        isNoDeployer(scope),
      ),
  ),
  theorem(
    'only the roles that deploy change what DNS Firewall, forwarding rules and profiles of names decide',
    'scp',
    (scope) =>
      all(
        actionIn([
          'route53profiles:AssociateProfile',
          'route53profiles:AssociateResourceToProfile',
          'route53profiles:DisassociateProfile',
          'route53profiles:DisassociateResourceFromProfile',
          'route53profiles:UpdateProfileResourceAssociation',
          'route53resolver:AssociateFirewallRuleGroup',
          'route53resolver:AssociateResolverRule',
          'route53resolver:CreateFirewallRule',
          'route53resolver:DeleteFirewallDomainList',
          'route53resolver:DeleteFirewallRule',
          'route53resolver:DeleteFirewallRuleGroup',
          'route53resolver:DisassociateFirewallRuleGroup',
          'route53resolver:DisassociateResolverRule',
          'route53resolver:ImportFirewallDomains',
          'route53resolver:UpdateFirewallConfig',
          'route53resolver:UpdateFirewallDomains',
          'route53resolver:UpdateFirewallRule',
          'route53resolver:UpdateFirewallRuleGroupAssociation',
        ]),
        isNoDeployer(scope),
      ),
  ),
  theorem(
    "only the roles that deploy and a deployment's own put a network interface or instance into its subnets",
    'scp',
    (scope) =>
      all(
        actionIn(['ec2:CreateNetworkInterface', 'ec2:RunInstances']),
        resourceLike(`arn:${scope.partition}:ec2:*:*:subnet/*`),
        isNoDeployer(scope),
        not(present(`aws:PrincipalTag/${TAGS.deployment}`)),
        present(`aws:ResourceTag/${TAGS.deployment}`),
      ),
  ),
  theorem('only the roles that deploy and manage make functions outside a network', 'scp', (scope) =>
    all(
      actionIn(['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration']),
      isNoManager(scope),
      not(present('lambda:VpcIds')),
    ),
  ),
];
