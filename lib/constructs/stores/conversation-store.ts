import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { allowReplication, keyForTable } from '../keys/key-for-service';
import { PolicyKey } from '../keys/policy-key';
import { ResidencyKey } from '../keys/residency-key';
import { acrossRegions } from '../shared/across-regions';
import { requireInside, requireKeyInside, requireReplicaInside } from '../shared/require-inside';
import type { RecoveryReplica } from './recovery-replica';
import type { RetentionPeriod } from './retention-period';

/** Construction properties for a ConversationStore. */
export interface ConversationStoreProps {
  /** Where conversations may be stored. */
  readonly boundary: ResidencyBoundary;

  /** How long conversations are kept. Whoever writes an item sets its `expiresAt` by it. */
  readonly retention: RetentionPeriod;

  /**
   * The customer managed key that encrypts the table, in the table's Region.
   *
   * With a `ResidencyKey`'s key, grants hold through DynamoDB only. The policy of any other key is yours: it must let
   * CloudFormation's execution role create grants, and readers and writers use it.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Most read request units a second, which caps what a runaway client costs.
   *
   * @default - the account's quota
   */
  readonly maxReadRequestUnits?: number;

  /**
   * Most write request units a second, which caps what a runaway client costs.
   *
   * @default - the account's quota
   */
  readonly maxWriteRequestUnits?: number;

  /**
   * Where a replica of the table is kept, under that Region's own key. It can be added to a table that is there already, and taken
   * away again, which deletes the replica.
   *
   * @default - none: the table is in the Region of the stack only
   */
  readonly recovery?: RecoveryReplica;
}

/**
 * A DynamoDB table of conversations in one Region, encrypted with a customer managed key and kept when its stack is
 * deleted.
 *
 * Its keys, `pk` and `sk`, are in clear in DynamoDB's metadata and in CloudTrail's data events, so they must be opaque ids.
 * For 35 days after an item is deleted, point-in-time recovery can restore it, under the same key.
 */
export class ConversationStore extends Construct {
  /** The table. Items expire at `expiresAt`, in Unix seconds. */
  public readonly table: dynamodb.ITableV2;

  /** The key that encrypts the table. */
  public readonly encryptionKey: kms.IKey;

  /** How long conversations are kept. */
  public readonly retention: RetentionPeriod;

  /** Where a replica of the table is; none where there is none. */
  public readonly recovery?: RecoveryReplica;

  constructor(scope: Construct, id: string, props: ConversationStoreProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'it stores personal data');
    if (props.encryptionKey) requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    if (props.recovery) requireReplicaInside(this, props.boundary, 'recovery', props.recovery);

    this.retention = props.retention;
    this.recovery = props.recovery;
    this.encryptionKey =
      props.encryptionKey ??
      new ResidencyKey(this, 'Key', { boundary: props.boundary, description: `Conversations of ${this.node.path}` })
        .key;
    props.recovery?._allowTable(this);
    if (props.recovery && this.encryptionKey instanceof PolicyKey) allowReplication(this.encryptionKey);
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(
        keyForTable(this.encryptionKey),
        props.recovery && { [props.recovery.region]: acrossRegions(props.recovery.encryptionKey.keyArn) },
      ),
      replicas: props.recovery && [{ region: props.recovery.region }],
      billing: dynamodb.Billing.onDemand({
        maxReadRequestUnits: props.maxReadRequestUnits,
        maxWriteRequestUnits: props.maxWriteRequestUnits,
      }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Insights would show the most used keys to whoever may read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Grants reading conversations, and using the key to do so. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadData(grantee);
  }

  /** Grants what a gateway does with conversations: reading and writing those whose keys it knows, and not all there are. */
  public grantServe(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: SERVE_ACTIONS,
      resourceArns: [this.table.tableArn],
    }).combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants reading and writing conversations, and using the key to do so. */
  public grantReadWrite(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadWriteData(grantee);
  }
}

const SERVE_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
