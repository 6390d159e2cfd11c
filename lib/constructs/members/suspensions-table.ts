import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { UNTIL_DELETED } from '../../contract/retention';
import { TAGS } from '../../contract/tags';
import { ALWAYS_RETAINED } from '../shared/removal';
import { restrictWrites } from '../shared/restrict-writes';
import { TABLE_KEYS } from '../shared/table-keys';

/** Construction properties for a SuspensionsTable. */
export interface SuspensionsTableProps {
  /** The only role that can write. */
  readonly writer: iam.IRole;
}

/**
 * The suspended members of a workspace, as pseudonyms and times. It is encrypted with DynamoDB's own key, so that the
 * function that manages members needs no permission on a content key.
 */
export class SuspensionsTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  constructor(scope: Construct, id: string, { writer }: SuspensionsTableProps) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Without it, disabled members would be admitted again.
      removalPolicy: ALWAYS_RETAINED,
    });
    // A writer could admit a suspended member again, or suspend every member.
    restrictWrites(table, writer, {
      table: 'OnlyTheAdministrationWrites',
      role: 'Suspensions',
      actions: ['dynamodb:UpdateItem'],
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(table).add(TAGS.retention, UNTIL_DELETED, { priority: 200 });
    this.table = table;
    this.grantRead(writer);
  }

  /** Grants reading if a member is suspended. The grantee can't list members. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.table.tableArn],
    });
  }
}
