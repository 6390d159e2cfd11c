import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCondition, CfnResource, Fn, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork } from '@/lib/constructs/egress/egress-network';
import { plainApp, stackIn } from '../../support/in-region';

const boundary = ResidencyBoundary.eu();
const hosts = [EgressHost.inside('openai.inference.de-txl.ionos.com')];

/** A network in two zones, what a test does to it, and the problems that synthesis would stop with. */
function problemsAfter(
  change: (network: EgressNetwork, resource: (type: string, index?: number) => CfnResource) => void,
) {
  const network = new EgressNetwork(stackIn('eu-central-1'), 'Egress', { boundary, hosts });
  const all = network.node.findAll().filter(CfnResource.isCfnResource);
  change(network, (type, index = 0) => {
    const found = all.filter(({ cfnResourceType }) => cfnResourceType === type)[index];
    if (found === undefined) throw new Error(`no ${type} ${index}`);
    return found;
  });
  return network.node.validate();
}

test('the network as it was defined has no problem', () => expect(problemsAfter(() => undefined)).toEqual([]));

test.each<[string, string, number, string]>([
  ['a route of clients', 'AWS::EC2::Route', 2, 'must have exactly the routes of clients through the firewall'],
  ['a route to the NAT gateway', 'AWS::EC2::Route', 3, 'must have exactly the routes to the NAT gateway'],
  ['a return route', 'AWS::EC2::Route', 4, 'must have exactly the routes to the internet, and back'],
  ['a NAT gateway', 'AWS::EC2::NatGateway', 0, 'of which 0 with a NAT gateway and 1 with such a firewall'],
  ['a firewall', 'AWS::NetworkFirewall::Firewall', 1, 'of which 1 with a NAT gateway and 0 with such a firewall'],
  ['the policy', 'AWS::NetworkFirewall::FirewallPolicy', 0, 'which drops all but its rules, must be as it was defined'],
  ['the rules', 'AWS::NetworkFirewall::RuleGroup', 0, 'which pass the listed names, must be as it was defined'],
  ['logging', 'AWS::NetworkFirewall::LoggingConfiguration', 1, 'because what is dropped must be logged, got none'],
  ['the log of firewalls', 'AWS::Logs::LogGroup', 0, 'must be a log group of the stack, under a key'],
  ['the log of queries', 'AWS::Logs::LogGroup', 1, 'log of DNS queries must be a log group of the stack, under a key'],
  ['the list of names', 'AWS::Route53Resolver::FirewallDomainList', 0, 'the list of allowed names must be as it was'],
  ['the list of all names', 'AWS::Route53Resolver::FirewallDomainList', 1, 'which is all, must be as it was defined'],
  ['the rules of names', 'AWS::Route53Resolver::FirewallRuleGroup', 0, 'DNS Firewall rules that allow a list'],
  [
    'their association',
    'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    0,
    'it must have DNS Firewall rules because',
  ],
  [
    'the failure mode',
    'AWS::Route53Resolver::FirewallConfig',
    0,
    'it must have DNS Firewall that fails closed because',
  ],
  ['query logging', 'AWS::Route53Resolver::ResolverQueryLoggingConfig', 0, 'the log of DNS queries must be as it was'],
  [
    'its association',
    'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
    0,
    'it must have a log of DNS queries',
  ],
  [
    'the closed default group',
    'Custom::VpcRestrictDefaultSG',
    0,
    'it must have a closed default security group because',
  ],
  ['an association of a route table', 'AWS::EC2::SubnetRouteTableAssociation', 0, 'the main one would apply, got none'],
])('without %s, synthesis stops', (_, type, index, message) => {
  const problems = problemsAfter((__, resource) => {
    const part = resource(type, index);
    // What exists only under a condition counts as removed, too.
    part.cfnOptions.condition = new CfnCondition(Stack.of(part), 'Never', { expression: Fn.conditionEquals('a', 'b') });
  });
  expect(problems.join('\n')).toContain(message);
});

