import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { UNTIL_DELETED } from '../../contract/retention';
import { EXPIRES_AT, KEYS_PARTITION } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { ALWAYS_RETAINED } from '../shared/removal';
import { restrictWrites } from '../shared/restrict-writes';
import { TABLE_KEYS } from '../shared/table-keys';
import { truncated } from '../shared/truncated';

/**
 * The tokens with which an identity system calls SCIM, as salted hashes. It has no personal data and no usable token, and
 * is encrypted with DynamoDB's own key, so that its manager needs no permission on a content key.
 */
export class ScimTokensTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that can manage tokens, and nothing else. `eu-residency scim` assumes it; the account's IAM policies decide
   * which principals can. A token can give every role of the workspace, so no role of the workspace can make one.
   */
  public readonly managerRole: iam.IRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      timeToLiveAttribute: EXPIRES_AT,
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Without it, the identity system couldn't disable a member any more.
      removalPolicy: ALWAYS_RETAINED,
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(table).add(TAGS.retention, UNTIL_DELETED, { priority: 200 });
    this.table = table;
    this.managerRole = new iam.Role(this, 'Manager', {
      description: truncated(`Manages the SCIM tokens of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    restrictWrites(table, this.managerRole, {
      table: 'OnlyTheManagerWrites',
      role: 'Tokens',
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    });
    this.grant(this.managerRole, ['dynamodb:GetItem', 'dynamodb:Query']);
  }

  /** Grants looking up tokens. The grantee can't create, change or list them. */
  public grantLookUp(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['dynamodb:GetItem']);
  }

  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [KEYS_PARTITION] } },
    });
  }
}
