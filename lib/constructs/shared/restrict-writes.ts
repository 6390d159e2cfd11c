import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';

const WRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

/**
 * Allows a role to write to a table, and denies every write to all other principals.
 *
 * @param names the IDs of the statements in the table's policy and the role's policy, and the role's write actions, by
 *   default `dynamodb:PutItem`
 */
export function restrictWrites(
  table: dynamodb.TableV2,
  writer: iam.IRole,
  names: { table: string; role: string; actions?: string[] },
): void {
  table.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: names.table,
      effect: iam.Effect.DENY,
      actions: WRITES,
      principals: [new iam.AnyPrincipal()],
      resources: ['*'],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': writer.roleArn } },
    }),
  );
  writer.addToPrincipalPolicy(
    new iam.PolicyStatement({
      sid: names.role,
      actions: names.actions ?? ['dynamodb:PutItem'],
      resources: [table.tableArn],
    }),
  );
}