test.each<[string, string, number, string, unknown, string]>([
  [
    'another rule',
    'AWS::NetworkFirewall::RuleGroup',
    0,
    'RuleGroup.RulesSource.RulesString',
    'pass ip any any -> any any (sid:1;)',
    'which pass',
  ],
  [
    'action order',
    'AWS::NetworkFirewall::FirewallPolicy',
    0,
    'FirewallPolicy.StatefulEngineOptions.RuleOrder',
    'DEFAULT_ACTION_ORDER',
    'drops all',
  ],
  [
    'streams that continue',
    'AWS::NetworkFirewall::FirewallPolicy',
    0,
    'FirewallPolicy.StatefulEngineOptions.StreamExceptionPolicy',
    'CONTINUE',
    'drops all',
  ],
  [
    'fragments that pass',
    'AWS::NetworkFirewall::FirewallPolicy',
    0,
    'FirewallPolicy.StatelessFragmentDefaultActions',
    ['aws:pass'],
    'drops all',
  ],
  [
    'a stateless group',
    'AWS::NetworkFirewall::FirewallPolicy',
    0,
    'FirewallPolicy.StatelessRuleGroupReferences',
    [{ Priority: 1, ResourceArn: 'arn' }],
    'drops all',
  ],
  [
    'another policy',
    'AWS::NetworkFirewall::Firewall',
    0,
    'FirewallPolicyArn',
    'arn:aws:network-firewall:eu-central-1:1:p',
    'the policy of',
  ],
  [
    'a firewall in two subnets',
    'AWS::NetworkFirewall::Firewall',
    0,
    'SubnetMappings.1',
    { SubnetId: 'subnet-1' },
    '0 with such a firewall',
  ],
  [
    'the endpoint of another zone',
    'AWS::EC2::Route',
    4,
    'VpcEndpointId',
    'vpce-0123',
    'and back through the firewall of zone',
  ],
  ['fail-open', 'AWS::Route53Resolver::FirewallConfig', 0, 'FirewallFailOpen', 'ENABLED', 'fails closed'],
  ['another name', 'AWS::Route53Resolver::FirewallDomainList', 0, 'Domains.1', 'example.com', 'allowed names'],
  ['names from a file', 'AWS::Route53Resolver::FirewallDomainList', 0, 'DomainFileUrl', 's3://b/k', 'allowed names'],
  ['IPv6', 'AWS::EC2::Subnet', 0, 'Ipv6CidrBlock', '2001:db8::/64', 'must have no property Ipv6CidrBlock'],
  ['a range from a pool', 'AWS::EC2::VPC', 0, 'Ipv4IpamPoolId', 'ipam-pool-1', 'must have no property Ipv4IpamPoolId'],
  ['a private NAT gateway', 'AWS::EC2::NatGateway', 0, 'ConnectivityType', 'private', 'no property ConnectivityType'],
  ['a VPN gateway', 'AWS::EC2::VPCGatewayAttachment', 0, 'VpnGatewayId', 'vgw-1', 'it must have one internet gateway'],
  ['public addresses', 'AWS::EC2::Subnet', 0, 'MapPublicIpOnLaunch', true, 'must give out no public address'],
  [
    'a log without alerts',
    'AWS::NetworkFirewall::LoggingConfiguration',
    0,
    'LoggingConfiguration.LogDestinationConfigs.0.LogType',
    'TLS',
    'of alerts and flows',
  ],
  ['a log without a key', 'AWS::Logs::LogGroup', 0, 'KmsKeyId', undefined, 'under a key'],
])('with %s, synthesis stops', (_, type, index, property, value, message) => {
  const problems = problemsAfter((__, resource) => resource(type, index).addPropertyOverride(property, value));
  expect(problems.join('\n')).toContain(message);
});

test('a problem names the property, what was found and what was expected', () => {
  const problems = problemsAfter((_, resource) =>
    resource('AWS::Route53Resolver::FirewallConfig').addPropertyOverride('FirewallFailOpen', 'ENABLED'),
  );
  expect(problems.join('\n')).toMatch(
    /because any name resolves in a failure, got none, but \w+ with FirewallFailOpen "ENABLED" instead of "DISABLED"; remove the change/,
  );
});

test('a changed network leaves nothing to deploy', () => {
  const app = plainApp();
  const network = new EgressNetwork(stackIn('eu-central-1', 'Egress', app), 'Egress', { boundary, hosts });
  const [route] = network.node.findAll().filter((node): node is ec2.CfnRoute => node instanceof ec2.CfnRoute);
  route?.addPropertyOverride('DestinationCidrBlock', '203.0.113.0/24');
  expect(() => app.synth()).toThrow("the egress network isn't as it was defined");
});

test('two networks with the same hosts in one stack have no problem', () => {
  const stack = stackIn('eu-central-1');
  const networks = ['One', 'Two'].map((id) => new EgressNetwork(stack, id, { boundary, hosts }));
  expect(networks.flatMap(({ node }) => node.validate())).toEqual([]);
});
