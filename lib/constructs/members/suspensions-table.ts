import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { UNTIL_DELETED } from '../../contract/retention';
import { PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { onlyWriter } from '../shared/only-writer';

/** Construction properties for a SuspensionsTable. */
export interface SuspensionsTableProps {
  /** The only one who may write. */
  readonly writer: iam.IRole;
}

/**
 * Who is kept out of a workspace: pseudonyms and times. It is encrypted with DynamoDB's own key, so that who manages members
 * needs no right to a key that content is under.
 */
export class SuspensionsTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  constructor(scope: Construct, id: string, { writer }: SuspensionsTableProps) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Without it, whoever was disabled would be let in again.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Whoever could write could let somebody in again, or everybody out.
    onlyWriter(table, writer, {
      table: 'OnlyTheAdministrationWrites',
      role: 'Suspensions',
      actions: ['dynamodb:UpdateItem'],
    });
    // Over the workspace's own, which is how long content is kept.
    Tags.of(table).add(TAGS.retention, UNTIL_DELETED, { priority: 200 });
    this.table = table;
    this.grantRead(writer);
  }

  /** Grants reading whether somebody is kept out. It lists nobody. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.table.tableArn],
    });
  }
}
