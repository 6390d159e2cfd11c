import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, type Request, type Row } from '../row';

const ROLE_CHANGES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/** The roles that deploy, at the top and below a path, and those that hand them to CloudFormation. */
const DEPLOYERS = [
  'role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1',
  'role/pipelines/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1',
  'role/AWSReservedSSO_Bootstrap_0123456789abcdef',
  'role/people/AWSReservedSSO_Bootstrap_0123456789abcdef',
];
const PASSERS = [
  'role/cdk-hnb659fds-deploy-role-111122223333-eu-central-1',
  'role/pipelines/cdk-hnb659fds-deploy-role-111122223333-eu-central-1',
];

const BOUNDED: Context = {
  'iam:PermissionsBoundary': 'arn:{partition}:iam::{account}:policy/exemple-residency-boundary',
};
const UNBOUNDED: Context = { 'iam:PermissionsBoundary': ABSENT };
const OF_DEPLOYMENT: Context = { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple' };

const arn = (resource: string): string => `arn:{partition}:iam::{account}:${resource}`;
const change = (who: string, action: string, resource: string, more: Partial<Request> = {}): Request => ({
  name: `${who} calls ${action} on ${resource}`,
  action,
  on: arn(resource),
  isGeneral: true,
  context: BOUNDED,
  ...more,
});
const byPipeline: Partial<Request> = { as: 'deployer' };

const ROLES: readonly Row[] = [
  ...denied(
    'loosening',
    ...[...DEPLOYERS, ...PASSERS].map((role) => change('an administrator', 'iam:UpdateAssumeRolePolicy', role)),
    ...ROLE_CHANGES.map((action) => change('an administrator', action, DEPLOYERS[0] ?? '')),
    // Such a role is tagged, so that it can be told from other roles.
    ...ROLE_CHANGES.map((action) =>
      change('an administrator, on a deployed role,', action, 'role/exemple-foundation-Gateway', {
        context: { ...BOUNDED, ...OF_DEPLOYMENT },
      }),
    ),
    ...DEPLOYERS.map((role) => change('an administrator', 'iam:PassRole', role)),
  ).filter((row, nth, all) => all.findIndex(({ name }) => name === row.name) === nth),
  ...allowed(
    'deployer',
    ...ROLE_CHANGES.map((action) =>
      change('the pipeline', action, 'role/exemple-foundation-Gateway', {
        ...byPipeline,
        context: { ...UNBOUNDED, ...OF_DEPLOYMENT },
      }),
    ),
    change('the pipeline', 'iam:PutRolePolicy', DEPLOYERS[0] ?? '', byPipeline),
    change('the role of the CLI', 'iam:PassRole', DEPLOYERS[0] ?? '', { as: 'cli' }),
    change('an administrator', 'iam:PassRole', 'role/other'),
    change('an administrator', 'iam:UpdateRole', 'role/other'),
  ),
];

const UNBOUND_MAKING = [
  'iam:CreateRole',
  'iam:PutRolePermissionsBoundary',
  'iam:CreateUser',
  'iam:PutUserPermissionsBoundary',
];
const policyOf = (action: string): string => (action.includes('Role') ? 'role/other' : 'user/other');

const BOUNDARIES: readonly Row[] = [
  ...denied(
    'loosening',
    ...UNBOUND_MAKING.map((action) =>
      change('an administrator without a boundary', action, policyOf(action), { context: UNBOUNDED }),
    ),
    ...UNBOUND_MAKING.map((action) =>
      change('an administrator with another boundary', action, policyOf(action), {
        context: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
      }),
    ),
    ...['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'].map((action) =>
      change('an administrator', action, policyOf(action)),
    ),
    ...[
      'iam:CreatePolicy',
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:SetDefaultPolicyVersion',
    ].map((action) => change('an administrator', action, 'policy/exemple-residency-boundary')),
  ),
  ...allowed(
    'deployer',
    ...UNBOUND_MAKING.map((action) => change('an administrator with the boundary', action, policyOf(action))),
    change('the pipeline', 'iam:DeleteRolePermissionsBoundary', 'role/other', byPipeline),
    change('the pipeline', 'iam:CreatePolicyVersion', 'policy/exemple-residency-boundary', byPipeline),
    change('an administrator', 'iam:CreatePolicyVersion', 'policy/other'),
  ),
];

const HOOKS = [
  'cloudformation:ActivateType',
  'cloudformation:DeactivateType',
  'cloudformation:DeregisterType',
  'cloudformation:RegisterType',
  'cloudformation:SetTypeConfiguration',
  'cloudformation:SetTypeDefaultVersion',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  's3:PutBucketObjectLockConfiguration',
  's3:PutLifecycleConfiguration',
];

const PROVIDERS = [
  'iam:AddClientIDToOpenIDConnectProvider',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreateSAMLProvider',
  'iam:DeleteOpenIDConnectProvider',
  'iam:DeleteSAMLProvider',
  'iam:RemoveClientIDFromOpenIDConnectProvider',
  'iam:UpdateOpenIDConnectProviderThumbprint',
  'iam:UpdateSAMLProvider',
];

/** Changes of a function, by which it does something else, or nothing. */
const FUNCTIONS = [
  'lambda:CreateFunctionUrlConfig',
  'lambda:DeleteFunction',
  'lambda:PutFunctionConcurrency',
  'lambda:RemovePermission',
  'lambda:UpdateAlias',
  'lambda:UpdateFunctionCode',
];

/** Changes of what a deployment has made, which its tag tells from other resources. */
const DEPLOYED = [
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
  'cloudwatch:PutAlarmMuteRule',
  'cloudwatch:PutMetricAlarm',
  'cloudwatch:SetAlarmState',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:RemoveTargets',
  'kms:CreateGrant',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:UpdateAlias',
  'kms:UpdatePrimaryRegion',
  ...FUNCTIONS,
  'logs:DeleteLogGroup',
  'logs:DeleteRetentionPolicy',
  'logs:DisassociateKmsKey',
  'logs:PutBearerTokenAuthentication',
  'logs:PutLogGroupDeletionProtection',
  'logs:PutMetricFilter',
  'logs:PutRetentionPolicy',
  'logs:PutSyslogConfiguration',
  'logs:PutTransformer',
  'network-firewall:AssociateFirewallPolicy',
  'network-firewall:DeleteFirewall',
  'network-firewall:DisassociateSubnets',
  'network-firewall:PutResourcePolicy',
  'network-firewall:UpdateRuleGroup',
  'sns:DeleteTopic',
  'sns:PutDataProtectionPolicy',
  'sns:RemovePermission',
  'sns:SetSubscriptionAttributes',
  'sns:Unsubscribe',
  'states:DeleteStateMachine',
  'states:UpdateStateMachine',
];
const DEPLOYED_KEYS: Context = {
  'lambda:Principal': 'apigateway.amazonaws.com',
  'lambda:FunctionUrlAuthType': ABSENT,
  'lambda:VpcIds': 'vpc-0123456789abcdef0',
  'kms:ReplicaRegion': '{primary}',
};

/** Changes of the hook's function, which has no tag of a deployment but a name that its stack gives it. */
const hookFunction = (who: string, as: Request['as'], name: string) =>
  FUNCTIONS.map(
    (action): Request => ({
      name: `${who} calls ${action} on ${name}`,
      action,
      as,
      on: `arn:{partition}:lambda:{region}:{account}:function:${name}`,
      isGeneral: true,
      context: DEPLOYED_KEYS,
      boundary: 'either',
    }),
  );
const HOOK_FUNCTIONS = ['residency-hook-Handler-AB12', 'StackSet-residency-hook-0123-Handler-AB12'];

const deployed = (who: string, as: Request['as'], tags: Context) =>
  DEPLOYED.map(
    (action): Request => ({
      name: `${who} calls ${action}`,
      action,
      as,
      isGeneral: true,
      context: { ...DEPLOYED_KEYS, ...tags },
      boundary: 'either',
    }),
  );

const tagged = (
  who: string,
  as: Request['as'],
  key: string,
  action: string,
  on: string,
  more: Context = {},
): Request => ({
  name: `${who} calls ${action} with the tag ${key}`,
  action,
  on,
  as,
  boundary: 'either',
  context: { 'aws:TagKeys': [key], ...more },
  isGeneral: true,
});

const BUCKET_POLICIES = ['s3:DeleteBucketPolicy', 's3:PutBucketPolicy'];
const bucketPolicy =
  (who: string, as: Request['as']) =>
  (action: string): Request => ({
    name: `${who} calls ${action}`,
    action,
    as,
    on: 'arn:{partition}:s3:::sample',
  });

const OTHERS: readonly Row[] = [
  ...denied('loosening', ...BUCKET_POLICIES.map(bucketPolicy('an administrator', 'administrator'))),
  ...allowed('deployer', ...BUCKET_POLICIES.map(bucketPolicy('the pipeline', 'deployer'))),
  ...denied('loosening', ...HOOKS.map((action): Request => ({ name: `an administrator calls ${action}`, action }))),
  ...allowed(
    'deployer',
    ...HOOKS.map((action): Request => ({ name: `the pipeline calls ${action}`, action, as: 'deployer' })),
  ),
  ...denied('loosening', ...PROVIDERS.map((action): Request => ({ name: `an administrator calls ${action}`, action }))),
  ...allowed(
    'deployer',
    ...PROVIDERS.map((action): Request => ({ name: `the pipeline calls ${action}`, action, as: 'deployer' })),
  ),
  ...denied('loosening', ...HOOK_FUNCTIONS.flatMap((name) => hookFunction('an administrator', 'administrator', name))),
  ...allowed('deployer', ...HOOK_FUNCTIONS.flatMap((name) => hookFunction('the pipeline', 'deployer', name))),
  ...allowed('people', ...hookFunction('an administrator', 'administrator', 'our-hook')),
  ...denied('loosening', ...deployed('an administrator, on what a deployment made,', 'administrator', OF_DEPLOYMENT)),
  ...allowed('deployer', ...deployed('the pipeline, on what a deployment made,', 'deployer', OF_DEPLOYMENT)),
  ...allowed('people', ...deployed('an administrator, on what no deployment made,', 'administrator', {})),
  ...allowed('people', {
    name: 'a role without the tag, such as that of API Gateway, writes to logs of a deployment',
    action: 'logs:PutLogEvents',
    isGeneral: true,
    context: OF_DEPLOYMENT,
  }),
  ...allowed('deployer', ...deployed('a role of the deployment, on what it made,', 'workload', OF_DEPLOYMENT)),
  ...denied(
    'loosening',
    tagged('an administrator', 'administrator', DEPLOYMENT_TAG, 'iam:TagUser', arn('user/other')),
    tagged('an administrator', 'administrator', DEPLOYMENT_TAG.toUpperCase(), 'iam:TagUser', arn('user/other')),
    tagged('an administrator', 'administrator', DEPLOYMENT_TAG, 's3:CreateBucket', 'arn:{partition}:s3:::sample', {
      's3:x-amz-acl': ABSENT,
    }),
    tagged('an outsider', 'outsider', DEPLOYMENT_TAG, 'sts:TagSession', arn('role/sample')),
    tagged('an outsider', 'outsider', DEPLOYMENT_TAG.toUpperCase(), 'sts:TagSession', arn('role/sample')),
  ),
  ...allowed(
    'deployer',
    tagged('the pipeline', 'deployer', DEPLOYMENT_TAG, 'iam:TagUser', arn('user/other')),
    tagged('an administrator', 'administrator', 'team', 'iam:TagUser', arn('user/other')),
    tagged('an outsider', 'outsider', 'team', 'sts:TagSession', arn('role/sample')),
  ),
];

/** Only CloudFormation assumes a role that deploys. */
const ASSUMED: readonly Row[] = [
  ...denied(
    'loosening',
    ...DEPLOYERS.map((role) => change('an administrator', 'sts:AssumeRole', role, { context: {}, boundary: 'either' })),
    change('a principal of an unknown kind', 'sts:AssumeRole', DEPLOYERS[0] ?? '', {
      context: { 'aws:PrincipalIsAWSService': ABSENT },
      boundary: 'either',
    }),
  ),
  ...allowed(
    'deployer',
    change('CloudFormation', 'sts:AssumeRole', DEPLOYERS[0] ?? '', { as: 'service', context: {} }),
    change('an administrator', 'sts:AssumeRole', PASSERS[0] ?? '', { context: {} }),
  ),
];

export const PROTECTION_ROWS: readonly Row[] = [...ROLES, ...BOUNDARIES, ...OTHERS, ...ASSUMED];
