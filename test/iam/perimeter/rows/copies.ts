import { allowed, denied, type Request, type Row } from '../row';

/** Requests that name another Region or account in a parameter that no condition key shows. Only the pipeline makes them. */
const COPIES = [
  'backup:CopyFromBackupVault',
  'backup:CopyIntoBackupVault',
  'backup:CreateBackupPlan',
  'backup:StartCopyJob',
  'backup:UpdateBackupPlan',
  'cassandra:CreateMultiRegionResource',
  'cloudhsm:CopyBackupToRegion',
  'cognito-idp:CreateUserPoolReplica',
  'ds:AddRegion',
  'dsql:CreateCluster',
  'dsql:PutMultiRegionProperties',
  'dsql:UpdateCluster',
  'dynamodb:AssociateTableReplica',
  'dynamodb:CreateGlobalTable',
  'dynamodb:CreateGlobalTableWitness',
  'dynamodb:CreateTableReplica',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:UpdateGlobalTable',
  'ec2:CreateInstanceExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ecr:PutReplicationConfiguration',
  'elasticache:CopyServerlessCacheSnapshot',
  'elasticache:CopySnapshot',
  'elasticache:CreateGlobalReplicationGroup',
  'elasticache:ExportServerlessCacheSnapshot',
  'elasticfilesystem:CreateReplicationConfiguration',
  'events:CreateEndpoint',
  'identitystore:AddRegion',
  'kafka:CreateReplicator',
  'logs:CreateDelivery',
  'logs:CreateExportTask',
  'logs:PutAccountPolicy',
  'logs:PutSubscriptionFilter',
  'memorydb:CopySnapshot',
  'memorydb:CreateMultiRegionCluster',
  'mq:CreateReplicaBroker',
  'oam:CreateLink',
  'observabilityadmin:CreateCentralizationRuleForOrganization',
  'observabilityadmin:UpdateCentralizationRuleForOrganization',
  'rds:CreateGlobalCluster',
  'rds:CrossRegionCommunication',
  'rds:StartExportTask',
  'redshift-serverless:CreateSnapshotCopyConfiguration',
  'redshift:EnableSnapshotCopy',
  's3:PutAnalyticsConfiguration',
  's3:PutBucketLogging',
  's3:PutBucketNotification',
  's3:PutInventoryConfiguration',
  's3:PutReplicationConfiguration',
  's3tables:PutTableBucketReplication',
  's3tables:PutTableReplication',
  'sso:AddRegion',
];

/** What lets others use a resource that no resource control policy protects. Only the pipeline does it. */
const GRANTS = [
  'apigateway:PutPortalProductSharingPolicy',
  'apigateway:UpdateDomainNamePolicy',
  'apigateway:UpdateRestApiPolicy',
  'backup:PutBackupVaultAccessPolicy',
  'backup:PutBackupVaultSharingPolicy',
  'bedrock:PutResourcePolicy',
  'dsql:PutClusterPolicy',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:CreateOdbNetworkPeering',
  'ec2:ModifyVerifiedAccessEndpointPolicy',
  'ec2:ModifyVerifiedAccessGroupPolicy',
  'ec2:PutResourcePolicy',
  'elasticfilesystem:PutFileSystemPolicy',
  'events:PutPermission',
  'events:PutResourcePolicy',
  'fsx:PutResourcePolicy',
  'glue:PutResourcePolicy',
  'kafka:PutClusterPolicy',
  'kinesis:PutResourcePolicy',
  'lakeformation:BatchGrantPermissions',
  'lakeformation:GrantPermissions',
  'lakeformation:PutDataLakeSettings',
  'lambda:PutResourcePolicy',
  'redshift-serverless:PutResourcePolicy',
  'redshift:PutResourcePolicy',
  's3:PutAccessPointPublicAccessBlock',
  's3express:PutBucketPolicy',
  's3files:PutFileSystemPolicy',
  's3tables:PutTableBucketPolicy',
  's3tables:PutTablePolicy',
  's3vectors:PutVectorBucketPolicy',
  'sagemaker:CreateLineageGroupPolicy',
  'sagemaker:PutModelPackageGroupPolicy',
  'sagemaker:PutResourcePolicy',
  'sns:AddPermission',
  'sns:SetTopicAttributes',
  'ssm:PutResourcePolicy',
  'vpc-lattice:PutAuthPolicy',
  'vpc-lattice:PutResourcePolicy',
  'xray:PutResourcePolicy',
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

const OF_RECOVERY_POINTS = ['backup:CopyFromBackupVault', 'backup:StartCopyJob'];

const by =
  (who: string, as: Request['as']) =>
  (action: string): Request => ({
    name: `${who} calls ${action}`,
    action,
    as,
    ...(OF_RECOVERY_POINTS.includes(action) && RECOVERY_POINT),
    ...(action === 'lambda:PutResourcePolicy' && { context: { 'lambda:Principal': '444455556666' } }),
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
    'execute-api:ManageConnections',
    'firehose:PutRecord',
    'firehose:PutRecordBatch',
    'kinesis:PutRecord',
    'lambda:InvokeFunction',
    'lambda:InvokeFunctionUrl',
    's3:PutObjectAnnotation',
    's3express:CreateSession',
    's3tables:PutTableData',
    's3vectors:PutVectors',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecret',
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
