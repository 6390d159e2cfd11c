import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
} from '@aws-sdk/client-ec2';
import type { Aws } from '../../harness/aws';
import type { Resource } from '../../harness/deployed';
import { type JsonService, jsonCall } from '../../harness/json-call';
import { PROBES, type Probe } from '../exists';

/** Whether a service finds a resource. */
const answers = async (aws: Aws, service: JsonService, operation: string, parameters: object): Promise<boolean> => {
  try {
    await jsonCall(aws, service, operation, parameters);
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
};

const describes =
  (service: JsonService, operation: string, parameter: string): Probe =>
  (aws, { physicalId }) =>
    answers(aws, service, operation, { [parameter]: physicalId });

/** How to look up the types that only an egress has, and all others. */
const EGRESS_PROBES: Readonly<Record<string, Probe>> = {
  ...PROBES,
  'AWS::EC2::EIP': async (aws, { physicalId }) => {
    const { Addresses } = await aws.ec2.send(new DescribeAddressesCommand({}));
    return Addresses?.some(({ PublicIp }) => PublicIp === physicalId) ?? false;
  },
  'AWS::EC2::InternetGateway': async (aws, { physicalId }) => {
    const { InternetGateways } = await aws.ec2.send(new DescribeInternetGatewaysCommand({}));
    return InternetGateways?.some(({ InternetGatewayId }) => InternetGatewayId === physicalId) ?? false;
  },
  'AWS::EC2::NatGateway': async (aws, { physicalId }) => {
    const { NatGateways } = await aws.ec2.send(new DescribeNatGatewaysCommand({}));
    return NatGateways?.some(({ NatGatewayId, State }) => NatGatewayId === physicalId && State !== 'deleted') ?? false;
  },
  'AWS::NetworkFirewall::Firewall': describes('network-firewall', 'DescribeFirewall', 'FirewallArn'),
  'AWS::NetworkFirewall::FirewallPolicy': describes('network-firewall', 'DescribeFirewallPolicy', 'FirewallPolicyArn'),
  'AWS::NetworkFirewall::RuleGroup': describes('network-firewall', 'DescribeRuleGroup', 'RuleGroupArn'),
  'AWS::Route53Resolver::FirewallDomainList': describes(
    'route53resolver',
    'ListFirewallDomains',
    'FirewallDomainListId',
  ),
  'AWS::Route53Resolver::FirewallRuleGroup': describes('route53resolver', 'ListFirewallRules', 'FirewallRuleGroupId'),
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': async (aws, { physicalId }) =>
    (await listed(aws, 'ListFirewallRuleGroupAssociations', 'FirewallRuleGroupAssociations')).includes(physicalId),
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': async (aws, { physicalId }) =>
    (await listed(aws, 'ListResolverQueryLogConfigs', 'ResolverQueryLogConfigs')).includes(physicalId),
  'AWS::SecretsManager::Secret': describes('secretsmanager', 'DescribeSecret', 'SecretId'),
};

async function listed(aws: Aws, operation: string, member: string): Promise<string[]> {
  const answer = await jsonCall<Record<string, { readonly Id: string }[]>>(aws, 'route53resolver', operation, {});
  return (answer[member] ?? []).map(({ Id }) => Id);
}

/** These disappear with another resource of the stack: a route with its table, an alias with its function. */
const WITH_ANOTHER =
  /^AWS::(CDK::Metadata|EC2::(Route|SecurityGroupIngress|SubnetRouteTableAssociation|VPCGatewayAttachment)|IAM::Policy|Lambda::(Alias|Version)|Logs::MetricFilter|NetworkFirewall::LoggingConfiguration|Route53Resolver::(FirewallConfig|ResolverQueryLoggingConfigAssociation)|SecretsManager::ResourcePolicy)$|^Custom::VpcRestrictDefaultSG$/;

/** Which of these resources still exist. A type that can't be looked up is an error. */
export async function existing(aws: Aws, resources: readonly Resource[]): Promise<Resource[]> {
  const found: Resource[] = [];
  for (const resource of resources) {
    const probe = EGRESS_PROBES[resource.type];
    if (probe === undefined && !WITH_ANOTHER.test(resource.type))
      throw new Error(`${resource.type} can't be looked up; add it to test/deploy/scenarios/egress/exists.ts`);
    if (await probe?.(aws, resource)) found.push(resource);
  }
  return found;
}
