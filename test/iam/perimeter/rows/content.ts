import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, inAws, type Request, type Row } from '../row';

const KEY = 'arn:{partition}:kms:{region}:{account}:key/11111111-2222-3333-4444-555555555555';
const SNAPSHOT = 'arn:{partition}:ec2:{region}::snapshot/snap-0123456789abcdef0';
const IMAGE = 'arn:{partition}:ec2:{region}::image/ami-0123456789abcdef0';
const BUCKET = 'arn:{partition}:s3:::sample';
const FUNCTION = 'arn:{partition}:lambda:{region}:{account}:function:sample';

const replica = (name: string, to: string | typeof ABSENT, more: Partial<Request> = {}): Request => ({
  name,
  action: 'kms:ReplicateKey',
  on: KEY,
  context: { 'kms:ReplicaRegion': to, 'kms:ViaService': ABSENT, 'kms:CallerAccount': '111122223333' },
  ...more,
});

const KEYS: readonly Row[] = [
  ...denied(
    'key replica',
    replica('copies a key to London', 'eu-west-2'),
    replica('copies a key to Zurich', 'eu-central-2'),
    replica('copies a key to Virginia', 'us-east-1'),
    replica('copies a key to a Region that no table has', 'eu-central-3'),
    replica('copies a key to a Region that only begins as one inside', 'eu-west-10'),
    replica('copies a key to no Region', ABSENT),
    replica('copies a key to London as the pipeline', 'eu-west-2', { as: 'deployer' }),
    replica('copies a key to London through an endpoint', 'eu-west-2', { via: 'vpc' }),
    replica('copies a key from London to the inside', '{primary}', { region: 'eu-west-2' }),
  ),
  ...allowed('key replica', replica('copies a key to a Region inside', '{primary}')),
];

const region = (name: string, target: string | typeof ABSENT, more: Partial<Request> = {}): Request => ({
  name,
  action: 'account:EnableRegion',
  context: { 'account:TargetRegion': target },
  on: 'arn:{partition}:account::{account}:account',
  ...more,
});

