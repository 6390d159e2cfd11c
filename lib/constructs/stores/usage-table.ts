import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { EXPIRES_AT, releasedPartition } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { keyForTable } from '../keys/key-for-service';
import { beforeEndOf } from '../shared/before-end-of';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { TABLE_KEYS } from '../shared/table-keys';
import { truncated } from '../shared/truncated';

/** Construction properties for a UsageTable. */
export interface UsageTableProps {
  /** The boundary in which the table may be. */
  readonly boundary: ResidencyBoundary;

  /** The workspace's key, which also encrypts the table. */
  readonly encryptionKey: kms.IKey;
}

/**
 * The tokens and requests used by a workspace and each of its members, without content. The workspace's limits are
 * enforced by it, and `eu-residency usage` shows what was released of it: use of enough members together. It identifies
 * members by their pseudonyms in the user pool.
 */
export class UsageTable extends Construct {
  /** The table. Daily totals expire after 92 days. */
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that can read what was released of each month, and no counter of a member or a group. `eu-residency usage`
   * assumes it; the account's IAM policies decide which principals can.
   */
  public readonly readerRole: iam.IRole;

  private readonly encryptionKey: kms.IKey;

  /** @throws if the Region or the key's Region isn't allowed, or the key is a multi-Region key */
  constructor(scope: Construct, id: string, props: UsageTableProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it records who used how much when');
    requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    this.encryptionKey = props.encryptionKey;
    this.table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(props.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Insights would show which member sends the most requests to anyone who can read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(this.table).add(TAGS.retention, '92d', { priority: 200 });
    this.readerRole = new iam.Role(this, 'Reader', {
      description: truncated(`Reads the counters of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    iam.Grant.addToPrincipal({
      grantee: this.readerRole,
      actions: ['dynamodb:Query'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [releasedPartition('*')] } },
    });
    keyForTable(this.encryptionKey).grantDecrypt(this.readerRole);
  }

  /** Grants counting, and using the table's key to do so. The grantee can't list counters. */
  public grantCount(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:GetItem', 'dynamodb:UpdateItem']).combine(
      keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee),
    );
  }

  /**
   * Grants reading all counters, those of single members included, and using the table's key to do so. No principal has
   * this permission by default.
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:Query']).combine(keyForTable(this.encryptionKey).grantDecrypt(grantee));
  }

  /**
   * Grants the same until the end of a day in UTC.
   *
   * @internal
   */
  public _grantReadUntil(grantee: iam.IGrantable, until: string): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [this.table.tableArn],
      conditions: beforeEndOf(until),
    });
    keyForTable(this.encryptionKey).grantDecrypt(grantee);
  }

  /**
   * Grants finding and deleting counters of members with known IDs, and using the table's key to do so. The grantee
   * can't list counters.
   */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem']).combine(
      keyForTable(this.encryptionKey).grantDecrypt(grantee),
    );
  }

  private onTable(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}
