/** Calls of one service that can loosen the perimeter, with one entry in the runbook. */
export interface WatchedCalls {
  /** The name of their entry in the runbook. */
  readonly entry: string;
  /** What they change. */
  readonly subject: string;
  /** The service, as `eventSource` names it. */
  readonly source: string;
  /** Values of `eventName`; `*` stands for any text. */
  readonly calls: readonly string[];
  /** The fields of `requestParameters` that name what was changed. */
  readonly named: readonly string[];
  /**
   * The calls that count, by what they change.
   *
   * @default - all
   */
  readonly only?:
    | 'boundary-policy'
    | 'other-boundary'
    | 'stack'
    | 'retention-mode'
    | 'unprotected'
    | 'other-account'
    | 'own-rule';
  /**
   * Whether a deployment makes them too. Those of a deploy role through CloudFormation aren't reported: their template was checked.
   *
   * @default false
   */
  readonly isRoutine?: boolean;
}

const IAM = 'iam.amazonaws.com';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const BEDROCK = 'bedrock.amazonaws.com';

/** Every call after which the perimeter refuses less than before. */
export const WATCHED_CALLS: readonly WatchedCalls[] = [
  {
    entry: 'PerimeterChanged',
    subject: 'a policy of the organization',
    source: 'organizations.amazonaws.com',
    calls: [
      // A policy of Bedrock that is attached further down can replace a guardrail.
      'AttachPolicy',
      'DeletePolicy',
      'DeleteResourcePolicy',
      'DetachPolicy',
      'DisablePolicyType',
      'PutResourcePolicy',
      'UpdatePolicy',
    ],
    named: ['policyId', 'targetId', 'policyType', 'rootId'],
  },
  {
    entry: 'PerimeterChanged',
    subject: 'which policies of the organization apply to an account',
    source: 'organizations.amazonaws.com',
    calls: ['LeaveOrganization', 'MoveAccount', 'RemoveAccountFromOrganization'],
    named: ['accountId', 'sourceParentId', 'destinationParentId'],
  },
  {
    entry: 'PerimeterChanged',
    subject: 'the document of the permissions boundary',
    source: IAM,
    calls: ['CreatePolicyVersion', 'DeletePolicy', 'SetDefaultPolicyVersion'],
    named: ['policyArn', 'versionId'],
    only: 'boundary-policy',
  },
  {
    entry: 'PerimeterChanged',
    subject: 'the permissions boundary of a role or user',
    source: IAM,
    calls: [
      'DeleteRolePermissionsBoundary',
      'DeleteUserPermissionsBoundary',
      'PutRolePermissionsBoundary',
      'PutUserPermissionsBoundary',
    ],
    named: ['roleName', 'userName', 'permissionsBoundary'],
    only: 'other-boundary',
  },
  {
    entry: 'HookChanged',
    subject: 'a hook of CloudFormation, or its settings',
    source: CLOUDFORMATION,
    calls: ['DeactivateType', 'DeregisterType', 'SetTypeConfiguration', 'SetTypeDefaultVersion'],
    named: ['typeName', 'typeArn', 'arn', 'type'],
  },
  {
    entry: 'HookChanged',
    subject: 'a stack that enforces the boundary',
    source: CLOUDFORMATION,
    calls: ['DeleteStack', 'DeleteStackInstances', 'DeleteStackSet'],
    named: ['stackName', 'stackSetName'],
    only: 'stack',
  },
  {
    entry: 'HookChanged',
    subject: 'the termination protection of a stack that enforces the boundary',
    source: CLOUDFORMATION,
    calls: ['UpdateTerminationProtection'],
    named: ['stackName'],
    only: 'unprotected',
  },
  {
    entry: 'HookChanged',
    subject: 'a function of a stack that enforces the boundary',
    source: 'lambda.amazonaws.com',
    // The names in CloudTrail's records end with a version.
    calls: ['DeleteFunction20150331', 'PutFunctionConcurrency*', 'UpdateFunctionCode*', 'UpdateFunctionConfiguration*'],
    named: ['functionName'],
    only: 'stack',
    isRoutine: true,
  },
  {
    entry: 'RetentionModeChanged',
    subject: 'what Bedrock retains of requests',
    source: BEDROCK,
    calls: ['PutAccountDataRetention'],
    named: ['mode'],
    only: 'retention-mode',
  },
  {
    entry: 'RetentionModeChanged',
    subject: 'what Bedrock retains of the requests of a project, or where it stores what it retains',
    source: BEDROCK,
    calls: ['Delete*DataRetention*', 'PutProjectDataRetention*', 'Put*DataRetentionStorage*'],
    named: ['projectId', 'mode'],
  },
  {
    entry: 'RetentionModeChanged',
    subject: "whether a model's provider may read what Bedrock retains",
    source: BEDROCK,
    calls: ['PutTrustedAccessProgram*', 'StartTrustedAccessProgram*'],
    named: ['modelId', 'programId'],
  },
  {
    entry: 'RetentionModeChanged',
    subject: 'where Bedrock logs prompts and answers',
    source: BEDROCK,
    calls: ['PutModelInvocationLoggingConfiguration'],
    named: [],
  },
  {
    entry: 'RetentionModeChanged',
    subject: 'the guardrails that Bedrock enforces in the account',
    source: BEDROCK,
    calls: ['DeleteEnforcedGuardrailConfiguration', 'PutEnforcedGuardrailConfiguration'],
    named: ['configId'],
  },
  {
    entry: 'KeyPolicyChanged',
    subject: 'the policy of a key',
    source: 'kms.amazonaws.com',
    calls: ['PutKeyPolicy'],
    named: ['keyId'],
    isRoutine: true,
  },
  {
    entry: 'KeyPolicyChanged',
    subject: 'who of another account may use a key',
    source: 'kms.amazonaws.com',
    calls: ['CreateGrant'],
    named: ['keyId', 'granteePrincipal'],
    only: 'other-account',
  },
  {
    entry: 'KeyPolicyChanged',
    subject: 'the Region of a key',
    source: 'kms.amazonaws.com',
    calls: ['ReplicateKey', 'UpdatePrimaryRegion'],
    named: ['keyId', 'replicaRegion', 'primaryRegion'],
  },
  {
    entry: 'TrailChanged',
    subject: 'a trail',
    source: 'cloudtrail.amazonaws.com',
    calls: ['DeleteTrail', 'StopLogging'],
    named: ['name'],
  },
  {
    entry: 'TrailChanged',
    subject: 'what a trail records',
    source: 'cloudtrail.amazonaws.com',
    calls: ['PutEventSelectors', 'UpdateTrail'],
    named: ['name', 'trailName'],
    isRoutine: true,
  },
  {
    entry: 'EgressListChanged',
    subject: 'the firewall of the egress',
    source: 'network-firewall.amazonaws.com',
    calls: [
      'AssociateFirewallPolicy',
      'DeleteFirewall',
      'DeleteFirewallPolicy',
      'DeleteRuleGroup',
      'UpdateFirewallPolicy*',
      'UpdateRuleGroup',
      'UpdateSubnetChangeProtection',
    ],
    named: ['firewallName', 'firewallArn', 'firewallPolicyName', 'firewallPolicyArn', 'ruleGroupName', 'ruleGroupArn'],
    isRoutine: true,
  },
  {
    entry: 'EgressListChanged',
    subject: 'the names that the egress resolves',
    source: 'route53resolver.amazonaws.com',
    calls: [
      'AssociateFirewallRuleGroup',
      'CreateFirewallRule',
      'DeleteFirewallRule',
      'DisassociateFirewallRuleGroup',
      'ImportFirewallDomains',
      'UpdateFirewallConfig',
      'UpdateFirewallDomains',
      'UpdateFirewallRule',
      'UpdateFirewallRuleGroupAssociation',
    ],
    named: [
      'firewallDomainListId',
      'firewallRuleGroupId',
      'firewallRuleGroupAssociationId',
      'vpcId',
      'resourceId',
      'name',
    ],
    isRoutine: true,
  },
  {
    entry: 'WatchChanged',
    subject: 'a rule that sends the reports about the perimeter',
    source: 'events.amazonaws.com',
    calls: ['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'],
    named: ['name', 'rule'],
    only: 'own-rule',
    isRoutine: true,
  },
];

/** The services whose calls are watched. */
export const WATCHED_SOURCES: readonly string[] = [...new Set(WATCHED_CALLS.map(({ source }) => source))].sort();
