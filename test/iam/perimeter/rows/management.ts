import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, type Request, type Row } from '../row';

const UNBOUNDED: Context = { 'iam:PermissionsBoundary': ABSENT };
const LAMBDA: Context = { 'lambda:VpcIds': ABSENT, 'lambda:FunctionUrlAuthType': ABSENT, 'lambda:Principal': ABSENT };
const OF_DEPLOYMENT: Context = { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple' };
const iam = (resource: string) => `arn:{partition}:iam::{account}:${resource}`;

/**
 * What Control Tower's StackSets set up in an account, by its role (https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html):
 * roles of services, a topic whose notifications a function forwards, a trail, the bucket of logs and hooks
 * (https://controltower.aws-management.tools/core/deepdive/), and a rule
 * (https://docs.aws.amazon.com/controltower/latest/userguide/account-factory-considerations.html).
 */
const BASELINE: readonly Request[] = [
  {
    name: 'makes the role of the configuration recorder',
    action: 'iam:CreateRole',
    on: iam('role/aws-controltower-ConfigRecorderRole'),
    context: UNBOUNDED,
  },
  {
    name: 'makes the function that forwards notifications',
    action: 'lambda:CreateFunction',
    on: 'arn:{partition}:lambda:{region}:{account}:function:aws-controltower-NotificationForwarder',
    context: LAMBDA,
  },
  {
    name: 'subscribes it to notifications',
    action: 'sns:Subscribe',
    on: 'arn:{partition}:sns:{region}:{account}:aws-controltower-SecurityNotifications',
  },
  {
    name: 'lets the topic invoke it',
    action: 'lambda:AddPermission',
    on: 'arn:{partition}:lambda:{region}:{account}:function:aws-controltower-NotificationForwarder',
    context: { ...LAMBDA, 'lambda:Principal': 'sns.amazonaws.com' },
  },
  {
    name: 'sends compliance to the topic',
    action: 'events:PutTargets',
    on: 'arn:{partition}:events:{region}:{account}:rule/aws-controltower-ConfigComplianceChangeEventRule',
    context: { 'events:TargetArn': ['arn:{partition}:sns:{region}:{account}:aws-controltower-SecurityNotifications'] },
  },
  {
    name: 'makes the policy of the topic',
    action: 'sns:SetTopicAttributes',
    on: 'arn:{partition}:sns:{region}:{account}:aws-controltower-SecurityNotifications',
  },
  {
    name: 'logs accesses of the bucket of logs',
    action: 's3:PutBucketLogging',
    on: 'arn:{partition}:s3:::aws-controltower-logs-111122223333-eu-central-1',
  },
  {
    name: 'makes the policy of the bucket of logs',
    action: 's3:PutBucketPolicy',
    on: 'arn:{partition}:s3:::aws-controltower-logs-111122223333-eu-central-1',
  },
  {
    name: 'sets how long the bucket of logs stores',
    action: 's3:PutLifecycleConfiguration',
    on: 'arn:{partition}:s3:::aws-controltower-logs-111122223333-eu-central-1',
  },
  {
    name: 'changes its trail',
    action: 'cloudtrail:UpdateTrail',
    on: 'arn:{partition}:cloudtrail:{region}:{account}:trail/aws-controltower-BaselineCloudTrail',
  },
  { name: 'activates a hook of a proactive control', action: 'cloudformation:ActivateType' },
];

/** What such a role needs for no account. */
const NEVER: readonly Request[] = [
  { name: 'calls a service in another Region', action: 'rds:CreateDBInstance', region: 'us-east-1' },
  { name: 'makes an internet gateway', action: 'ec2:CreateDefaultVpc' },
  {
    name: 'calls a model by a global profile',
    action: 'bedrock:InvokeModel',
    on: 'arn:{partition}:bedrock:{region}:{account}:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    context: { 'bedrock:InferenceProfileArn': ABSENT, 'bedrock:PromptRouterArn': ABSENT },
  },
  {
    name: 'changes the trust of a role that deploys',
    action: 'iam:UpdateAssumeRolePolicy',
    on: iam('role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1'),
  },
  {
    name: 'changes the policy of a key of a deployment',
    action: 'kms:PutKeyPolicy',
    context: { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple' },
    isGeneral: true,
  },
  {
    name: 'lets others invoke a function of a deployment',
    action: 'lambda:AddPermission',
    context: { ...LAMBDA, [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple' },
    isGeneral: true,
  },
  {
    name: 'changes the targets of a rule of a deployment',
    action: 'events:PutTargets',
    context: { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple', 'events:TargetArn': ABSENT },
    isGeneral: true,
  },
  {
    name: 'takes over the logs of a deployment',
    action: 'logs:PutSubscriptionFilter',
    context: { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple' },
    isGeneral: true,
  },
  ...['cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail'].map(
    (action): Request => ({
      name: `calls ${action} on a trail of a deployment`,
      action,
      context: OF_DEPLOYMENT,
      isGeneral: true,
    }),
  ),
  {
    name: 'subscribes to a topic of a deployment',
    action: 'sns:Subscribe',
    context: OF_DEPLOYMENT,
    isGeneral: true,
  },
  { name: 'sends e-mail', action: 'ses:SendEmail', isGeneral: true },
  { name: 'makes a route', action: 'ec2:CreateRoute', isGeneral: true },
  { name: 'replicates a bucket', action: 's3:PutReplicationConfiguration', on: 'arn:{partition}:s3:::sample' },
  { name: 'makes a transfer to another cloud', action: 'datasync:CreateLocationAzureBlob', isGeneral: true },
  { name: 'makes a provider of identities', action: 'iam:CreateSAMLProvider' },
  { name: 'passes a role of a deployment', action: 'iam:PassRole', on: iam('role/exemple-foundation-Gateway') },
];

const by = (as: 'controlTower' | 'stackSets', who: string, requests: readonly Request[]): Request[] =>
  requests.map((one) => ({ boundary: 'either', ...one, name: `${who} ${one.name}`, as }));

/** The roles that manage accounts, at the top and below a path. */
const MANAGING = [
  'role/AWSControlTowerExecution',
  'role/tools/AWSControlTowerExecution',
  'role/stacksets-exec-0123456789',
  'role/tools/stacksets-exec-0123456789',
];
/** Who may pass such a role. */
const PASSING = ['deployer', 'bootstrapper', 'controlTower', 'stackSets'] as const;
const assumes = (who: string, as: Request['as'], role: string): Request => ({
  name: `${who} assumes ${role}`,
  action: 'sts:AssumeRole',
  on: iam(role),
  as,
  boundary: 'either',
});

/** What only the roles of tools may do, and who may be such a role. */
export const MANAGEMENT_ROWS: readonly Row[] = [
  ...allowed('tools', ...by('controlTower', 'Control Tower', BASELINE), ...by('stackSets', 'a StackSet', BASELINE)),
  ...denied('tools', ...by('controlTower', 'Control Tower', NEVER), ...by('stackSets', 'a StackSet', NEVER)),
  ...denied(
    'tools',
    ...MANAGING.flatMap((role) => [
      assumes('an administrator', 'administrator', role),
      assumes('a role that deploys', 'deployer', role),
      assumes('a neighbour', 'neighbour', role),
    ]),
    {
      ...assumes('a principal of an unknown kind', 'administrator', MANAGING[0] as string),
      context: { 'aws:PrincipalIsAWSService': ABSENT },
    },
    ...MANAGING.map(
      (role): Request => ({
        name: `an administrator changes the trust of ${role}`,
        action: 'iam:UpdateAssumeRolePolicy',
        on: iam(role),
        boundary: 'either',
      }),
    ),
    ...[...MANAGING, 'role/exemple-foundation-Gateway', 'role/exemple-w1-Jobs'].map(
      (role): Request => ({
        name: `an administrator passes ${role}`,
        action: 'iam:PassRole',
        on: iam(role),
        context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        boundary: 'either',
      }),
    ),
  ),
  ...allowed(
    'tools',
    ...MANAGING.flatMap((role) => [
      assumes('the management account', 'management', role),
      assumes('a service', 'service', role),
    ]),
    ...MANAGING.flatMap((role) =>
      PASSING.map(
        (as): Request => ({
          name: `${as} passes ${role}`,
          action: 'iam:PassRole',
          on: iam(role),
          as,
          context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
          boundary: 'either',
        }),
      ),
    ),
    {
      name: 'the pipeline passes a role of a deployment',
      action: 'iam:PassRole',
      on: iam('role/exemple-foundation-Gateway'),
      as: 'deployer',
      context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    },
    {
      name: 'an administrator passes a role of another name',
      action: 'iam:PassRole',
      on: iam('role/exemplar'),
      context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    },
  ),
];
