import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { keyForBucket } from '../keys/key-for-service';
import { ALWAYS_RETAINED, RETAINED_ONCE_CREATED } from '../shared/removal';

/** Construction properties for an EncryptedBucket. */
export interface EncryptedBucketProps {
  readonly encryptionKey: kms.IKey;
  readonly accessLogBucket: s3.IBucket;
  readonly lifecycleRules: s3.LifecycleRule[];
  /** @default - no object lock */
  readonly objectLockDefaultRetention?: s3.ObjectLockRetention;
  /**
   * The ARN of the only resource for which a service may write under another key.
   *
   * @default - none
   */
  readonly otherKeysFor?: string;
  /** @default - deleted only if its stack's first deployment is refused */
  readonly removalPolicy?: RemovalPolicy;
}

/** A bucket that accepts only objects under its own key, over TLS, and blocks public access. */
export class EncryptedBucket extends Construct {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: keyForBucket(props.encryptionKey),
      bucketKeyEnabled: true,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: props.lifecycleRules,
      objectLockDefaultRetention: props.objectLockDefaultRetention,
      removalPolicy: props.removalPolicy ?? RETAINED_ONCE_CREATED,
    });
    // `serverAccessLogsBucket` would write to the log bucket's policy, and so refer back to this bucket's stack.
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = {
      destinationBucketName: props.accessLogBucket.bucketName,
      logFilePrefix: `${this.node.addr}/`,
    };
    this.deny('OtherKeys', {
      // S3 applies the bucket's key to a request without the header. A request with it must name that key, or S3 uses
      // its own.
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: {
        's3:x-amz-server-side-encryption-aws-kms-key-id': props.encryptionKey.keyArn,
        // Only requests of a service on behalf of a resource have this key, so all others stay denied.
        ...(props.otherKeysFor !== undefined && { 'aws:SourceArn': props.otherKeysFor }),
      },
    });
    this.deny('CallersKeys', { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } });
    // A bucket that outlives its stack keeps its denials, and one that doesn't takes them with it.
    this.bucket.policy?.applyRemovalPolicy(ALWAYS_RETAINED);
  }

  private deny(sid: string, conditions: Record<string, Record<string, string>>): void {
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        actions: ['s3:PutObject'],
        principals: [new iam.AnyPrincipal()],
        resources: [this.bucket.arnForObjects('*')],
        conditions,
      }),
    );
  }
}
