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
  'memorydb:CreateMultiRegionCluster',
  'rds:CreateGlobalCluster',
  'rds:StartExportTask',
  'redshift:EnableSnapshotCopy',
  's3:PutReplicationConfiguration',
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
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'firehose:PutRecord',
    'firehose:PutRecordBatch',
    'kinesis:PutRecord',
    'sns:Publish',
    'sqs:SendMessage',
  ].map((action) => ({ name: `calls ${action}`, action })),
];

export const COPY_ROWS: readonly Row[] = [
  ...denied('copies', ...COPIES.map(by('an administrator', 'administrator'))),
  ...denied(
    'copies',
    ...NEVER.map(by('an administrator', 'administrator')),
    ...NEVER.map(by('the pipeline', 'deployer')),
  ),
  ...allowed('deployer', ...COPIES.map(by('the pipeline', 'deployer'))),
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
