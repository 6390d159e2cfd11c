import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** What hands content to a resource, or a session to a role. After that, the policies of the resource's organization decide. */
const HANDED_OVER = [
  'dynamodb:*teItem',
  'dynamodb:PartiQL*',
  'dynamodb:PutItem',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
  'es:ESHttp*',
  'events:PutEvents',
  'execute-api:*',
  'firehose:PutRecord*',
  'kinesis:PutRecord*',
  'lambda:Invoke*',
  's3:PutObject*',
  's3:Replicate*',
  's3express:CreateSession',
  's3tables:PutTableData',
  's3vectors:PutVectors',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
  'sns:Publish',
  'sqs:SendMessage',
  'sts:AssumeRole',
];

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
      deny('PublicAcls', {
        Action: ['s3:CreateAccessPoint', 's3:CreateBucket', 's3:Put*Acl', 's3:PutObject'],
        Condition: {
          StringEquals: { 's3:x-amz-acl': ['authenticated-read', 'public-read', 'public-read-write'] },
        },
      }),
      deny('PublicFunctions', {
        Action: ['lambda:AddPermission', 'lambda:PutResourcePolicy'],
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
        Action: HANDED_OVER,
        Condition: { StringNotEquals: { 'aws:ResourceOrgID': scope.organization } },
      }),
    ],
  };
}
