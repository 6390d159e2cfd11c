import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ALWAYS_RETAINED, RETAINED_ONCE_CREATED } from '../shared/removal';

/** The bucket in which the other buckets of an account and Region log who requested which object. */
export class AccessLogBucket extends Construct {
  public readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    this.bucket = new s3.Bucket(this, 'Resource', {
      // Not KMS: S3 supports only SSE-S3 as the default encryption of a bucket for access logs
      // (docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
      encryption: s3.BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { id: 'Retention', expiration: Duration.days(365) },
        { id: 'Remains', noncurrentVersionExpiration: Duration.days(7), expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RETAINED_ONCE_CREATED,
    });
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LogsOfOwnBuckets',
        actions: ['s3:PutObject'],
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': `arn:${partition}:s3:::*` },
          StringEquals: { 'aws:SourceAccount': account },
        },
      }),
    );
    // A bucket that outlives its stack keeps its denials, and one that doesn't takes them with it.
    this.bucket.policy?.applyRemovalPolicy(ALWAYS_RETAINED);
  }
}
