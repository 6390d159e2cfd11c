import type { Ledger } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { type Deciders, NONE } from '../decided-by';
import { awsTypes, simulatedPart } from '../simulated-part';

/** What a passing check of an egress doesn't prove. docs/DEPLOY-TEST.md has the same rows. */
const SIMULATED: readonly (readonly [what: string, how: string])[] = [
  [
    'Network Firewall',
    "A service of our own stores firewalls, policy and rules. It checks the form of requests by AWS's model. No packet passes a firewall, and no rule is run: `npm run test:suricata` runs them.",
  ],
  [
    'DNS Firewall',
    'A service of our own stores lists, rules and the query log. No query is blocked or logged, and nothing fails open.',
  ],
  [
    'VPC, NAT gateways, routes',
    'They are records. A route needs an existing target in its VPC, by our correction. No packet follows a route, and no zone fails.',
  ],
  [
    "The function's network",
    "The function runs on this machine. What is loaded before its code resolves the two hosts to made-up public addresses, leads these to servers on loopback, and trusts the test's authority in place of Node's. So the function's own checks run, and those of its network don't.",
  ],
  [
    'Lambda, streamed invocations',
    "Our own server verifies the gateway's signature. Then a dry run of `Invoke` in the emulator decides by the role, and our correction by the policy of the endpoint. Both aliases run the function's latest code. Limits of size, time and concurrency don't exist.",
  ],
  [
    'Secrets Manager',
    'Policies of roles and secrets decide as the emulator reads them, and that of the endpoint as our correction does. Values are stored without the key, and a deleted name is free at once.',
  ],
  [
    'Providers that are out of use',
    "Actions on the table decide, but neither leading keys nor the table's policy, which `test/iam/provider-state.test.ts` evaluates. The test gives CloudWatch the values that a gateway's log states, and the emulator evaluates the alarm.",
  ],
  ['Providers', "Two servers answer in OpenAI's form. No provider is called, and none of their limits exists."],
];

/** Properties of the egress's types that the emulator never reads. */
const DROPPED: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::ResourcePolicy BlockPublicPolicy': "the emulator doesn't look for public access",
};

/** Types of the egress that are created but not read back. */
const UNREAD: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'only AWS uses it',
  'AWS::Events::Rule': "the rule on the secrets' key; the sample's are read back",
  'AWS::KMS::Alias': "the sample's are read back",
  'AWS::Logs::ResourcePolicy': 'no service delivers a log',
};

/** Types that a check of an egress reads, or can't succeed without. */
const READ = new Set([
  ...awsTypes(
    'CloudWatch::Alarm EC2::EIP EC2::InternetGateway EC2::NatGateway EC2::Route EC2::RouteTable EC2::SecurityGroup EC2::SecurityGroupIngress EC2::Subnet',
    'EC2::SubnetRouteTableAssociation EC2::VPC EC2::VPCEndpoint EC2::VPCGatewayAttachment IAM::Policy IAM::Role KMS::Key',
    'Lambda::Alias Lambda::Function Lambda::Version Logs::LogGroup Logs::MetricFilter',
    'NetworkFirewall::Firewall NetworkFirewall::FirewallPolicy NetworkFirewall::LoggingConfiguration NetworkFirewall::RuleGroup',
    'Route53Resolver::FirewallConfig Route53Resolver::FirewallDomainList Route53Resolver::FirewallRuleGroup Route53Resolver::FirewallRuleGroupAssociation',
    'Route53Resolver::ResolverQueryLoggingConfig Route53Resolver::ResolverQueryLoggingConfigAssociation SecretsManager::ResourcePolicy SecretsManager::Secret',
  ),
  'Custom::VpcRestrictDefaultSG',
]);

/** Each section of the egress's run. */
const DECIDED_BY: Readonly<Record<string, Deciders>> = {
  'egress: network': {
    emulator: 'VPC, subnets, route tables, security groups, addresses',
    ours: 'NAT gateways and their addresses, targets of routes, endpoints of firewalls',
    echoes: NONE,
  },
  'egress: firewalls and DNS Firewall': {
    emulator: NONE,
    ours: "the form of requests, by AWS's model; references between resources",
    echoes: 'all',
  },
  'egress: function, endpoints and alarms': {
    emulator: 'function, aliases, versions, alarms, metric filters',
    ours: NONE,
    echoes: 'policy of endpoints, subnets of the function',
  },
  'egress: roles': { emulator: 'roles and their policies', ours: 'ARNs of secrets', echoes: NONE },
  'egress: secrets': { emulator: 'secrets and their versions', ours: 'secrets without a value', echoes: 'key' },
  'egress: requests': {
    emulator: 'policies of roles and secrets, secrets, tables',
    ours: 'API Gateway, Lambda, names and addresses, providers, Bedrock, policies of endpoints',
    echoes: NONE,
  },
  'egress: a provider that leaves': {
    emulator: 'roles, tables, state of the alarm',
    ours: 'API Gateway, Lambda, names and addresses, providers, the values of the alarm',
    echoes: NONE,
  },
  'egress: who reads and sets keys': { emulator: 'policies of roles and secrets', ours: NONE, echoes: NONE },
};

/** Prints what is simulated only, and fails if a type of the egress is simulated without a row. */
export const egressSimulated = (context: Context, ledger: Ledger): Promise<void> =>
  simulatedPart(context, ledger, {
    name: 'egress',
    simulated: SIMULATED,
    decidedBy: DECIDED_BY,
    own: { stacks: /^exemple-egress$/, dropped: DROPPED, unread: UNREAD, read: READ },
  });
