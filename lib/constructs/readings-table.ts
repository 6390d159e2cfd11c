import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { onlyWriter } from './only-writer';

/** Construction properties for a ReadingsTable. */
export interface ReadingsTableProps {
  /** The only one who may write. */
  readonly writer: iam.IRole;
}

/**
 * What was last read of Bedrock's settings: Regions, modes and times, nothing of anybody's. So it is encrypted with
 * DynamoDB's own key: under one of the account's, each gateway of another stack would have to be let into its policy.
 */
export class ReadingsTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  constructor(scope: Construct, id: string, { writer }: ReadingsTableProps) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The next check writes it anew.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Whoever could write a reading could have projects served that must not be.
    onlyWriter(table, writer, { table: 'OnlyTheCheckWrites', role: 'Readings' });
    this.table = table;
  }

  /** Grants reading the readings, and nothing else of the table. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [this.table.tableArn] });
  }
}
