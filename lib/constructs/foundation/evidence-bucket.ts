import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CERTIFICATES_PREFIX, CHECKPOINTS_PREFIX, FORMER_SETTINGS_PREFIX, HOURS_PREFIX } from '../../contract/objects';
import type { LedgerPolicy } from '../../contract/policies/ledger-policy';
import { LEAST_LOG_DAYS } from '../../contract/retention';
import { deploymentRoleArn } from '../shared/deployment-role';
import { ALWAYS_RETAINED } from '../shared/removal';
import { EncryptedBucket } from './encrypted-bucket';

/** Construction properties for an EvidenceBucket. */
export interface EvidenceBucketProps {
  readonly encryptionKey: kms.IKey;
  readonly accessLogBucket: s3.IBucket;
  readonly retention: s3.ObjectLockRetention;
  /**
   * The ARN of the trail that writes into the bucket.
   *
   * @default - no trail does
   */
  readonly trailArn?: string;
  /** @default - 400 days, or the retention if that is longer */
  readonly ledgerRetention?: Duration;
}

/** How long the ledger of requests is locked and retained. */
export type LedgerLock = Pick<LedgerPolicy, 'days' | 'lockMode'>;

/** Ten years: an erasure may have to be proved long after the trail's records of it are deleted. */
const CERTIFICATE_DAYS = 3_650;

/** A year, and a month in which its last records can be audited. */
const LEDGER_DAYS = 400;

/** Where CloudTrail writes in a bucket. */
const TRAIL_PREFIX = 'AWSLogs/';

/**
 * The bucket of the trail and of evidence. No version in it can be overwritten, or deleted before its retention period
 * ends. In governance mode this holds while the bucket's policy is in place; an administrator can change the policy,
 * which the trail records. In compliance mode it holds for everyone. The trail's files and Bedrock's former settings are
 * deleted at the end of the period, the ledger of requests at the end of its own, and certificates after ten years.
 * Objects of your own stay until you delete them.
 */
export class EvidenceBucket extends Construct {
  public readonly bucket: s3.IBucket;

  /** How long the ledger of requests is locked and retained. */
  public readonly ledgerLock: LedgerLock;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id);
    const days = requireLongEnough(this, props.retention);
    const ledgerDays = requireLedger(this, days, props.ledgerRetention);
    this.ledgerLock = {
      days: ledgerDays,
      lockMode: props.retention.mode === s3.ObjectLockMode.COMPLIANCE ? 'COMPLIANCE' : 'GOVERNANCE',
    };
    const { bucket } = new EncryptedBucket(this, 'Bucket', {
      encryptionKey: props.encryptionKey,
      accessLogBucket: props.accessLogBucket,
      objectLockDefaultRetention: props.retention,
      // It holds Bedrock's former settings and the trail before a first deployment is refused.
      removalPolicy: ALWAYS_RETAINED,
      // CloudTrail encrypts digest files with S3's own keys, whatever the trail's key is
      // (docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html).
      otherKeysFor: props.trailArn,
      lifecycleRules: [
        // Evidence is deleted after its period, because it records who did what and so is personal data too. A rule for all
        // objects would include certificates: the earliest expiry of an object applies.
        { id: 'Retention', prefix: TRAIL_PREFIX, expiration: props.retention.duration },
        { id: 'FormerSettings', prefix: FORMER_SETTINGS_PREFIX, expiration: props.retention.duration },
        // Not the ledger's beginning, by which a second ledger would be noticed.
        { id: 'LedgerHours', prefix: HOURS_PREFIX, expiration: Duration.days(ledgerDays) },
        { id: 'LedgerCheckpoints', prefix: CHECKPOINTS_PREFIX, expiration: Duration.days(ledgerDays) },
        {
          id: 'Certificates',
          prefix: CERTIFICATES_PREFIX,
          expiration: Duration.days(Math.max(days, CERTIFICATE_DAYS)),
        },
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
    // One day less than the period: S3 compares whole remaining days, and one has already begun when it compares.
    this.deny('NobodyLocksForLess', ['s3:PutObject', 's3:PutObjectRetention'], objects, {
      NumericLessThan: { 's3:object-lock-remaining-retention-days': days - 1 },
      // CloudTrail sets no period, so the default applies, and what S3 compares then isn't documented.
      ...(props.trailArn !== undefined && { StringNotEquals: { 'aws:SourceArn': props.trailArn } }),
    });
    // The deployment is exempt: otherwise a longer period in the app could never be deployed.
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
  if (days >= LEAST_LOG_DAYS) return days;
  throw new Error(
    `${scope.node.path}: 'evidenceRetention' must be at least ${LEAST_LOG_DAYS} days because evidence deleted before an audit proves ` +
      `nothing, got ${days} days; use ObjectLockRetention.governance(Duration.days(${LEAST_LOG_DAYS})) or longer`,
  );
}

function requireLedger(scope: Construct, least: number, retention?: Duration): number {
  const days = retention?.toDays() ?? Math.max(least, LEDGER_DAYS);
  if (days >= least) return days;
  throw new Error(
    `${scope.node.path}: 'ledgerRetention' must be at least ${least} days because the bucket's policy denies shorter locks, got ${days} days; ` +
      "use a longer Duration, or a shorter 'evidenceRetention'",
  );
}
