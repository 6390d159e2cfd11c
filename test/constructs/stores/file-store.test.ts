import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AccessLogBucket } from '@/lib/constructs/foundation/access-log-bucket';
import { FileStore, type FileStoreProps } from '@/lib/constructs/stores/file-store';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { keyStatements } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const lambda = new iam.ServicePrincipal('lambda.amazonaws.com');

function storeIn(stack: Stack, props: Partial<FileStoreProps> = {}) {
  const shared = () => stackIn('eu-central-1', 'Shared', stack.node.root as App);
  const accessLogBucket = props.accessLogBucket ?? new AccessLogBucket(shared(), 'Logs').bucket;
  return new FileStore(stack, 'Store', { boundary, retention: RetentionPeriod.days(30), accessLogBucket, ...props });
}

const statements = (template: Template) =>
  Object.values(template.findResources('AWS::S3::BucketPolicy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
const denies = (template: Template, sid: string) =>
  statements(template).find(({ Sid, Effect }) => Sid === sid && Effect === 'Deny');

describe('the bucket', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack);
  const template = Template.fromStack(stack);
  const bucket = (promise: object) => template.hasResourceProperties('AWS::S3::Bucket', promise);
  const policy = (statement: object) =>
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
    });
  const keyArn = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::KMS::Key'))[0], 'Arn'] };

  test('is encrypted with a customer managed key', () => {
    bucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
          },
        ],
      },
    });
  });

  test('refuses an object under another key or S3’s own', () => {
    expect(denies(template, 'OtherKeys')).toMatchObject({
      Action: 's3:PutObject',
      Principal: { AWS: '*' },
      Condition: {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
      },
    });
  });

  test('refuses an object under the caller’s own key', () => {
    expect(denies(template, 'CallersKeys').Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
    });
  });

  test('blocks public access', () => {
    bucket({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('has a policy that only denies', () => {
    expect(statements(template).map(({ Effect }) => Effect)).toEqual(Array(4).fill('Deny'));
  });

  test('owns its objects', () => {
    bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
  });

  test('requires TLS', () => {
    policy({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });

  test('requires TLS 1.2 or later', () => {
    policy({ Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } });
  });

  test('keeps versions', () => bucket({ VersioningConfiguration: { Status: 'Enabled' } }));

  test('has no replication', () => bucket({ ReplicationConfiguration: Match.absent() }));

  test('outlives its stack', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('logs access to a bucket of another stack, without a reference back', () => {
    bucket({
      LoggingConfiguration: { DestinationBucketName: { 'Fn::ImportValue': Match.stringLikeRegexp('^Shared') } },
    });
  });

  test('has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

describe('retention', () => {
  const rules = (retention: RetentionPeriod) => {
    const stack = stackIn('eu-central-1');
    storeIn(stack, { retention });
    const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
    return bucket?.Properties.LifecycleConfiguration.Rules;
  };
  const EXPORTS = { Id: 'Exports', Status: 'Enabled', Prefix: 'exports/', ExpirationInDays: 45 };
  const remains = (days: number) => ({
    Id: 'Remains',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: days },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  });

  test('deletes files at the end of their period, and their old versions a week later', () => {
    expect(rules(RetentionPeriod.days(30))).toEqual([
      {
        Id: 'Retention',
        Status: 'Enabled',
        ExpirationInDays: 30,
        // What is on hold lacks it.
        TagFilters: [{ Key: 'residency-expires', Value: 'yes' }],
      },
      EXPORTS,
      remains(7),
    ]);
  });

  test('retains old versions no longer than the files', () => {
    expect(rules(RetentionPeriod.days(2))).toEqual([
      expect.objectContaining({ ExpirationInDays: 2 }),
      EXPORTS,
      remains(2),
    ]);
  });

  test('until deletion still deletes old versions of deleted files', () => {
    expect(rules(RetentionPeriod.untilDeleted())).toEqual([EXPORTS, remains(7)]);
  });
});

test.each(REFUSED_REGIONS)('a store in %s is refused', (_, region, found) => {
  expect(() => storeIn(stackIn(region))).toThrow(
    `Chat/Store must be deployed inside the EU because it stores personal data, got ${found}`,
  );
});

test('an access log bucket in London is refused', () => {
  const stack = stackIn('eu-central-1');
  const accessLogBucket = s3.Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'logs', region: 'eu-west-2' });
  expect(() => storeIn(stack, { accessLogBucket })).toThrow(
    "'accessLogBucket' must be inside the EU, got a bucket in 'eu-west-2'",
  );
});

describe('a replica', () => {
  const made = (region: string, theirs: Partial<FileStoreProps> = {}, ours: Partial<FileStoreProps> = {}) => {
    const stack = stackIn('eu-central-1');
    const there = stackIn(region, 'There', stack.node.root as App);
    const logs = (home: Stack) =>
      s3.Bucket.fromBucketAttributes(home, 'Logs', { bucketName: 'logs', region: home.region });
    const replica = storeIn(there, { accessLogBucket: logs(there), ...theirs });
    storeIn(stack, { accessLogBucket: logs(stack), replica, ...ours });
    return Template.fromStack(stack);
  };

  test('in another Region inside the boundary gets members’ content and no exports', () => {
    made('eu-west-1').hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: { Rules: [Match.objectLike({ Filter: { Prefix: 'content/' }, Status: 'Enabled' })] },
    });
  });

  test('outside the store’s own boundary is refused, whatever the replica’s boundary is', () => {
    expect(() => made('eu-west-1', {}, { boundary: ResidencyBoundary.countries('DE', 'FR') })).toThrow(
      "Chat/Store: 'replica' must be inside DE,FR and in another Region than eu-central-1, got There/Store in 'eu-west-1'; pass a replica in " +
        'one of eu-west-3, eusc-de-east-1',
    );
  });

  test('in the store’s Region is refused', () => {
    expect(() => made('eu-central-1')).toThrow(
      "got There/Store in 'eu-central-1'; pass a replica in one of eu-north-1",
    );
  });

  test('with another retention is refused, because expiry isn’t replicated', () => {
    expect(() => made('eu-west-1', { retention: RetentionPeriod.untilDeleted() })).toThrow(
      "Chat/Store: 'replica' must have the retention of the store, 30 days, because content must be deleted when promised, got a " +
        'store with the retention until deletion; set the same retention for both',
    );
  });
});

describe('a grant', () => {
  const stack = stackIn('eu-central-1');
  const role = new iam.Role(stack, 'Role', { assumedBy: lambda });
  storeIn(stack).grantReadWrite(role);
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));

  test('names the role in the policy of the key, through S3 only', () => {
    const using = keyStatements(stack).filter(({ Condition }) => JSON.stringify(Condition)?.includes('"Role'));
    expect(using).toMatchObject([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } },
          StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] },
        },
      },
    ]);
  });

  test('names each action', () => {
    expect(policies).toContain('s3:PutObject');
    expect(policies).not.toMatch(/(s3|kms):[A-Za-z]*\*/);
  });

  test('causes no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

test('a grant to read doesn’t allow writes', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack).grantRead(new iam.Role(stack, 'Role', { assumedBy: lambda }));
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('s3:GetObject');
  expect(policies).not.toMatch(/s3:(Put|Delete)|kms:GenerateDataKey/);
});
