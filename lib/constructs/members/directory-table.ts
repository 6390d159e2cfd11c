import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { DIRECTORY_KEYS } from '../../contract/directory';
import { UNTIL_DELETED } from '../../contract/retention';
import { TAGS } from '../../contract/tags';
import { keyForTable } from '../keys/key-for-service';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { TABLE_KEYS } from '../shared/table-keys';

/** Construction properties for a DirectoryTable. */
export interface DirectoryTableProps {
  /** The boundary in which the table may be. */
  readonly boundary: ResidencyBoundary;

  /** The workspace's key, which also encrypts the table. */
  readonly encryptionKey: kms.IKey;
}

/**
 * The users and groups that an identity system sends by SCIM: their names, IDs and memberships. Without the workspace's
 * key, no principal can read or write it.
 */
export class DirectoryTable extends Construct {
  /** The table. */
  public readonly table: dynamodb.ITableV2;

  private readonly encryptionKey: kms.IKey;

  /** @throws if the Region or the key's Region isn't allowed, or the key is a multi-Region key */
  constructor(scope: Construct, id: string, { boundary, encryptionKey }: DirectoryTableProps) {
    super(scope, id);
    requireInside(this, boundary, 'it records who the members are');
    requireKeyInside(this, boundary, 'encryptionKey', encryptionKey);
    this.encryptionKey = encryptionKey;
    this.table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(keyForTable(encryptionKey)),
      billing: dynamodb.Billing.onDemand(),
      // The identity system can send everything again, and a backup would keep what an erasure has deleted.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      contributorInsightsSpecification: { enabled: false },
      deletionProtection: true,
      removalPolicy: ALWAYS_RETAINED,
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(this.table).add(TAGS.retention, UNTIL_DELETED, { priority: 200 });
  }

  /** Grants changing users and groups. The grantee can't read or change which member a user is. */
  public grantProvision(grantee: iam.IGrantable): iam.Grant {
    const { users, groups, memberships, members, unique } = DIRECTORY_KEYS;
    const actions = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
    return this.onRows(grantee, actions, [users, groups, memberships, members, unique]).combine(
      keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee),
    );
  }

  /** Grants reading the roles of a member, and noting which user they are. The grantee can't list users. */
  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    const { users, groups, links, memberships, unique } = DIRECTORY_KEYS;
    return this.onRows(grantee, ['BatchGetItem'], [users, groups, links, memberships, unique])
      .combine(this.onRows(grantee, ['PutItem'], [links]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  /** Grants reading in which groups a user is, in addition to `grantDecide`. The grantee can't list who is in a group. */
  public grantReadGroups(grantee: iam.IGrantable): iam.Grant {
    return this.onRows(grantee, ['Query'], [DIRECTORY_KEYS.memberships]);
  }

  /** Grants listing the members who have used the workspace, in addition to `grantDecide`. */
  public grantList(grantee: iam.IGrantable): iam.Grant {
    return this.onRows(grantee, ['Query'], [DIRECTORY_KEYS.links]);
  }

  /** Grants reading the roles of a member. */
  public grantReadRoles(grantee: iam.IGrantable): iam.Grant {
    const { users, groups, links, memberships, unique } = DIRECTORY_KEYS;
    return this.onRows(grantee, ['BatchGetItem'], [users, groups, links, memberships, unique]).combine(
      keyForTable(this.encryptionKey).grantDecrypt(grantee),
    );
  }

  /** Grants deleting the rows of one member at a time. The grantee can't list users. */
  public grantErase(grantee: iam.IGrantable): iam.Grant {
    const { users, links, memberships, members, unique, externalIds } = DIRECTORY_KEYS;
    return this.onRows(grantee, ['GetItem'], [users, links, externalIds])
      .combine(this.onRows(grantee, ['Query'], [memberships]))
      .combine(this.onRows(grantee, ['DeleteItem'], [users, links, memberships, members, unique]))
      .combine(keyForTable(this.encryptionKey).grantEncryptDecrypt(grantee));
  }

  private onRows(grantee: iam.IGrantable, actions: string[], partitions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
    });
  }
}
