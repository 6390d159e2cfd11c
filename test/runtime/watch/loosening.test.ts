import type { WatchPolicy } from '@/lib/contract/policies/watch-policy';
import { WATCHED_CALLS } from '@/lib/contract/watched-calls';
import { looseningOf } from '@/lib/runtime/watch/loosening';
import { DENIED, DEPLOY_ROLE_BY_HAND, DEPLOYMENT_ITSELF, OTHER_DEPLOYMENT, record } from './events';

const POLICY: WatchPolicy = {
  deployRoles: ['cdk-*-cfn-exec-role-*'],
  boundaryPolicy: 'exemple-residency-boundary',
  stacks: ['exemple-*', '*residency-hook*'],
  rules: ['exemple-watch-reports', 'exemple-watch-itself'],
};
const BOUNDARY = 'arn:aws:iam::111122223333:policy/exemple-residency-boundary';
const OTHER = 'arn:aws:iam::111122223333:policy/other';
const STACK = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/exemple-egress/1b2c';
const entryOf = (...given: Parameters<typeof record>) => looseningOf(record(...given), POLICY)?.entry;

type Given = readonly [source: string, name: string, parameters: object];

const REPORTED: readonly (readonly [string, ...Given])[] = [
  ['PerimeterChanged', 'organizations', 'UpdatePolicy', { policyId: 'p-examplepolicyid111', content: '{}' }],
  [
    'PerimeterChanged',
    'organizations',
    'DetachPolicy',
    { policyId: 'p-examplepolicyid111', targetId: 'ou-examplerootid111-exampleouid111' },
  ],
  ['PerimeterChanged', 'organizations', 'AttachPolicy', { policyId: 'p-examplepolicyid111', targetId: '111122223333' }],
  ['PerimeterChanged', 'organizations', 'DeletePolicy', { policyId: 'p-examplepolicyid111' }],
  [
    'PerimeterChanged',
    'organizations',
    'DisablePolicyType',
    { rootId: 'r-examplerootid111', policyType: 'SERVICE_CONTROL_POLICY' },
  ],
  ['PerimeterChanged', 'organizations', 'PutResourcePolicy', { content: '{}' }],
  ['PerimeterChanged', 'organizations', 'DeleteResourcePolicy', {}],
  [
    'PerimeterChanged',
    'organizations',
    'MoveAccount',
    { accountId: '111122223333', sourceParentId: 'ou-a', destinationParentId: 'r-b' },
  ],
  ['PerimeterChanged', 'organizations', 'LeaveOrganization', {}],
  ['PerimeterChanged', 'organizations', 'RemoveAccountFromOrganization', { accountId: '111122223333' }],
  ['PerimeterChanged', 'iam', 'CreatePolicyVersion', { policyArn: BOUNDARY, policyDocument: '{}', setAsDefault: true }],
  ['PerimeterChanged', 'iam', 'SetDefaultPolicyVersion', { policyArn: BOUNDARY, versionId: 'v1' }],
  ['PerimeterChanged', 'iam', 'DeletePolicy', { policyArn: BOUNDARY }],
  ['PerimeterChanged', 'iam', 'DeleteRolePermissionsBoundary', { roleName: 'gateway' }],
  ['PerimeterChanged', 'iam', 'DeleteUserPermissionsBoundary', { userName: 'Alice' }],
  ['PerimeterChanged', 'iam', 'PutRolePermissionsBoundary', { roleName: 'gateway', permissionsBoundary: OTHER }],
  [
    'PerimeterChanged',
    'iam',
    'PutUserPermissionsBoundary',
    { userName: 'Alice', permissionsBoundary: `${BOUNDARY}-2` },
  ],
  ['HookChanged', 'cloudformation', 'DeactivateType', { type: 'HOOK', typeName: 'Private::Residency::Guard' }],
  [
    'HookChanged',
    'cloudformation',
    'DeregisterType',
    { arn: 'arn:aws:cloudformation:eu-central-1:111122223333:type/hook/A-B-C' },
  ],
  [
    'HookChanged',
    'cloudformation',
    'SetTypeConfiguration',
    { typeName: 'Private::Residency::Guard', configuration: '{}' },
  ],
  ['HookChanged', 'cloudformation', 'SetTypeDefaultVersion', { typeName: 'Private::Residency::Guard', versionId: '1' }],
  ['HookChanged', 'cloudformation', 'DeleteStack', { stackName: 'exemple-perimeter' }],
  ['HookChanged', 'cloudformation', 'DeleteStack', { stackName: STACK }],
  ['HookChanged', 'cloudformation', 'DeleteStackInstances', { stackSetName: 'exemple-hook' }],
  ['HookChanged', 'cloudformation', 'DeleteStackSet', { stackSetName: 'exemple-hook' }],
  [
    'HookChanged',
    'cloudformation',
    'UpdateTerminationProtection',
    { stackName: STACK, enableTerminationProtection: false },
  ],
  ['HookChanged', 'cloudformation', 'DeleteStack', { stackName: 'residency-hook' }],
  ['HookChanged', 'cloudformation', 'DeleteStack', { stackName: 'StackSet-residency-hook-1b2c' }],
  ['HookChanged', 'lambda', 'UpdateFunctionCode20150331v2', { functionName: 'residency-hook-Handler-1b2c' }],
  [
    'HookChanged',
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: 'arn:aws:lambda:eu-central-1:111122223333:function:exemple-egress-Check-1b2c:live' },
  ],
  ['HookChanged', 'lambda', 'DeleteFunction20150331', { functionName: 'StackSet-residency-hook-1b2c-Handler-3d4e' }],
  ['HookChanged', 'lambda', 'PutFunctionConcurrency20171031', { functionName: 'residency-hook-Handler-1b2c' }],
  ['RetentionModeChanged', 'bedrock', 'PutEnforcedGuardrailConfiguration', { configId: 'a' }],
  ['RetentionModeChanged', 'bedrock', 'DeleteEnforcedGuardrailConfiguration', { configId: 'a' }],
  ['RetentionModeChanged', 'bedrock', 'PutAccountDataRetention', { mode: 'inherit' }],
  ['RetentionModeChanged', 'bedrock', 'PutAccountDataRetention', {}],
  ['RetentionModeChanged', 'bedrock', 'PutModelInvocationLoggingConfiguration', { loggingConfig: {} }],
  ['RetentionModeChanged', 'bedrock', 'PutProjectDataRetention', { projectId: 'a', mode: 'none' }],
  ['RetentionModeChanged', 'bedrock', 'PutAccountDataRetentionStorage', {}],
  ['RetentionModeChanged', 'bedrock', 'DeleteAccountDataRetentionStorage', {}],
  ['RetentionModeChanged', 'bedrock', 'PutTrustedAccessProgram', { modelId: 'a' }],
  ['RetentionModeChanged', 'bedrock', 'StartTrustedAccessProgram', { modelId: 'a' }],
  ['KeyPolicyChanged', 'kms', 'PutKeyPolicy', { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', policyName: 'default' }],
  ['KeyPolicyChanged', 'kms', 'CreateGrant', { keyId: 'a', granteePrincipal: 'arn:aws:iam::444455556666:role/theirs' }],
  ['KeyPolicyChanged', 'kms', 'ReplicateKey', { keyId: 'mrk-1234abcd', replicaRegion: 'us-east-1' }],
  ['KeyPolicyChanged', 'kms', 'UpdatePrimaryRegion', { keyId: 'mrk-1234abcd', primaryRegion: 'us-east-1' }],
  ['TrailChanged', 'cloudtrail', 'StopLogging', { name: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/exemple' }],
  ['TrailChanged', 'cloudtrail', 'DeleteTrail', { name: 'exemple' }],
  ['TrailChanged', 'cloudtrail', 'UpdateTrail', { name: 'exemple', isMultiRegionTrail: false }],
  ['TrailChanged', 'cloudtrail', 'PutEventSelectors', { trailName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'UpdateRuleGroup', { ruleGroupName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'UpdateFirewallPolicy', { firewallPolicyName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'UpdateFirewallPolicyChangeProtection', { firewallName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'UpdateSubnetChangeProtection', { firewallName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'AssociateFirewallPolicy', { firewallName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'DeleteFirewall', { firewallName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'DeleteFirewallPolicy', { firewallPolicyName: 'exemple' }],
  ['EgressListChanged', 'network-firewall', 'DeleteRuleGroup', { ruleGroupName: 'exemple' }],
  [
    'EgressListChanged',
    'route53resolver',
    'CreateFirewallRule',
    { firewallRuleGroupId: 'rslvr-frg-1', action: 'ALLOW' },
  ],
  [
    'EgressListChanged',
    'route53resolver',
    'AssociateFirewallRuleGroup',
    { firewallRuleGroupId: 'rslvr-frg-2', vpcId: 'vpc-1', priority: 101 },
  ],
  ['EgressListChanged', 'route53resolver', 'UpdateFirewallRule', { firewallRuleGroupId: 'rslvr-frg-1' }],
  ['EgressListChanged', 'route53resolver', 'DeleteFirewallRule', { firewallRuleGroupId: 'rslvr-frg-1' }],
  [
    'EgressListChanged',
    'route53resolver',
    'UpdateFirewallDomains',
    { firewallDomainListId: 'rslvr-fdl-1', operation: 'ADD' },
  ],
  ['EgressListChanged', 'route53resolver', 'ImportFirewallDomains', { firewallDomainListId: 'rslvr-fdl-1' }],
  [
    'EgressListChanged',
    'route53resolver',
    'UpdateFirewallConfig',
    { resourceId: 'vpc-1', firewallFailOpen: 'ENABLED' },
  ],
  [
    'EgressListChanged',
    'route53resolver',
    'UpdateFirewallRuleGroupAssociation',
    { firewallRuleGroupAssociationId: 'rslvr-frgassoc-1' },
  ],
  [
    'EgressListChanged',
    'route53resolver',
    'DisassociateFirewallRuleGroup',
    { firewallRuleGroupAssociationId: 'rslvr-frgassoc-1' },
  ],
  ['WatchChanged', 'events', 'DisableRule', { name: 'exemple-watch-itself' }],
  ['WatchChanged', 'events', 'DeleteRule', { name: 'exemple-watch-reports' }],
  ['WatchChanged', 'events', 'PutRule', { name: 'exemple-watch-itself', state: 'DISABLED' }],
  ['WatchChanged', 'events', 'PutTargets', { rule: 'exemple-watch-itself', targets: [] }],
  ['WatchChanged', 'events', 'RemoveTargets', { rule: 'exemple-watch-itself', ids: ['Target0'] }],
];

test.each(REPORTED)('%s reports %s %s %j, also if it was denied', (entry, source, name, parameters) => {
  expect(entryOf(source, name, parameters)).toBe(entry);
  expect(entryOf(source, name, parameters, DENIED)).toBe(entry);
});

test('each watched call has a record', () => {
  const found = new Set(REPORTED.map(([, ...given]) => looseningOf(record(...given), POLICY)));
  expect(WATCHED_CALLS.filter((watched) => !found.has(watched))).toEqual([]);
  const named = WATCHED_CALLS.flatMap(({ source, calls }) => calls.map((call) => `${source} ${call}`));
  const recorded = REPORTED.map(([, source, name]) => `${source}.amazonaws.com ${name}`);
  const form = (call: string) => new RegExp(`^${call.replaceAll('.', '[.]').replaceAll('*', '.*')}$`);
  expect(named.filter((call) => !recorded.some((one) => form(call).test(one)))).toEqual([]);
});

const SILENT: Readonly<Record<string, Given>> = {
  'a call that reads': ['kms', 'GetKeyPolicy', { keyId: 'a' }],
  'the same name of another service': ['s3', 'DeletePolicy', {}],
  'another policy of IAM': ['iam', 'CreatePolicyVersion', { policyArn: OTHER }],
  'a policy whose name ends alike': [
    'iam',
    'DeletePolicy',
    { policyArn: 'arn:aws:iam::111122223333:policy/an-exemple-residency-boundary' },
  ],
  'the boundary itself, set on a role': [
    'iam',
    'PutRolePermissionsBoundary',
    { roleName: 'a', permissionsBoundary: BOUNDARY },
  ],
  'a policy of the organization that is attached to nothing': ['organizations', 'CreatePolicy', { name: 'a' }],
  'a function of another stack': ['lambda', 'UpdateFunctionCode20150331v2', { functionName: 'shop-Handler-1' }],
  'a new function': ['lambda', 'CreateFunction20150331', { functionName: 'exemple-Handler-1' }],
  'another stack': ['cloudformation', 'DeleteStack', { stackName: 'shop' }],
  'another stack, by its ARN': ['cloudformation', 'DeleteStack', { stackName: STACK.replace('exemple', 'shop') }],
  'protection that is switched on': [
    'cloudformation',
    'UpdateTerminationProtection',
    { stackName: STACK, enableTerminationProtection: true },
  ],
  'an updated stack': ['cloudformation', 'UpdateStack', { stackName: 'exemple-egress' }],
  'the retention mode none': ['bedrock', 'PutAccountDataRetention', { mode: 'none' }],
  'a grant for a service': ['kms', 'CreateGrant', { keyId: 'a', granteePrincipal: 'rds.eu-central-1.amazonaws.com' }],
  'a grant in the account': [
    'kms',
    'CreateGrant',
    { keyId: 'a', granteePrincipal: 'arn:aws:iam::111122223333:role/a' },
  ],
  'another rule': ['events', 'DisableRule', { name: 'shop-itself' }],
  'a rule without a name': ['events', 'DisableRule', {}],
  'a trail that starts': ['cloudtrail', 'StartLogging', { name: 'exemple' }],
};

test.each(Object.entries(SILENT))('%s is not reported', (_, given) => {
  expect(entryOf(...given)).toBeUndefined();
});

describe('a deployment', () => {
  const by = (userIdentity: object, [source, name, parameters]: Given) =>
    entryOf(source, name, parameters, { userIdentity });
  const routine: [string, string, object][] = [
    ['kms', 'PutKeyPolicy', { keyId: 'a' }],
    ['cloudtrail', 'PutEventSelectors', { trailName: 'exemple' }],
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: 'exemple-egress-Check-1b2c' }],
    ['network-firewall', 'UpdateRuleGroup', { ruleGroupName: 'exemple' }],
    ['route53resolver', 'AssociateFirewallRuleGroup', { firewallRuleGroupId: 'rslvr-frg-2' }],
    ['route53resolver', 'UpdateFirewallDomains', { firewallDomainListId: 'a' }],
    ['events', 'PutTargets', { rule: 'exemple-watch-itself' }],
  ];

  test.each(routine)('changes what %s %s changes, without a report', (source, name, parameters) => {
    const given: Given = [source, name, parameters];
    expect(by(DEPLOYMENT_ITSELF, given)).toBeUndefined();
    // The role alone, or CloudFormation alone, isn't a deployment.
    expect(by(DEPLOY_ROLE_BY_HAND, given)).toBeDefined();
    expect(by(OTHER_DEPLOYMENT, given)).toBeDefined();
  });

  test.each<[string, string, object]>([
    ['iam', 'CreatePolicyVersion', { policyArn: BOUNDARY }],
    ['iam', 'DeleteRolePermissionsBoundary', { roleName: 'a' }],
    ['cloudtrail', 'StopLogging', { name: 'exemple' }],
    ['cloudformation', 'DeleteStack', { stackName: 'exemple-egress' }],
    ['kms', 'ReplicateKey', { keyId: 'a' }],
  ])('is reported for %s %s', (source, name, parameters) => {
    expect(by(DEPLOYMENT_ITSELF, [source, name, parameters])).toBeDefined();
  });
});

test.each([
  [{}],
  [{ eventSource: 1, eventName: {} }],
  [{ eventSource: 'kms.amazonaws.com', eventName: 'PutKeyPolicy', requestParameters: null }],
  [{ eventSource: 'cloudformation.amazonaws.com', eventName: 'DeleteStack', requestParameters: { stackName: 7 } }],
])('a record without the documented fields breaks nothing: %j', (event) => {
  expect(() => looseningOf(event, POLICY)).not.toThrow();
});
