import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { branchKeyStoreName } from '../../contract/branch-key-store';
import { BRANCH_KEY_TABLE } from '../../contract/tables';
import { arnFor } from '../shared/across-regions';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside, requireKeyInside, requireOwnAccount } from '../shared/require-inside';
import { keyForTable } from './key-for-service';
import { PolicyKey } from './policy-key';
import { SuppliedKey } from './supplied-key';

/** Construction properties for a BranchKeyStore. */
export interface BranchKeyStoreProps {
  /** The boundary in which the keys may be stored. */
  readonly boundary: ResidencyBoundary;

  /** The ID of the workspace whose members' keys it stores. */
  readonly workspaceId: string;

  /**
   * The workspace's key, which encrypts each branch key and the table.
   *
   * Grants apply to this store only. You are responsible for the policy of a key that isn't a `ResidencyKey`'s:
   * `Workspace.keyPolicyStatements` returns what it needs.
   */
  readonly encryptionKey: kms.IKey;
}

/**
 * The branch keys of a workspace's members: a DynamoDB table in the format of the AWS Encryption SDK's hierarchical
 * keyring, with each key encrypted under the workspace's own key. A member's stored content can be decrypted while the
 * member's row exists or can be restored. So point-in-time recovery covers one day only, and the table has no other
 * backup.
 *
 * It holds the members' IDs in clear text.
 */
export class BranchKeyStore extends Construct {
  /** The table. */
  public readonly table: dynamodb.ITableV2;

  /** The workspace's key. */
  public readonly encryptionKey: kms.IKey;

  private readonly context: Readonly<Record<string, string>>;

  /** @throws if the Region or the key's Region isn't allowed, or the key is a multi-Region key or another account's */
  constructor(scope: Construct, id: string, props: BranchKeyStoreProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'its keys decrypt personal data');
    requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    requireOwnAccount(this, 'encryptionKey', props.encryptionKey);
    this.encryptionKey = props.encryptionKey;
    this.context = { tablename: branchKeyStoreName(props.workspaceId) };
    this.table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: BRANCH_KEY_TABLE.partitionKey, type: dynamodb.AttributeType.STRING },
      sortKey: { name: BRANCH_KEY_TABLE.sortKey, type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(this.encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      // The shortest possible period: within it, an erased key can be restored.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
  }

  /** Grants creating and using branch keys, and so all content. The grantee can't delete or list them. */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem'])
      .combine(this.onBranchKeys(grantee, ['kms:Decrypt', ...CREATE_ACTIONS]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /**
   * Grants using branch keys to a role that serves requests, and creating none: DynamoDB's permission to create a row also
   * overwrites one.
   *
   * @internal
   */
  public _grantServe(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:GetItem'])
      .combine(this.onBranchKeys(grantee, ['kms:Decrypt']))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /**
   * Grants creating branch keys. The grantee never sees one, and can't delete any.
   *
   * @internal
   */
  public _grantCreate(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem'])
      .combine(this.onBranchKeys(grantee, CREATE_ACTIONS))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants deleting every version of a branch key. The grantee can't decrypt or create any. */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, [
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]).combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /**
   * Grants using branch keys, and creating none.
   *
   * @internal
   */
  public _grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.onTable(grantee, ['dynamodb:GetItem'])
      .combine(this.onBranchKeys(grantee, ['kms:Decrypt']))
      .combine(keyForTable(this.encryptionKey).grantDecrypt(grantee));
  }

  /**
   * Grants reading every branch key, to replicate it.
   *
   * @internal
   */
  public _grantCopyFrom(grantee: iam.IGrantable): iam.Grant {
    return this._grantDecrypt(grantee).combine(this.onTable(grantee, ['dynamodb:Scan']));
  }

  /**
   * Grants storing replicated branch keys in this store. The grantee can't decrypt or delete any.
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

  /** The use of the workspace's key, for branch keys of this store only. */
  private onBranchKeys(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const { encryptionKey: key, context } = this;
    return (key instanceof PolicyKey ? key.inContext(context) : SuppliedKey.inContext(key, context)).grant(
      grantee,
      ...actions,
    );
  }
}

/**
 * How the AWS Encryption SDK creates a branch key: it never sees the key, and re-encrypts it into the context of the
 * active key.
 */
const CREATE_ACTIONS = ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const COPY_ACTIONS = ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:Scan'];
