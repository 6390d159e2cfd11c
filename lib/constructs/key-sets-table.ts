import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { onlyWriter } from './only-writer';

/** Construction properties for a KeySetsTable. */
export interface KeySetsTableProps {
  /** The only one who may write. */
  readonly writer: iam.IRole;
}

/**
 * The public keys by which tokens are verified. Anybody may know them, so they are encrypted with DynamoDB's own key: who
 * writes them needs no right to a key that content is under.
 */
export class KeySetsTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  constructor(scope: Construct, id: string, { writer }: KeySetsTableProps) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The next refresh writes it anew.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Whoever could write a key could make tokens for anybody.
    onlyWriter(table, writer, { table: 'OnlyTheRefreshWrites', role: 'KeySets' });
    this.table = table;
  }

  /** Grants reading key sets, and nothing else of the table. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['key-set'] } },
    });
  }
}