const PLACES: readonly Row[] = [
  ...denied(
    'opt-in',
    region('opts in to Zurich', 'eu-central-2'),
    region('opts in to Tel Aviv', 'il-central-1'),
    region('opts in to Hong Kong', 'ap-east-1'),
    region('opts in to me-west-1', 'me-west-1'),
    region('opts in to no Region', ABSENT),
    region('opts in to Zurich as the pipeline', 'eu-central-2', { as: 'deployer' }),
    region('opts in to Zurich as the root user', 'eu-central-2', { as: 'root', boundary: 'either' }),
  ),
  ...allowed(
    'opt-in',
    region('opts in to Milan', 'eu-south-1', { in: inAws, region: 'us-east-1' }),
    region('opts in to Spain', 'eu-south-2', { in: inAws, region: 'us-east-1' }),
  ),
  ...denied(
    'casablanca',
    {
      name: 'opts in to the zone in Casablanca, whose Region is Paris',
      action: 'ec2:ModifyAvailabilityZoneGroup',
      region: 'eu-west-3',
      in: inAws,
    },
    {
      name: 'makes a gateway for a Wavelength Zone',
      action: 'ec2:CreateCarrierGateway',
    },
  ),
  ...denied('istanbul', {
    name: 'opts in to the zone in Istanbul, whose Region is Frankfurt',
    action: 'ec2:ModifyAvailabilityZoneGroup',
    region: 'eu-central-1',
    in: inAws,
  }),
  ...denied(
    'dakar',
    { name: 'opts in to a zone that no page shows', action: 'ec2:ModifyAvailabilityZoneGroup' },
    { name: 'opts in to a zone as a workload', action: 'ec2:ModifyAvailabilityZoneGroup', as: 'workload' },
  ),
  ...denied(
    'access point',
    {
      name: 'makes a Multi-Region access point',
      action: 's3:CreateMultiRegionAccessPoint',
      on: 'arn:{partition}:s3::{account}:accesspoint/sample.mrap',
      region: 'us-west-2',
    },
    {
      name: 'makes a Multi-Region access point, while the request says Frankfurt',
      action: 's3:CreateMultiRegionAccessPoint',
      on: 'arn:{partition}:s3::{account}:accesspoint/sample.mrap',
    },
    {
      name: 'makes a Multi-Region access point as the pipeline',
      as: 'deployer',
      action: 's3:CreateMultiRegionAccessPoint',
      on: 'arn:{partition}:s3::{account}:accesspoint/sample.mrap',
    },
    {
      name: 'changes the policy of a Multi-Region access point',
      action: 's3:PutMultiRegionAccessPointPolicy',
      on: 'arn:{partition}:s3::{account}:accesspoint/sample.mrap',
      region: 'us-west-2',
    },
  ),
  ...denied(
    'edge',
    { name: 'makes a distribution of CloudFront', action: 'cloudfront:CreateDistribution', region: 'us-east-1' },
    { name: 'makes a distribution, while the request says Frankfurt', action: 'cloudfront:CreateDistribution' },
    { name: 'makes a distribution as the pipeline', action: 'cloudfront:CreateDistribution', as: 'deployer' },
    { name: 'makes a function of CloudFront', action: 'cloudfront:CreateFunction', region: 'us-east-1' },
    { name: 'makes a global accelerator', action: 'globalaccelerator:CreateAccelerator', region: 'us-west-2' },
    {
      name: 'makes a global accelerator, while the request says Frankfurt',
      action: 'globalaccelerator:CreateAccelerator',
    },
  ),
  ...denied(
    'chat',
    { name: 'sends a message with Chime', action: 'chime:SendChannelMessage', region: 'us-east-1' },
    { name: 'makes a meeting of Chime, while the request says Frankfurt', action: 'chime:CreateMeeting' },
    { name: 'connects a chat with Chatbot', action: 'chatbot:CreateSlackChannelConfiguration', region: 'us-east-2' },
    {
      name: 'connects a chat with Chatbot, while the request says Frankfurt',
      action: 'chatbot:CreateSlackChannelConfiguration',
    },
  ),
  ...denied(
    'shipping',
    { name: 'ships a disk', action: 'importexport:CreateJob', region: 'us-east-1' },
    { name: 'ships a disk, while the request says Frankfurt', action: 'importexport:CreateJob' },
  ),
  ...denied(
    'public registry',
    { name: 'makes a public registry of images', action: 'ecr-public:CreateRepository', region: 'us-east-1' },
    { name: 'makes a public registry, while the request says Frankfurt', action: 'ecr-public:CreateRepository' },
  ),
  ...denied(
    'global hosts',
    {
      name: 'stores an object through s3.amazonaws.com in Virginia',
      action: 's3:PutObject',
      on: `${BUCKET}/key`,
      region: 'us-east-1',
      context: { 's3:x-amz-acl': ABSENT },
    },
    {
      name: 'makes a key through kms in Virginia',
      action: 'kms:CreateKey',
      region: 'us-east-1',
      context: { 'kms:MultiRegion': 'false', 'kms:MultiRegionKeyType': ABSENT, 'kms:ViaService': ABSENT },
    },
  ),
  ...denied(
    'global table',
    {
      name: 'makes a replica of a table in London',
      action: 'dynamodb:CreateTableReplica',
      on: 'arn:{partition}:dynamodb:eu-west-2:{account}:table/sample',
      region: 'eu-west-2',
    },
    {
      name: 'makes a replica of a table in London as the pipeline',
      as: 'deployer',
      action: 'dynamodb:CreateTableReplica',
      on: 'arn:{partition}:dynamodb:eu-west-2:{account}:table/sample',
      region: 'eu-west-2',
    },
    {
      name: 'makes a global table of the old kind',
      action: 'dynamodb:CreateGlobalTable',
      on: 'arn:{partition}:dynamodb::{account}:global-table/sample',
    },
  ),
];

const COPIES: readonly Row[] = [
  ...denied(
    'copies',
    {
      name: 'copies a snapshot to London',
      action: 'ec2:CopySnapshot',
      on: SNAPSHOT,
      region: 'eu-west-2',
      context: { 'ec2:OutpostArn': ABSENT },
    },
    { name: 'copies an image to Zurich', action: 'ec2:CopyImage', on: IMAGE, region: 'eu-central-2' },
    { name: 'stores an image in a bucket of any account', action: 'ec2:CreateStoreImageTask', on: IMAGE },
    { name: 'exports an image to a bucket of any account', action: 'ec2:ExportImage', on: IMAGE },
    {
      name: 'replicates a bucket',
      action: 's3:PutReplicationConfiguration',
      on: BUCKET,
      context: { 's3:isReplicationPauseRequest': ABSENT },
    },
    {
      name: 'replicates a secret to London',
      action: 'secretsmanager:ReplicateSecretToRegions',
      on: 'arn:{partition}:secretsmanager:{region}:{account}:secret:sample-aB3dE6',
      context: { 'secretsmanager:AddReplicaRegions': ['eu-west-2'] },
    },
    {
      name: 'makes a secret with a replica in London',
      action: 'secretsmanager:CreateSecret',
      on: 'arn:{partition}:secretsmanager:{region}:{account}:secret:sample-aB3dE6',
      context: { 'secretsmanager:AddReplicaRegions': ['eu-west-2'] },
    },
    { name: 'replicates a registry of images', action: 'ecr:PutReplicationConfiguration' },
    { name: 'exports a snapshot of a database to a bucket of any account', action: 'rds:StartExportTask' },
  ),
];

