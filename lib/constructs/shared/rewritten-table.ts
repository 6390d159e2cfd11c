import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { restrictWrites } from './restrict-writes';
import { TABLE_KEYS } from './table-keys';

/** Construction properties for a RewrittenTable. */
export interface RewrittenTableProps {
  /** The only role that can write. */
  readonly writer: iam.IRole;
}

/**
 * A table that one function rewrites repeatedly, without personal data or content. So it is encrypted with DynamoDB's
 * own key, and deleted with its stack.
 */
export abstract class RewrittenTable extends Construct {
  public readonly table: dynamodb.ITableV2;

  /** @param names the IDs of the statements in the table's policy and the writer's policy */
  constructor(
    scope: Construct,
    id: string,
    { writer }: RewrittenTableProps,
    names: { readonly table: string; readonly role: string },
  ) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    restrictWrites(table, writer, names);
    this.table = table;
  }
}
