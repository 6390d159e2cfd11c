import { ABSENT } from '../../calls/row';
import { allowed, denied, type Request, type Row } from '../row';

const DEPLOYER = 'arn:{partition}:iam::{account}:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1';
const TRAIL = 'arn:{partition}:cloudtrail:{primary}:{account}:trail/exemple-foundation';

const onDeployer = (name: string, action: string, more: Partial<Request> = {}): Request => ({
  name,
  action,
  on: DEPLOYER,
  context: {
    'iam:PermissionsBoundary': ABSENT,
    'iam:PolicyARN': ABSENT,
    'iam:PassedToService': ABSENT,
    'iam:AssociatedResourceArn': ABSENT,
  },
  ...more,
});

/** What loosens the perimeter, or makes a role that it doesn't bind. */
const LOOSENING: readonly Row[] = [
  ...denied(
    'loosening',
    { name: 'leaves the organization', action: 'organizations:LeaveOrganization', region: 'us-east-1' },
    {
      name: 'leaves the organization as the pipeline',
      action: 'organizations:LeaveOrganization',
      region: 'us-east-1',
      as: 'deployer',
    },
    {
      name: 'leaves the organization as the root user',
      action: 'organizations:LeaveOrganization',
      region: 'us-east-1',
      as: 'root',
      boundary: 'either',
    },
    {
      name: 'takes the permissions boundary from a role',
      action: 'iam:DeleteRolePermissionsBoundary',
      on: 'arn:{partition}:iam::{account}:role/exemple-foundation-Gateway',
      context: { 'iam:PermissionsBoundary': ABSENT },
    },
    {
      name: 'gives a role another permissions boundary',
      action: 'iam:PutRolePermissionsBoundary',
      on: 'arn:{partition}:iam::{account}:role/exemple-foundation-Gateway',
      context: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
    },
    onDeployer("lets others assume the pipeline's role", 'iam:UpdateAssumeRolePolicy'),
    onDeployer("gives the pipeline's role a policy", 'iam:PutRolePolicy'),
    onDeployer("gives the pipeline's role a managed policy", 'iam:AttachRolePolicy'),
    onDeployer("deletes the pipeline's role", 'iam:DeleteRole'),
    onDeployer("makes a role that is named as the pipeline's", 'iam:CreateRole'),
    onDeployer("lets others assume the pipeline's role, as a workload", 'iam:UpdateAssumeRolePolicy', {
      as: 'workload',
    }),
    { name: 'stops the trail', action: 'cloudtrail:StopLogging', on: TRAIL },
    { name: 'deletes the trail', action: 'cloudtrail:DeleteTrail', on: TRAIL },
    { name: 'changes the trail', action: 'cloudtrail:UpdateTrail', on: TRAIL },
    { name: 'changes which events the trail has', action: 'cloudtrail:PutEventSelectors', on: TRAIL },
  ),
];

/** The same, by the only role that may. */
const BY_DEPLOYER: readonly Row[] = allowed(
  'deployer',
  { name: 'changes the trail as the pipeline', action: 'cloudtrail:UpdateTrail', on: TRAIL, as: 'deployer' },
  {
    name: 'makes a role with a permissions boundary as the pipeline',
    action: 'iam:CreateRole',
    as: 'deployer',
    on: 'arn:{partition}:iam::{account}:role/exemple-foundation-Gateway',
    context: { 'iam:PermissionsBoundary': 'arn:{partition}:iam::{account}:policy/eu-residency-boundary' },
  },
  {
    name: 'makes a bucket private as the pipeline',
    action: 's3:PutBucketPublicAccessBlock',
    on: 'arn:{partition}:s3:::sample',
    as: 'deployer',
  },
);

const CONTROL: readonly Row[] = allowed(
  'control planes',
  { name: 'lists roles in Virginia, the only Region of IAM', action: 'iam:ListRoles', region: 'us-east-1' },
  {
    name: 'gets a role',
    action: 'iam:GetRole',
    on: 'arn:{partition}:iam::{account}:role/exemple-foundation-Gateway',
    region: 'us-east-1',
  },
  { name: 'describes the organization', action: 'organizations:DescribeOrganization', region: 'us-east-1' },
  { name: 'lists zones of names', action: 'route53:ListHostedZones', region: 'us-east-1' },
);

const PEOPLE: readonly Row[] = allowed(
  'people',
  { name: 'lists buckets', action: 's3:ListAllMyBuckets' },
  { name: 'reads an object', action: 's3:GetObject', on: 'arn:{partition}:s3:::sample/key' },
  { name: 'reads metrics', action: 'cloudwatch:GetMetricData' },
  { name: 'reads events of the trail', action: 'cloudtrail:LookupEvents' },
  {
    name: 'calls a function',
    action: 'lambda:InvokeFunction',
    on: 'arn:{partition}:lambda:{region}:{account}:function:sample',
  },
  {
    name: 'reads logs',
    action: 'logs:FilterLogEvents',
    on: 'arn:{partition}:logs:{region}:{account}:log-group:sample',
  },
  { name: 'queries a table', action: 'dynamodb:Query', on: 'arn:{partition}:dynamodb:{region}:{account}:table/sample' },
  {
    name: 'decrypts with a key',
    action: 'kms:Decrypt',
    on: 'arn:{partition}:kms:{region}:{account}:key/sample',
    context: { 'kms:ViaService': ABSENT, 'kms:CallerAccount': '111122223333' },
  },
  { name: 'says who it is', action: 'sts:GetCallerIdentity' },
);

/** No policy of an organization binds them. The page about limits says so, and the alarms cover it. */
const UNBOUND: readonly Row[] = allowed('unbound', {
  name: 'the service of DynamoDB replicates by its own role, wherever a table has a replica',
  action: 'dynamodb:PutItem',
  on: 'arn:{partition}:dynamodb:{region}:{account}:table/sample',
  as: 'serviceLinked',
});

export const SETTINGS_ROWS: readonly Row[] = [...LOOSENING, ...BY_DEPLOYER, ...CONTROL, ...PEOPLE, ...UNBOUND];
