import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, Names, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyKey } from '../keys/residency-key';

/** Construction properties for a Trail. */
export interface TrailProps {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: ResidencyKey;
  readonly accessLogBucket: s3.IBucket;
  /** Further Regions whose table items are recorded; evaluated when the template is synthesized. */
  readonly regions: ReadonlySet<string>;
}

/**
 * Records, without content, who used which key and object of this account, who used which table item in this Region and
 * in the Regions of replicas, and who changed which role or policy. Events of other Regions, including IAM's changes,
 * are copied into this Region.
 *
 * Stores are selected by their type and not one by one, so a store in a later stack is recorded too, without being
 * added here.
 */
export class Trail extends Construct {
  public readonly trailArn: string;

  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const trailName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    // By name, because the bucket's and the key's policies name the trail, which needs both of them first.
    this.trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
    props.encryptionKey.allowTrail(this.trailArn);
    const policies = this.allowDelivery(props.bucket);

    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      s3BucketName: props.bucket.bucketName,
      kmsKeyId: props.encryptionKey.key.keyArn,
      enableLogFileValidation: true,
      // IAM's events, such as a change of who may assume a role, occur in us-east-1, and only a multi-Region trail
      // copies them to this Region. Events are copied in; none is copied out.
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      advancedEventSelectors: this.eventSelectors(props),
    });
    for (const policy of policies) trail.node.addDependency(policy);
    Validations.of(trail).acknowledge({
      id: 'EuResidency::inbound-aggregation',
      reason: "IAM's events occur in us-east-1, and the purpose of the trail is to copy them into this Region",
    });
  }

  private eventSelectors(props: TrailProps): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
    const stack = Stack.of(this);
    const tables = () =>
      [stack.region, ...props.regions].map((region) =>
        stack.formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: '' }),
      );
    return [
      {
        name: 'Management, with every use of a key',
        fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }],
      },
      {
        name: 'Items of tables',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
          { field: 'resources.ARN', startsWith: Lazy.list({ produce: tables }) },
        ],
      },
      {
        name: 'Objects of buckets',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
          {
            field: 'resources.ARN',
            // Recording the delivery of the trail would cause further deliveries.
            notStartsWith: [props.bucket, props.accessLogBucket].map((bucket) => bucket.arnForObjects('')),
          },
        ],
      },
    ];
  }

  private allowDelivery(bucket: s3.IBucket) {
    const { account } = Stack.of(this);
    const cloudTrail = new iam.ServicePrincipal('cloudtrail.amazonaws.com');
    const onBehalf = { 'aws:SourceArn': this.trailArn };
    return [
      new iam.PolicyStatement({
        sid: 'TrailChecks',
        actions: ['s3:GetBucketAcl'],
        principals: [cloudTrail],
        resources: [bucket.bucketArn],
        conditions: { StringEquals: onBehalf },
      }),
      new iam.PolicyStatement({
        sid: 'TrailWrites',
        actions: ['s3:PutObject'],
        principals: [cloudTrail],
        resources: [bucket.arnForObjects(`AWSLogs/${account}/*`)],
        conditions: { StringEquals: { ...onBehalf, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ].flatMap((statement) => bucket.addToResourcePolicy(statement).policyDependable ?? []);
  }
}
