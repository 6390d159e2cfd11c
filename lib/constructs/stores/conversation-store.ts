import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { contentPartition, decisionsPartition, EXPIRES_AT } from '../../contract/tables';
import { allowReplication, keyForTable } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { acrossRegions } from '../shared/across-regions';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside, requireKeyInside, requireReplicaInside } from '../shared/require-inside';
import { TABLE_KEYS } from '../shared/table-keys';
import type { RecoveryReplica } from './recovery-replica';
import type { RetentionPeriod } from './retention-period';

/** Construction properties for a ConversationStore. */
export interface ConversationStoreProps {
  /** The boundary in which conversations may be stored. */
  readonly boundary: ResidencyBoundary;

  /** Retention of conversations. The writer of an item sets its `expiresAt` accordingly. */
  readonly retention: RetentionPeriod;

  /**
   * The customer managed key that encrypts the table, in the table's Region.
   *
   * Grants apply only through DynamoDB. You are responsible for the policy of a key that isn't a `ResidencyKey`'s. It
   * must allow CloudFormation's execution role to create grants, and readers and writers to use the key, all of it
   * through DynamoDB.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Maximum read request units per second, which caps the cost of a runaway client.
   *
   * @default - the account's quota
   */
  readonly maxReadRequestUnits?: number;

  /**
   * Maximum write request units per second, which caps the cost of a runaway client.
   *
   * @default - the account's quota
   */
  readonly maxWriteRequestUnits?: number;

  /**
   * The replica of the table in another Region, under that Region's own key. DynamoDB copies every item there, and
   * bills the copy's writes and storage. A replica can be added to an existing table. Removing it deletes the replica.
   *
   * @default - none: the table is only in the Region of the stack
   */
  readonly recovery?: RecoveryReplica;
}

/**
 * A DynamoDB table of conversations in one Region, encrypted with a customer managed key and retained when its stack is
 * deleted.
 *
 * Its keys, `pk` and `sk`, appear in clear text in DynamoDB's metadata and in CloudTrail's data events, so they must be
 * opaque IDs. For 35 days after an item is deleted, point-in-time recovery can restore it, under the same key.
 */
export class ConversationStore extends Construct {
  /** The table. Items expire at `expiresAt`, in Unix seconds. */
  public readonly table: dynamodb.ITableV2;

  /** The key that encrypts the table. */
  public readonly encryptionKey: kms.IKey;

  /** Retention of conversations. */
  public readonly retention: RetentionPeriod;

  /** The replica of the table in another Region; none if there is none. */
  public readonly recovery?: RecoveryReplica;

  /** @throws if the Region, the key's Region or the replica's Region isn't allowed, or the key is a multi-Region key */
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
    if (props.recovery) allowReplication(this.encryptionKey);
    this.table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
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
      // DynamoDB replicates by a stream. With one from the first day, a replica can be added in a single update.
      dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      // Insights would show the most used keys to anyone who can read metrics.
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
  }

  /** Grants reading conversations, and using the key to do so. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadData(grantee);
  }

  /**
   * Grants the gateway's use of conversations: reading and writing those whose keys it knows, but not listing all. It
   * reads decisions about users, and can't write them: holds, jobs and decisions have writers of their own.
   */
  public grantServe(grantee: iam.IGrantable): iam.Grant {
    const onPartitions = (actions: string[], partitions: string[]) =>
      iam.Grant.addToPrincipal({
        grantee,
        actions,
        resourceArns: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
      });
    return onPartitions(SERVE_ACTIONS, [contentPartition('*')])
      .combine(onPartitions(['dynamodb:Query'], [decisionsPartition('*')]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants reading and writing conversations, and using the key to do so. */
  public grantReadWrite(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadWriteData(grantee);
  }
}

const SERVE_ACTIONS = [
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
