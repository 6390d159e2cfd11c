import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { deploymentRoleArn } from '../shared/deployment-role';
import { EncryptedBucket } from './encrypted-bucket';

/** Construction properties for an EvidenceBucket. */
export interface EvidenceBucketProps {
  readonly encryptionKey: kms.IKey;
  readonly accessLogBucket: s3.IBucket;
  readonly retention: s3.ObjectLockRetention;
}

/** Six months are at most 184 days: as long as the AI Act, article 26(6), asks deployers to keep logs at the least. */
const LEAST_DAYS = 184;

/**
 * The bucket of the trail and of evidence. No version in it can be overwritten, or deleted before its time: in governance
 * mode by nobody as long as the bucket's policy stands, which an administrator can change, and the trail records that; in
 * compliance mode by nobody at all.
 */
export class EvidenceBucket extends Construct {
  public readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id);
    const days = requireLongEnough(this, props.retention);
    const { bucket } = new EncryptedBucket(this, 'Bucket', {
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
    });
    this.bucket = bucket;
    const objects = bucket.arnForObjects('*');
    this.deny('NobodyBypassesTheLock', ['s3:BypassGovernanceRetention'], objects);
    // Less than a day under the period: S3 compares whole days that are left, and one has begun by the time it does.
    this.deny('NobodyLocksForLess', ['s3:PutObject', 's3:PutObjectRetention'], objects, {
      NumericLessThan: { 's3:object-lock-remaining-retention-days': days - 1 },
    });
    // The deployment may: otherwise a longer period in the app could never be deployed.
    this.deny('OnlyTheDeploymentSetsThePeriod', ['s3:PutBucketObjectLockConfiguration'], bucket.bucketArn, {
      ArnNotEquals: { 'aws:PrincipalArn': deploymentRoleArn(this, 'change how long its evidence is locked') },
    });
  }

  private deny(sid: string, actions: string[], resource: string, conditions?: Record<string, Record<string, unknown>>) {
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        actions,
        principals: [new iam.AnyPrincipal()],
        resources: [resource],
        conditions,
      }),
    );
  }
}

function requireLongEnough(scope: Construct, { duration }: s3.ObjectLockRetention): number {
  const days = duration.toDays();
  if (days >= LEAST_DAYS) return days;
  throw new Error(
    `${scope.node.path}: 'evidenceRetention' must be at least ${LEAST_DAYS} days because evidence that is gone before somebody ` +
      `asks for it proves nothing, got ${days} days; use ObjectLockRetention.governance(Duration.days(${LEAST_DAYS})) or longer`,
  );
}