const acl = (value: string): Context => ({
  's3:x-amz-acl': value,
  's3:x-amz-grant-full-control': ABSENT,
  's3:x-amz-grant-read': ABSENT,
  's3:x-amz-grant-read-acp': ABSENT,
  's3:x-amz-grant-write': ABSENT,
  's3:x-amz-grant-write-acp': ABSENT,
});

const SHARING: readonly Row[] = [
  ...denied(
    'sharing',
    {
      name: 'shares a snapshot with everybody',
      action: 'ec2:ModifySnapshotAttribute',
      on: SNAPSHOT,
      context: { 'ec2:Add/group': 'all', 'ec2:Add/userId': ABSENT, 'ec2:Attribute': 'createVolumePermission' },
    },
    {
      name: 'shares a snapshot with an account',
      action: 'ec2:ModifySnapshotAttribute',
      on: SNAPSHOT,
      context: { 'ec2:Add/group': ABSENT, 'ec2:Add/userId': '999988887777', 'ec2:Attribute': 'createVolumePermission' },
    },
    {
      name: 'shares an image',
      action: 'ec2:ModifyImageAttribute',
      on: IMAGE,
      context: { 'ec2:Attribute': 'launchPermission', 'ec2:Public': ABSENT },
    },
    { name: 'lets snapshots be public', action: 'ec2:DisableSnapshotBlockPublicAccess' },
    { name: 'lets images be public', action: 'ec2:DisableImageBlockPublicAccess' },
    {
      name: 'shares a snapshot of a database',
      action: 'rds:ModifyDBSnapshotAttribute',
      on: 'arn:{partition}:rds:{region}:{account}:snapshot:sample',
    },
    {
      name: 'shares a snapshot of a cluster',
      action: 'rds:ModifyDBClusterSnapshotAttribute',
      on: 'arn:{partition}:rds:{region}:{account}:cluster-snapshot:sample',
    },
    { name: 'lets a bucket be public', action: 's3:PutBucketPublicAccessBlock', on: BUCKET },
    { name: 'lets all buckets of the account be public', action: 's3:PutAccountPublicAccessBlock' },
    { name: 'makes a bucket public by its list', action: 's3:PutBucketAcl', on: BUCKET, context: acl('public-read') },
    { name: 'makes a bucket that is public', action: 's3:CreateBucket', on: BUCKET, context: acl('public-read') },
    {
      name: 'makes an object public by its list',
      action: 's3:PutObjectAcl',
      on: `${BUCKET}/key`,
      context: acl('public-read-write'),
    },
    {
      name: 'opens a function to everybody',
      action: 'lambda:CreateFunctionUrlConfig',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:FunctionArn': ABSENT },
    },
    {
      name: 'opens a function to everybody as the pipeline',
      as: 'deployer',
      action: 'lambda:CreateFunctionUrlConfig',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:FunctionArn': ABSENT },
    },
    {
      name: "opens a function's address to everybody later",
      action: 'lambda:UpdateFunctionUrlConfig',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:FunctionArn': ABSENT },
    },
    {
      name: 'permits everybody to call an open function',
      action: 'lambda:AddPermission',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:Principal': '*' },
    },
    {
      name: 'permits everybody to call a function as the pipeline',
      as: 'deployer',
      action: 'lambda:AddPermission',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': ABSENT, 'lambda:Principal': '*' },
    },
    {
      name: 'permits everybody to call a function by a policy as the pipeline',
      as: 'deployer',
      action: 'lambda:PutResourcePolicy',
      on: FUNCTION,
      context: { 'lambda:Principal': '*' },
    },
    {
      name: 'permits everybody to call a function',
      action: 'lambda:AddPermission',
      on: FUNCTION,
      context: { 'lambda:FunctionUrlAuthType': ABSENT, 'lambda:Principal': '*' },
    },
    {
      name: 'shares resources with another organization',
      action: 'ram:CreateResourceShare',
      context: {
        'ram:RequestedAllowsExternalPrincipals': 'true',
        'ram:RequestedResourceType': ABSENT,
        'ram:AllowsExternalPrincipals': ABSENT,
        'ram:Principal': ABSENT,
      },
    },
    {
      name: 'lets a share reach another organization',
      action: 'ram:UpdateResourceShare',
      on: 'arn:{partition}:ram:{region}:{account}:resource-share/sample',
      context: { 'ram:RequestedAllowsExternalPrincipals': 'true', 'ram:AllowsExternalPrincipals': 'false' },
    },
    {
      name: 'shares a document with everybody',
      action: 'ssm:ModifyDocumentPermission',
      on: 'arn:{partition}:ssm:{region}:{account}:document/sample',
    },
    {
      name: 'offers a service through endpoints to any account',
      action: 'ec2:ModifyVpcEndpointServicePermissions',
      on: 'arn:{partition}:ec2:{region}:{account}:vpc-endpoint-service/vpce-svc-0123456789abcdef0',
    },
  ),
];

export const CONTENT_ROWS: readonly Row[] = [...KEYS, ...PLACES, ...COPIES, ...SHARING];
