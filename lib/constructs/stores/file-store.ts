import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { EXPIRY_TAG } from '../../contract/expiry-tag';
import { EXPORTS_PREFIX } from '../../contract/objects';
import { EXPORT_OBJECT_DAYS } from '../../contract/rights';
import { EncryptedBucket } from '../foundation/encrypted-bucket';
import { ResidencyKey } from '../keys/residency-key';
import { requireBucketInside, requireInside, requireKeyInside, requireReplicaInside } from '../shared/require-inside';
import { FileReplication } from './file-replication';
import { requireSameRetention } from './require-same-retention';
import type { RetentionPeriod } from './retention-period';

/** Construction properties for a FileStore. */
export interface FileStoreProps {
  /** The boundary in which files may be stored. */
  readonly boundary: ResidencyBoundary;

  /**
   * Retention of files with the tag `residency-expires`: `yes`, which their writer sets. Deleted or replaced files can
   * be restored for up to 7 more days.
   */
  readonly retention: RetentionPeriod;

  /**
   * The bucket for access logs, in the store's Region: `Foundation.accessLogBucket`. The logs name objects, and hold no
   * content.
   */
  readonly accessLogBucket: s3.IBucket;

  /**
   * The customer managed key that encrypts the bucket, in the bucket's Region.
   *
   * With a `ResidencyKey`'s key, grants apply only through S3. You are responsible for the policy of any other key.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The store in another Region to which files are replicated, under its own key: `RecoveryReplica.files`. S3 copies
   * every new object there, and bills the transfer and storage. Its retention must equal this store's, because expiry
   * here doesn't expire the replica. Objects that exist when it is added aren't replicated automatically.
   *
   * @default - none
   */
  readonly replica?: FileStore;
}

/**
 * An S3 bucket of files in one Region, encrypted with a customer managed key and retained when its stack is deleted.
 */
export class FileStore extends Construct {
  /** The bucket. */
  public readonly bucket: s3.IBucket;

  /** The key that encrypts the bucket. */
  public readonly encryptionKey: kms.IKey;

  /** Retention of files. */
  public readonly retention: RetentionPeriod;

  /** The store to which files are replicated; none if they aren't. */
  public readonly replica?: FileStore;

  /** @throws if the Region of the store, key, log bucket or replica isn't allowed, or the replica's retention differs */
  constructor(scope: Construct, id: string, props: FileStoreProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it stores personal data');
    if (props.encryptionKey) requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    requireBucketInside(this, props.boundary, 'accessLogBucket', props.accessLogBucket);
    if (props.replica) {
      requireReplicaInside(this, props.boundary, 'replica', props.replica);
      requireSameRetention(this, 'replica', props.replica.retention, props.retention, 'the store');
    }

    this.retention = props.retention;
    this.encryptionKey =
      props.encryptionKey ??
      new ResidencyKey(this, 'Key', { boundary: props.boundary, description: `Files of ${this.node.path}` }).key;
    const expiration = props.retention.duration;
    const recoverable = Duration.days(Math.min(7, expiration?.toDays() ?? 7));
    this.bucket = new EncryptedBucket(this, 'Bucket', {
      encryptionKey: this.encryptionKey,
      accessLogBucket: props.accessLogBucket,
      lifecycleRules: [
        // Objects under a legal hold don't have the tag.
        ...(expiration ? [{ id: 'Retention', expiration, tagFilters: { [EXPIRY_TAG.key]: EXPIRY_TAG.value } }] : []),
        // A job deletes an export at its end; this rule is for an interrupted job.
        { id: 'Exports', prefix: EXPORTS_PREFIX, expiration: Duration.days(EXPORT_OBJECT_DAYS) },
        {
          id: 'Remains',
          noncurrentVersionExpiration: recoverable,
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    }).bucket;
    this.replica = props.replica;
    if (props.replica) new FileReplication(this, 'Replication', { from: this, to: props.replica });
  }

  /** Grants reading files, and using the key to do so. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.encryptionKeyGrant(grantee, 'kms:Decrypt').combine(
      this.grant(grantee, ['s3:GetObject', 's3:GetObjectVersion']),
    );
  }

  /** Grants reading, writing and deleting files, and using the key to do so. */
  public grantReadWrite(grantee: iam.IGrantable): iam.Grant {
    return this.encryptionKeyGrant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey').combine(
      this.grant(grantee, [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:GetObjectVersion',
        's3:ListMultipartUploadParts',
        's3:PutObject',
        's3:PutObjectTagging',
      ]),
    );
  }

  /**
   * Grants the gateway's use of files: each in one request, and no older version.
   *
   * @internal
   */
  public _grantServe(grantee: iam.IGrantable): iam.Grant {
    return this.encryptionKeyGrant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey').combine(
      this.grant(grantee, ['s3:DeleteObject', 's3:GetObject', 's3:PutObject', 's3:PutObjectTagging']),
    );
  }

  private encryptionKeyGrant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return (this.bucket.encryptionKey ?? this.encryptionKey).grant(grantee, ...actions);
  }

  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const principal = grantee.grantPrincipal;
    if (Construct.isConstruct(principal)) {
      const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as s3.CfnBucket);
      Validations.of(principal).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`,
        reason: 'a grantee of a file store can use each of its files; the actions are named one by one',
      });
    }
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.bucket.arnForObjects('*')] }).combine(
      iam.Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] }),
    );
  }
}
