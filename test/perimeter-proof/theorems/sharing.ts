import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, not } from '../encoding/formula';
import { actionIn, keyIs } from '../encoding/variables';
import { isNoDeployer, isNoManager, type Theorem, theorem } from './theorem';

const toOthers = (scope: PerimeterScope) => not(keyIs('aws:ResourceOrgID', scope.organization));

export const SHARING_THEOREMS: readonly Theorem[] = [
  theorem('no image, snapshot, layer, document or data share is shared', 'scp', () =>
    actionIn([
      'ec2:ModifyFpgaImageAttribute',
      'ec2:ModifyImageAttribute',
      'ec2:ModifySnapshotAttribute',
      'lambda:AddLayerVersionPermission',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:ModifyDBSnapshotAttribute',
      'redshift:AuthorizeDataShare',
      'redshift:AuthorizeEndpointAccess',
      'redshift:AuthorizeSnapshotAccess',
      'ssm:ModifyDocumentPermission',
    ]),
  ),
  theorem(
    'only the roles that deploy and manage lift a block of public access to S3, or change the policy of a bucket',
    'scp',
    (scope) =>
      all(
        actionIn([
          's3:DeleteBucketPolicy',
          's3:PutBucketPolicy',
          's3:PutAccessPointPublicAccessBlock',
          's3:PutAccountPublicAccessBlock',
          's3:PutBucketPublicAccessBlock',
        ]),
        isNoManager(scope),
      ),
  ),
  theorem('only the roles that deploy lift a block of public access to images and snapshots', 'scp', (scope) =>
    all(actionIn(['ec2:DisableImageBlockPublicAccess', 'ec2:DisableSnapshotBlockPublicAccess']), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy and manage change an access control list', 'scp', (scope) =>
    all(actionIn(['s3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutObjectVersionAcl']), isNoManager(scope)),
  ),
  theorem(
    'only the roles that deploy let others use a resource of a listed service that no RCP protects',
    'scp',
    (scope) =>
      all(
        actionIn([
          'apigateway:UpdateRestApiPolicy',
          'backup:PutBackupVaultAccessPolicy',
          'bedrock:PutResourcePolicy',
          'elasticfilesystem:PutFileSystemPolicy',
          'events:PutPermission',
          'glue:PutResourcePolicy',
          'kinesis:PutResourcePolicy',
          'lambda:PutResourcePolicy',
          's3tables:PutTableBucketPolicy',
          's3tables:PutTablePolicy',
          's3vectors:PutVectorBucketPolicy',
          'sns:AddPermission',
        ]),
        isNoDeployer(scope),
      ),
  ),
  theorem('only the roles that deploy and manage let others invoke a function', 'scp', (scope) =>
    all(actionIn(['lambda:AddPermission']), isNoManager(scope)),
  ),
  theorem('no function has a public URL', 'scp', () =>
    all(
      actionIn(['lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig']),
      keyIs('lambda:FunctionUrlAuthType', 'NONE'),
    ),
  ),
  theorem('no object or bucket gets a canned public access control list', 'scp', () =>
    all(
      actionIn(['s3:PutBucketAcl', 's3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl']),
      keyIs('s3:x-amz-acl', 'authenticated-read', 'public-read', 'public-read-write'),
    ),
  ),
  theorem('no function lets everybody invoke it', 'scp', () =>
    all(actionIn(['lambda:AddPermission']), keyIs('lambda:Principal', '*')),
  ),
  theorem('no resource share accepts accounts outside the organization', 'scp', () =>
    all(
      actionIn(['ram:CreateResourceShare', 'ram:UpdateResourceShare']),
      keyIs('ram:RequestedAllowsExternalPrincipals', 'true'),
    ),
  ),
  theorem('no content is handed in a listed way to a resource of another organization, or of none', 'scp', (scope) =>
    all(
      actionIn([
        'dynamodb:BatchWriteItem',
        'dynamodb:PartiQL*',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
        'es:ESHttp*',
        'events:PutEvents',
        'execute-api:Invoke',
        'firehose:PutRecord*',
        'kinesis:PutRecord*',
        'lambda:Invoke*',
        's3:PutObject',
        's3:ReplicateObject',
        'secretsmanager:PutSecretValue',
        'sns:Publish',
        'sqs:SendMessage',
      ]),
      toOthers(scope),
    ),
  ),
  theorem('no role of another organization, or of none, is assumed', 'scp', (scope) =>
    all(actionIn(['sts:AssumeRole']), toOthers(scope)),
  ),
];
