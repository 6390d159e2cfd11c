import { endpointPolicy, type Policy, type PolicyScope, type Statement } from './statement';

/** The account and Region of an endpoint. */
export interface EndpointScope extends PolicyScope {
  readonly region: string;
}

/** The calls that the S3 gateway endpoint allows: use of objects in this account's buckets. */
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
      // An S3 ARN contains no account, so the condition must.
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
  ]);
}

/** The calls that the DynamoDB gateway endpoint allows: reads and writes of items in this account's tables in this Region. */
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

/** The calls that the KMS endpoint allows: use of this account's keys in this Region, but not their management. */
export function kmsEndpointPolicy(scope: EndpointScope): Policy {
  return endpointPolicy(scope.account, [
    allow(
      'OwnKeys',
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      own(scope, 'kms', 'key/*'),
    ),
  ]);
}

/** The calls that an endpoint of Lambda allows: running these functions, by these roles of the account. */
export function lambdaEndpointPolicy(account: string, functions: readonly string[], roles: readonly string[]): Policy {
  const statement = allow('Functions', ['lambda:InvokeFunction'], ...functions);
  return endpointPolicy(account, [{ ...statement, Condition: { ArnLike: { 'aws:PrincipalArn': [...roles] } } }]);
}

/** The calls that an endpoint of Secrets Manager allows: reading these secrets. */
export const secretsEndpointPolicy = (account: string, secrets: readonly string[]): Policy =>
  endpointPolicy(account, [allow('Secrets', ['secretsmanager:GetSecretValue'], ...secrets)]);

const allow = (Sid: string, Action: string[], ...Resource: string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

const own = ({ partition, account, region }: EndpointScope, service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;
