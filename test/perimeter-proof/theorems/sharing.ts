import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, not } from '../encoding/formula';
import { actionIn, keyIs } from '../encoding/variables';
import { isNoManager, type Theorem, theorem } from './theorem';

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
    'only the roles that deploy and manage lift a block of public access, or change the policy of a bucket',
    'scp',
    (scope) =>
      all(
        actionIn([
          's3:DeleteBucketPolicy',
          's3:PutBucketPolicy',
          'ec2:DisableImageBlockPublicAccess',
          'ec2:DisableSnapshotBlockPublicAccess',
          's3:PutAccountPublicAccessBlock',
          's3:PutBucketPublicAccessBlock',
        ]),
        isNoManager(scope),
      ),
  ),
  theorem('no function has a public URL', 'scp', () =>
    all(
      actionIn(['lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig']),
      keyIs('lambda:FunctionUrlAuthType', 'NONE'),
    ),
  ),
  theorem('no object or bucket gets a canned public access control list', 'scp', () =>
    all(
      actionIn(['s3:PutBucketAcl', 's3:PutObject', 's3:PutObjectAcl']),
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
  theorem(
    'no object, item, message or record is written to a resource of another organization, or of none',
    'scp',
    (scope) =>
      all(
        actionIn([
          'dynamodb:BatchWriteItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'firehose:PutRecord*',
          'kinesis:PutRecord*',
          's3:PutObject',
          's3:ReplicateObject',
          'sns:Publish',
          'sqs:SendMessage',
        ]),
        toOthers(scope),
      ),
  ),
];
