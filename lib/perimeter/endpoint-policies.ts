import { endpointPolicy, type Policy, type PolicyScope, type Statement } from './statement';

/** The account and Region of an endpoint. */
export interface EndpointScope extends PolicyScope {
  readonly region: string;
}

/** What a caller may do through the S3 gateway endpoint: use objects of this account's buckets. */
export function s3EndpointPolicy({ partition, account }: EndpointScope): Policy {
  return endpointPolicy(account, [
    {
      Sid: 'OwnBuckets',
      Effect: 'Allow',
      Action: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:DeleteObjectTagging',
        's3:DeleteObjectVersion',
        's3:GetObject',
        's3:GetObjectVersion',
        's3:ListBucket',
        's3:ListBucketMultipartUploads',
        's3:ListBucketVersions',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        's3:PutObjectTagging',
      ],
      Resource: [`arn:${partition}:s3:::*`],
      // An S3 ARN names no account, so the condition has to.
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
  ]);
}

/** What a caller may do through the DynamoDB gateway endpoint: read and write items of this account's tables here. */
export function dynamodbEndpointPolicy(scope: EndpointScope): Policy {
  return endpointPolicy(scope.account, [
    allow(
      'OwnTables',
      [
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:DescribeTable',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ],
      own(scope, 'dynamodb', 'table/*'),
    ),
  ]);
}

/** What a caller may do through the KMS endpoint: use this account's keys of this Region. Managing keys isn't its work. */
export function kmsEndpointPolicy(scope: EndpointScope): Policy {
  return endpointPolicy(scope.account, [
    allow(
      'OwnKeys',
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      own(scope, 'kms', 'key/*'),
    ),
  ]);
}

/** What a caller may do through the CloudWatch Logs endpoint: write to this account's log groups of this Region. */
export function logsEndpointPolicy(scope: EndpointScope): Policy {
  return endpointPolicy(scope.account, [
    allow('OwnLogGroups', ['logs:CreateLogStream', 'logs:PutLogEvents'], own(scope, 'logs', 'log-group:*')),
  ]);
}

const allow = (Sid: string, Action: string[], resource: string): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource: [resource],
});

const own = ({ partition, account, region }: EndpointScope, service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
