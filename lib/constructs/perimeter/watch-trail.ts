import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Names, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { AccessLogBucket } from '../foundation/access-log-bucket';
import { EncryptedBucket } from '../foundation/encrypted-bucket';
import { allowDelivery } from '../foundation/trail-delivery';
import { ResidencyKey } from '../keys/residency-key';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

/** Construction properties for a WatchTrail. */
export interface WatchTrailProps {
  readonly boundary: ResidencyBoundary;
  /** @default - a new one */
  readonly accessLogBucket?: s3.IBucket;
}

/** Long enough to find out what happened; the trail of a foundation has the same calls for as long as its evidence. */
const DAYS = 30;

/**
 * A trail that sends every changing call of the account to a log group in this Region. IAM's and Organizations' calls occur in
 * us-east-1, and only a trail of all Regions copies them here.
 */
export class WatchTrail extends Construct {
  /** The log group that receives the records. */
  public readonly logGroup: logs.LogGroup;

  /** The name of the trail, unique in its Region. */
  public readonly trailName: string;

  /** The key of the records. */
  public readonly key: ResidencyKey;

  constructor(scope: Construct, id: string, { boundary, accessLogBucket }: WatchTrailProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const trailName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    this.trailName = trailName;
    const trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
    this.key = new ResidencyKey(this, 'Key', { boundary, description: `Changing calls, for ${this.node.path}` });
    this.key.allowLogGroups();
    this.key.allowTrail(trailArn);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: this.key.key,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RETAINED_ONCE_CREATED,
    });
    const { bucket } = new EncryptedBucket(this, 'Bucket', {
      encryptionKey: this.key.key,
      accessLogBucket: accessLogBucket ?? new AccessLogBucket(this, 'AccessLogs').bucket,
      lifecycleRules: [
        { id: 'Retention', expiration: Duration.days(DAYS) },
        { id: 'Remains', noncurrentVersionExpiration: Duration.days(7), expiredObjectDeleteMarker: true },
      ],
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Writes the records of a trail to its log group',
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceArn': trailArn, 'aws:SourceAccount': stack.account } },
      }),
    });
    this.logGroup.grant(role, 'logs:CreateLogStream', 'logs:PutLogEvents');
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      s3BucketName: bucket.bucketName,
      kmsKeyId: this.key.key.keyArn,
      enableLogFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [
        {
          name: 'Changing calls',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Management'] },
            { field: 'readOnly', equalTo: ['false'] },
          ],
        },
      ],
    });
    for (const policy of allowDelivery(bucket, trailArn)) trail.node.addDependency(policy);
    trail.node.addDependency(role);
    Validations.of(trail).acknowledge({
      id: 'EuResidency::inbound-aggregation',
      reason:
        "IAM's and Organizations' calls occur in us-east-1, and the purpose of the trail is to copy them into this Region",
    });
  }
}
