import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LINKS_BY_HOUR } from '../../contract/record-links';
import { retentionTag } from '../../contract/retention';
import { contentPartition, EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { beforeEndOf } from '../shared/before-end-of';
import { ALWAYS_RETAINED } from '../shared/removal';

/** Construction properties for a RecordLinksTable. */
export interface RecordLinksTableProps {
  /** For how long a record is linked to its member, in days. */
  readonly days: number;
}

/**
 * Which member made the request of which record: the only place that says so. It has no content, and is encrypted with
 * DynamoDB's own key, so that the function that shows records needs no permission on a content key.
 */
export class RecordLinksTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  public readonly days: number;

  constructor(scope: Construct, id: string, { days }: RecordLinksTableProps) {
    super(scope, id);
    this.days = days;
    const text = (name: string) => ({ name, type: dynamodb.AttributeType.STRING });
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: text(PARTITION_KEY),
      sortKey: text(SORT_KEY),
      globalSecondaryIndexes: [
        {
          indexName: LINKS_BY_HOUR.indexName,
          partitionKey: text(LINKS_BY_HOUR.partitionKey),
          sortKey: text(LINKS_BY_HOUR.sortKey),
          projectionType: dynamodb.ProjectionType.INCLUDE,
          nonKeyAttributes: [...LINKS_BY_HOUR.attributes],
        },
      ],
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      // A backup would keep links that an erasure has deleted.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      // Insights would show which member sends the most requests to anyone who can read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(this.table).add(TAGS.retention, retentionTag(days), { priority: 200 });
  }

  /** Grants writing links. The grantee can't read or delete any. */
  public grantLink(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['dynamodb:UpdateItem']);
  }

  /**
   * Grants reading which member made a request, and which requests a member made.
   *
   * @param until the last day, in UTC
   */
  public grantRead(grantee: iam.IGrantable, until: string): iam.Grant {
    const { tableArn } = this.table;
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [tableArn, `${tableArn}/index/${LINKS_BY_HOUR.indexName}`],
      conditions: beforeEndOf(until),
    });
  }

  /** Grants reading the links of one member at a time, for their export. */
  public grantExport(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['dynamodb:Query']);
  }

  /** Grants finding and deleting the links of one member at a time. */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['dynamodb:BatchWriteItem', 'dynamodb:Query']);
  }

  /** On the rows of members, which are all that the table has. */
  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [contentPartition('*')] } },
    });
  }
}
