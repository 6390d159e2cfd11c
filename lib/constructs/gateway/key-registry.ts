import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { counterPartition, EXPIRES_AT, KEYS_PARTITION, OPEN_PROJECTS_PARTITION } from '../../contract/tables';
import { keyForTable } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { TABLE_KEYS } from '../shared/table-keys';
import { truncated } from '../shared/truncated';

/** Construction properties for a KeyRegistry. */
export interface KeyRegistryProps {
  /** The boundary in which the registry may be. */
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
 * The API keys of projects, as salted hashes, and the counters that enforce their limits. It stores no content and no
 * usable key.
 *
 * `eu-residency keys` manages the keys.
 */
export class KeyRegistry extends Construct {
  /**
   * The table. Counters expire at `expiresAt`, in Unix seconds. Keys expire 90 days after they were revoked or expired.
   */
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that can manage keys, and nothing else. `eu-residency keys` assumes it; the account's IAM policies decide
   * which principals can. An IAM policy alone can't grant use of the table's key, not even to an administrator.
   */
  public readonly managerRole: iam.IRole;

  /**
   * The role that can read the counters of projects, and nothing else. `eu-residency usage` assumes it, in the same
   * way.
   */
  public readonly usageRole: iam.IRole;

  /** The key that encrypts the table. */
  public readonly encryptionKey: kms.IKey;

  /** @throws if the Region or the key's Region isn't allowed, or the key is a multi-Region key */
  constructor(scope: Construct, id: string, props: KeyRegistryProps) {
    super(scope, id);
    const { boundary } = props;
    requireInside(this, boundary, 'it records who called when');
    if (props.encryptionKey) requireKeyInside(this, boundary, 'encryptionKey', props.encryptionKey);
    this.encryptionKey =
      props.encryptionKey ??
      new ResidencyKey(this, 'Key', { boundary, description: `Hashes of API keys and counters of ${this.node.path}` })
        .key;
    this.table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(this.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Insights would show which project sends the most requests to anyone who can read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
    this.managerRole = new iam.Role(this, 'Manager', {
      description: truncated(`Manages the API keys of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.grantManage(this.managerRole);
    this.usageRole = new iam.Role(this, 'UsageReader', {
      description: truncated(`Reads the counters of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.grantReadUsage(this.usageRole);
  }

  /**
   * Grants looking up keys and counting requests, and using the table's key to do so. The grantee can't create, change
   * or list keys.
   */
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

  /** Grants reading the usage of projects, and using the table's key to do so. The grantee can't read keys. */
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

  /**
   * Grants looking up open projects, to a grantee that can use the table's key already.
   *
   * @internal
   */
  public _grantReadOpenProjects(grantee: iam.IGrantable, ...actions: ('dynamodb:GetItem' | 'dynamodb:Query')[]): void {
    this.grantOpenProjects(grantee, actions);
  }

  /**
   * Grants creating, capping and ending open projects, and using the table's key to do so. The grantee can't read keys or
   * counters.
   *
   * @internal
   */
  public _grantManageOpenProjects(grantee: iam.IGrantable): void {
    this.grantOpenProjects(grantee, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem']);
    keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee);
  }

  private grantOpenProjects(grantee: iam.IGrantable, actions: string[]): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [OPEN_PROJECTS_PARTITION] } },
    });
  }
}
