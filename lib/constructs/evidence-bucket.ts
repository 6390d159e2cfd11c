import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EncryptedBucket } from './encrypted-bucket';

/** Construction properties for an EvidenceBucket. */
export interface EvidenceBucketProps {
  readonly encryptionKey: kms.IKey;
  readonly accessLogBucket: s3.IBucket;
  readonly retention: s3.ObjectLockRetention;
}

/** The bucket of the trail and of evidence, in which nothing can be overwritten or deleted before its time. */
export class EvidenceBucket extends Construct {
  public readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id);
    this.bucket = new EncryptedBucket(this, 'Bucket', {
      encryptionKey: props.encryptionKey,
      accessLogBucket: props.accessLogBucket,
      objectLockDefaultRetention: props.retention,
      lifecycleRules: [
        // What was kept long enough goes: evidence says who did what, and is personal data too.
        { id: 'Retention', expiration: props.retention.duration },
        {
          id: 'Remains',
          noncurrentVersionExpiration: Duration.days(7),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    }).bucket;
  }
}
