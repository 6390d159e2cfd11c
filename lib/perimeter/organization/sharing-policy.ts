import { notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** Denies what gives content to the public or to accounts outside the organization. */
export function sharingTopic(scope: PerimeterScope): Topic {
  return {
    refuses: 'public access, and access of accounts outside the organization',
    statements: [
      deny('SharedCopies', {
        Action: [
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
        ],
      }),
      // The tags of a bucket decide on nothing unless its owner enables that, so every bucket is meant.
      deny('PublicAccessBlocks', {
        Action: [
          'ec2:DisableImageBlockPublicAccess',
          'ec2:DisableSnapshotBlockPublicAccess',
          's3:DeleteBucketPolicy',
          's3:PutAccountPublicAccessBlock',
          's3:PutBucketPolicy',
          's3:PutBucketPublicAccessBlock',
        ],
        Condition: notManaging(scope),
      }),
      deny('PublicAcls', {
        Action: ['s3:PutBucketAcl', 's3:PutObject', 's3:PutObjectAcl'],
        Condition: {
          StringEquals: { 's3:x-amz-acl': ['authenticated-read', 'public-read', 'public-read-write'] },
        },
      }),
      deny('PublicFunctions', {
        Action: ['lambda:AddPermission'],
        Condition: { StringEquals: { 'lambda:Principal': '*' } },
      }),
      deny('OpenFunctionUrls', {
        Action: ['lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      }),
      deny('SharesWithOutsiders', {
        Action: ['ram:CreateResourceShare', 'ram:UpdateResourceShare'],
        Condition: { Bool: { 'ram:RequestedAllowsExternalPrincipals': 'true' } },
      }),
      // The key is absent if the resource's account belongs to no organization, and then the operator matches.
      deny('ContentToOutsiders', {
        Action: [
          'dynamodb:BatchWriteItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'firehose:PutRecord*',
          'kinesis:PutRecord*',
          's3:PutObject',
          's3:ReplicateObject',
          'sns:Publish',
          'sqs:SendMessage',
        ],
        Condition: { StringNotEquals: { 'aws:ResourceOrgID': scope.organization } },
      }),
    ],
  };
}
