import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, Names, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyKey } from '../keys/residency-key';
import { DataEvents, storeNames } from './recorded-stores';
import { allowDelivery } from './trail-delivery';

/** Construction properties for a Trail. */
export interface TrailProps {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: ResidencyKey;
  readonly accessLogBucket: s3.IBucket;
  /** Further Regions whose table items are recorded; evaluated when the template is synthesized. */
  readonly regions: ReadonlySet<string>;
  readonly dataEvents: DataEvents;
  /**
   * What the names of the deployment's stacks begin with.
   *
   * @default - each stack of the app that has a table or a bucket is selected by its own name
   */
  readonly storeNamePrefix?: string;
}

/** CloudTrail accepts 500 values in all selectors of a trail; the others name categories, types and two buckets. */
const MOST_SELECTED = 490;

/**
 * Records, without content, who used which key of this account, who used which table item and object of the app's
 * stores, and who changed which role or policy. Events of other Regions, including IAM's changes, are copied into this
 * Region.
 *
 * Stores are selected by the beginnings of their names, so a store in a later stack is recorded too, without being
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
    const policies = allowDelivery(props.bucket, this.trailArn);

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
    this.node.addValidation({ validate: () => this.selected(props) });
    for (const policy of policies) trail.node.addDependency(policy);
    Validations.of(trail).acknowledge({
      id: 'EuResidency::inbound-aggregation',
      reason: "IAM's events occur in us-east-1, and the purpose of the trail is to copy them into this Region",
    });
  }

  private eventSelectors(props: TrailProps): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
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
          { field: 'resources.ARN', startsWith: Lazy.list({ produce: () => this.tables(props) }) },
        ],
      },
      {
        name: 'Objects of buckets',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
          {
            field: 'resources.ARN',
            ...(props.dataEvents === DataEvents.DEPLOYMENT && {
              startsWith: Lazy.list({ produce: () => this.buckets(props) }),
            }),
            // Recording the delivery of the trail would cause further deliveries.
            notStartsWith: [props.bucket, props.accessLogBucket].map((bucket) => bucket.arnForObjects('')),
          },
        ],
      },
    ];
  }

  private tables({ dataEvents, storeNamePrefix, regions }: TrailProps): string[] {
    const stack = Stack.of(this);
    const names = storeNames(this, storeNamePrefix);
    const all = [...new Set([...names.regions, ...regions])];
    const starts = dataEvents === DataEvents.DEPLOYMENT ? names.tables : [''];
    return all.flatMap((region) =>
      starts.map((resourceName) => stack.formatArn({ service: 'dynamodb', region, resource: 'table', resourceName })),
    );
  }

  private buckets({ storeNamePrefix }: TrailProps): string[] {
    const { partition } = Stack.of(this);
    return storeNames(this, storeNamePrefix).buckets.map((name) => `arn:${partition}:s3:::${name}`);
  }

  private selected(props: TrailProps): string[] {
    const count = this.tables(props).length + this.buckets(props).length;
    if (count <= MOST_SELECTED) return [];
    return [
      `the trail would select ${count} tables and buckets, but CloudTrail accepts at most ${MOST_SELECTED}; give the stacks names that begin ` +
        "alike and set 'storeNamePrefix' to that beginning, or set 'dataEvents' to DataEvents.ACCOUNT",
    ];
  }
}
