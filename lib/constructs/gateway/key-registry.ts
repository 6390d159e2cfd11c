import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { counterPartition, EXPIRES_AT, KEYS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { keyForTable } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { clipped } from '../shared/clipped';
import { requireInside, requireKeyInside } from '../shared/require-inside';

/** Construction properties for a KeyRegistry. */
export interface KeyRegistryProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /**
   * The customer managed key that encrypts the table, in the table's Region.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;
}

/** The partitions of all tenants' counters. */
const COUNTERS = counterPartition('*');

/**
 * The API keys of projects, as salted hashes, and the counts that their limits are held by. No content, and no key: what is
 * stored opens nothing.
 *
 * `eu-residency keys` manages them.
 */
export class KeyRegistry extends Construct {
  /** The table. Counts expire at `expiresAt`, in Unix seconds; keys do 90 days after they were revoked or have expired. */
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that may manage keys, and nothing else. `eu-residency keys` takes it on, for whoever the IAM policies of the
   * account let do so: nobody may use the table's key by an IAM policy alone, an administrator no more than others.
   */
  public readonly managerRole: iam.IRole;

  /** The role that may read the counts of projects, and nothing else. `eu-residency usage` takes it on, in the same way. */
  public readonly usageRole: iam.IRole;

  /** The key that encrypts the table. */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: KeyRegistryProps) {
    super(scope, id);
    const { boundary } = props;
    requireInside(this, boundary, 'it says who asked when');
    if (props.encryptionKey) requireKeyInside(this, boundary, 'encryptionKey', props.encryptionKey);
    this.encryptionKey =
      props.encryptionKey ??
      new ResidencyKey(this, 'Key', { boundary, description: `Hashes of API keys and counts of ${this.node.path}` })
        .key;
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(this.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Insights would show which project asks most to whoever may read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.managerRole = new iam.Role(this, 'Manager', {
      description: clipped(`Manages the API keys of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.grantManage(this.managerRole);
    this.usageRole = new iam.Role(this, 'UsageReader', {
      description: clipped(`Reads the counts of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.grantReadUsage(this.usageRole);
  }

  /** Grants looking a key up and counting, and using the table's key to do so. It makes, changes and lists no key. */
  public grantServe(grantee: iam.IGrantable): iam.Grant {
    const own = (actions: string[], partitions: string[]) =>
      iam.Grant.addToPrincipal({
        grantee,
        actions,
        resourceArns: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
      });
    return own(['dynamodb:GetItem'], [KEYS_PARTITION, COUNTERS])
      .combine(own(['dynamodb:UpdateItem'], [COUNTERS]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants reading what projects used, and using the table's key to do so. It reads no key. */
  public grantReadUsage(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [COUNTERS] } },
    }).combine(keyForTable(this.encryptionKey).grantDecrypt(grantee));
  }

  /** Grants creating, listing, rotating and revoking keys, and using the table's key to do so. */
  public grantManage(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [KEYS_PARTITION] } },
    }).combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }
}
