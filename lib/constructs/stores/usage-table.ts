import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { keyForTable } from '../keys/key-for-service';
import { clipped } from '../shared/clipped';
import { requireInside, requireKeyInside } from '../shared/require-inside';

/** Construction properties for a UsageTable. */
export interface UsageTableProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** The workspace's key, which encrypts the table too. */
  readonly encryptionKey: kms.IKey;
}

/**
 * How many tokens and requests a workspace and each of its members used, and no content: its limits are held by it, and
 * `eu-residency usage` sums it. Members are in it by the pseudonym that the user pool gave them.
 */
export class UsageTable extends Construct {
  /** The table. Sums of a day expire 92 days after it. */
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that may read the counts, and nothing else. `eu-residency usage` takes it on, for whoever the IAM policies of
   * the account let do so.
   */
  public readonly readerRole: iam.IRole;

  private readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: UsageTableProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it says who used how much when');
    requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    this.encryptionKey = props.encryptionKey;
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(props.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Insights would show who asks most to whoever may read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Over the workspace's own, which is how long content is kept.
    Tags.of(this.table).add(TAGS.retention, '92d', { priority: 200 });
    this.readerRole = new iam.Role(this, 'Reader', {
      description: clipped(`Reads the counts of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.grantRead(this.readerRole);
  }

  /** Grants counting, and using the table's key to do so. It lists nothing. */
  public grantCount(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:GetItem', 'dynamodb:UpdateItem']).combine(
      keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee),
    );
  }

  /** Grants reading the counts, and using the table's key to do so. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:Query']).combine(keyForTable(this.encryptionKey).grantDecrypt(grantee));
  }

  /** Grants finding and deleting counts of members whose ids are known, and using the table's key to do so. It lists nothing. */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem']).combine(
      keyForTable(this.encryptionKey).grantDecrypt(grantee),
    );
  }

  private onTable(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}
