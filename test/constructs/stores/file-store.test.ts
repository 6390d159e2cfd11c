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

  test('takes no object under another key, nor under S3’s own', () => {
    expect(denies(template, 'OtherKeys')).toMatchObject({
      Action: 's3:PutObject',
      Principal: { AWS: '*' },
      Condition: {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
      },
    });
  });

  test('takes no object under a key that the caller brings', () => {
    expect(denies(template, 'CallersKeys').Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
    });
  });

  test('is closed to the public', () => {
    bucket({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('lets nobody in by its policy, which only denies', () => {
    expect(statements(template).map(({ Effect }) => Effect)).toEqual(Array(4).fill('Deny'));
  });

  test('owns what is put into it', () => {
    bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
  });

  test('is reached over TLS only', () => {
    policy({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });

  test('is reached over TLS 1.2 or later only', () => {
    policy({ Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } });
  });

  test('keeps versions', () => bucket({ VersioningConfiguration: { Status: 'Enabled' } }));

  test('is replicated nowhere', () => bucket({ ReplicationConfiguration: Match.absent() }));

  test('outlives its stack', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('logs access to the bucket of another stack, which needn’t know of it', () => {
    bucket({
      LoggingConfiguration: { DestinationBucketName: { 'Fn::ImportValue': Match.stringLikeRegexp('^Shared') } },
    });
  });

  test('satisfies AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

describe('retention', () => {
  const rules = (retention: RetentionPeriod) => {
    const stack = stackIn('eu-central-1');
    storeIn(stack, { retention });
    const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
    return bucket?.Properties.LifecycleConfiguration.Rules;
  };
  const EXPORTS = { Id: 'Exports', Status: 'Enabled', Prefix: 'exports/', ExpirationInDays: 8 };
  const remains = (days: number) => ({
    Id: 'Remains',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: days },
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  });

  test('deletes files when their time is over, and what remains of them a week later', () => {
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

  test('keeps remains no longer than the files', () => {
    expect(rules(RetentionPeriod.days(2))).toEqual([
      expect.objectContaining({ ExpirationInDays: 2 }),
      EXPORTS,
      remains(2),
    ]);
  });

  test('until deletion still deletes what remains of deleted files', () => {
    expect(rules(RetentionPeriod.untilDeleted())).toEqual([EXPORTS, remains(7)]);
  });
});

test.each(REFUSED_REGIONS)('refuses to be in %s', (_, region, found) => {
  expect(() => storeIn(stackIn(region))).toThrow(
    `Chat/Store must be deployed inside the EU because it stores personal data, got ${found}`,
  );
});

test('refuses an access log bucket of London', () => {
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

  test('in another Region inside gets what members keep, and no export', () => {
    made('eu-west-1').hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: { Rules: [Match.objectLike({ Filter: { Prefix: 'content/' }, Status: 'Enabled' })] },
    });
  });

  test('is refused outside the store’s own boundary, whatever the replica’s is', () => {
    expect(() => made('eu-west-1', {}, { boundary: ResidencyBoundary.countries('DE', 'FR') })).toThrow(
      "Chat/Store: 'replica' must be inside DE,FR and in another Region than eu-central-1, got There/Store in 'eu-west-1'; give one in " +
        'one of eu-west-3, eusc-de-east-1',
    );
  });

  test('is refused where the store is', () => {
    expect(() => made('eu-central-1')).toThrow("got There/Store in 'eu-central-1'; give one in one of eu-north-1");
  });

  test('that keeps files for another time is refused, since nothing that expires here expires there by itself', () => {
    expect(() => made('eu-west-1', { retention: RetentionPeriod.untilDeleted() })).toThrow(
      "Chat/Store: 'replica' must keep content as long as the store says, 30 days, got a store that keeps it until it is deleted; give " +
        'both the same retention',
    );
  });
});

describe('a grant', () => {
  const stack = stackIn('eu-central-1');
  const role = new iam.Role(stack, 'Role', { assumedBy: lambda });
  storeIn(stack).grantReadWrite(role);
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));

  test('names the role in the policy of the key, through S3 only', () => {
    const using = keyStatements(stack).filter(({ Principal }) => JSON.stringify(Principal.AWS)?.includes('Role'));
    expect(using).toMatchObject([
      {
        Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] } },
      },
    ]);
  });

  test('names each action', () => {
    expect(policies).toContain('s3:PutObject');
    expect(policies).not.toMatch(/(s3|kms):[A-Za-z]*\*/);
  });

  test('leaves AwsSolutions satisfied', () => expect(nagFindings(stack)).toEqual([]));
});

test('reading doesn’t let a role write', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack).grantRead(new iam.Role(stack, 'Role', { assumedBy: lambda }));
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('s3:GetObject');
  expect(policies).not.toMatch(/s3:(Put|Delete)|kms:GenerateDataKey/);
});
