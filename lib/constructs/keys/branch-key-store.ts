import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { branchKeyStoreName } from '../../contract/branch-key-store';
import { BRANCH_KEY_TABLE } from '../../contract/tables';
import { arnFor } from '../shared/across-regions';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { keyForTable } from './key-for-service';
import { contextKeys } from './key-grants';
import { PolicyKey } from './policy-key';

/** Construction properties for a BranchKeyStore. */
export interface BranchKeyStoreProps {
  /** Where the keys may be. */
  readonly boundary: ResidencyBoundary;

  /** The id of the workspace whose members' keys they are. */
  readonly workspaceId: string;

  /**
   * The workspace's key, under which each branch key is encrypted, and the table too.
   *
   * With a `ResidencyKey`'s key, grants hold for this store only. The policy of any other key is yours: it must let
   * CloudFormation's execution role create grants, and whoever is granted the store use the key.
   */
  readonly encryptionKey: kms.IKey;
}

/**
 * The branch keys of a workspace's members: a DynamoDB table in the form of the AWS Encryption SDK's hierarchical keyring, each key
 * encrypted under the workspace's own. What is kept of a member can be decrypted for as long as the member's row is there, or can
 * be restored: so point-in-time recovery reaches back one day only, and nothing else copies the table.
 *
 * The ids of the members are in clear in it.
 */
export class BranchKeyStore extends Construct {
  /** The table. */
  public readonly table: dynamodb.ITableV2;

  /** The workspace's key. */
  public readonly encryptionKey: kms.IKey;

  private readonly context: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: BranchKeyStoreProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'its keys decrypt personal data');
    requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    this.encryptionKey = props.encryptionKey;
    this.context = { tablename: branchKeyStoreName(props.workspaceId) };
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: BRANCH_KEY_TABLE.partitionKey, type: dynamodb.AttributeType.STRING },
      sortKey: { name: BRANCH_KEY_TABLE.sortKey, type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(this.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      // As short as it can be: within it an erased key can be restored.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Grants making and using branch keys, and with them all content. It deletes and lists none. */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem'])
      .combine(this.onBranchKeys(grantee, ['kms:Decrypt', ...MAKE_ACTIONS]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants deleting every version of a branch key. It decrypts and makes none. */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, [
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]).combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /**
   * Grants using branch keys, and making none.
   *
   * @internal
   */
  public _grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:GetItem'])
      .combine(this.onBranchKeys(grantee, ['kms:Decrypt']))
      .combine(keyForTable(this.encryptionKey).grantDecrypt(grantee));
  }

  /**
   * Grants reading every branch key, to keep it elsewhere.
   *
   * @internal
   */
  public _grantCopyFrom(grantee: iam.IGrantable): iam.Grant {
    return this._grantDecrypt(grantee).combine(this.onTable(grantee, ['dynamodb:Scan']));
  }

  /**
   * Grants keeping branch keys of elsewhere here. It decrypts and deletes none.
   *
   * @internal
   */
  public _grantCopyTo(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, COPY_ACTIONS)
      .combine(this.onBranchKeys(grantee, ['kms:Encrypt']))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  private onTable(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const arn = arnFor(grantee, this, this.table.tableArn);
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });
  }

  /** The use of the workspace's key itself, for branch keys of this store and nothing else. */
  private onBranchKeys(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const { encryptionKey: key, context } = this;
    if (key instanceof PolicyKey) return key.inContext(context).grant(grantee, ...actions);
    const conditions = { StringEquals: contextKeys(context) };
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [key.keyArn], conditions });
  }
}

/** How the AWS Encryption SDK makes a branch key: without ever seeing it, and by moving it to the context of the active one. */
const MAKE_ACTIONS = ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const COPY_ACTIONS = ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:Scan'];
