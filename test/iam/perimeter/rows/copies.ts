import { allowed, denied, type Request, type Row } from '../row';

/** Requests that name another Region or account in a parameter that no condition key shows. Only the pipeline makes them. */
const COPIES = [
  'backup:CopyIntoBackupVault',
  'backup:CreateBackupPlan',
  'backup:StartCopyJob',
  'backup:UpdateBackupPlan',
  'dsql:CreateCluster',
  'dynamodb:AssociateTableReplica',
  'dynamodb:CreateGlobalTable',
  'dynamodb:CreateGlobalTableWitness',
  'dynamodb:CreateTableReplica',
  'dynamodb:UpdateGlobalTable',
  'ec2:CreateInstanceExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ecr:PutReplicationConfiguration',
  'elasticache:CreateGlobalReplicationGroup',
  'elasticfilesystem:CreateReplicationConfiguration',
  'events:CreateEndpoint',
  'logs:CreateDelivery',
  'logs:CreateExportTask',
  'logs:PutAccountPolicy',
  'logs:PutSubscriptionFilter',
  'memorydb:CreateMultiRegionCluster',
  'oam:CreateLink',
  'rds:CreateGlobalCluster',
  'rds:StartExportTask',
  'redshift:EnableSnapshotCopy',
  's3:PutBucketLogging',
  's3:PutBucketNotification',
  's3:PutInventoryConfiguration',
  's3:PutReplicationConfiguration',
];

/** What lets others use a resource that no resource control policy protects. Only the pipeline does it. */
const GRANTS = [
  'apigateway:UpdateRestApiPolicy',
  'backup:PutBackupVaultAccessPolicy',
  'bedrock:PutResourcePolicy',
  'elasticfilesystem:PutFileSystemPolicy',
  'events:PutPermission',
  'glue:PutResourcePolicy',
  'kinesis:PutResourcePolicy',
  'lambda:PutResourcePolicy',
  's3:PutAccessPointPublicAccessBlock',
  's3tables:PutTableBucketPolicy',
  's3tables:PutTablePolicy',
  's3vectors:PutVectorBucketPolicy',
  'sns:AddPermission',
];

/** Copies that no stack needs either. */
const NEVER = [
  'ec2:ModifyFpgaImageAttribute',
  'lambda:AddLayerVersionPermission',
  'redshift:AuthorizeDataShare',
  'redshift:AuthorizeEndpointAccess',
  'redshift:AuthorizeSnapshotAccess',
  'support:AddAttachmentsToSet',
];

/** A recovery point has the ARN of what it is of, so the reference lists no form. */
const RECOVERY_POINT: Partial<Request> = {
  on: 'arn:{partition}:backup:{region}:{account}:recovery-point:sample',
  isUnlisted: true,
};

const by =
  (who: string, as: Request['as']) =>
  (action: string): Request => ({
    name: `${who} calls ${action}`,
    action,
    as,
    ...(action === 'backup:StartCopyJob' && RECOVERY_POINT),
  });

/** The service sends the content itself, so the perimeter asks for its own resources' organization. */
const SENT: readonly Request[] = [
  {
    name: 'stores an object',
    action: 's3:PutObject',
    on: 'arn:{partition}:s3:::theirs/key',
    context: { 's3:x-amz-acl': 'bucket-owner-full-control' },
  },
  { name: 'replicates an object', action: 's3:ReplicateObject', on: 'arn:{partition}:s3:::theirs/key' },
  ...[
    'dynamodb:BatchWriteItem',
    'dynamodb:PartiQLInsert',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
    'es:ESHttpPost',
    'events:PutEvents',
    'execute-api:Invoke',
    'firehose:PutRecord',
    'firehose:PutRecordBatch',
    'kinesis:PutRecord',
    'lambda:InvokeFunction',
    'lambda:InvokeFunctionUrl',
    'secretsmanager:PutSecretValue',
    'sns:Publish',
    'sqs:SendMessage',
    'sts:AssumeRole',
  ].map((action) => ({ name: `calls ${action}`, action, isGeneral: true as const })),
];

export const COPY_ROWS: readonly Row[] = [
  ...denied('copies', ...COPIES.map(by('an administrator', 'administrator'))),
  ...denied('sharing', ...GRANTS.map(by('an administrator', 'administrator'))),
  ...denied(
    'copies',
    ...NEVER.map(by('an administrator', 'administrator')),
    ...NEVER.map(by('the pipeline', 'deployer')),
  ),
  ...allowed('deployer', ...[...COPIES, ...GRANTS].map(by('the pipeline', 'deployer'))),
  ...denied(
    'sharing',
    ...SENT.map(
      (one): Request => ({ ...one, name: `${one.name} in another organization`, owner: 'foreign', boundary: 'either' }),
    ),
  ),
  ...allowed(
    'people',
    ...SENT.map((one): Request => ({ ...one, name: `${one.name} in the organization`, owner: 'tenant' })),
  ),
];
