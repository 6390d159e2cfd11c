import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../runtime/aws/table';
import { UsageError } from '../shared/usage-error';
import { assume, outputsOf } from './deployed-stack';

/** The location of a deployment's table; exactly one of `table` and `stack`. */
export interface TablePlace {
  readonly table?: string;
  readonly stack?: string;
  readonly role?: string;
  /** @default - as the SDK finds it */
  readonly region?: string;
}

/** The outputs of a stack that name a table and the role that can use it, and the name of the session in the trail. */
export interface TableOutputs {
  readonly table: string;
  readonly role: string;
  readonly session: string;
}

/**
 * A table of a deployment, with the credentials, the Region and the endpoints that the AWS SDK finds.
 *
 * @throws UsageError if the stack has no such table
 */
export async function deployedTable(place: TablePlace, wanted: TableOutputs): Promise<Table> {
  const { table, stack, role, region } = place;
  const outputs = stack === undefined ? {} : await outputsOf(stack, region);
  const name = table ?? outputs[wanted.table];
  if (name === undefined) {
    throw new UsageError(
      `stack '${stack}' has no output '${wanted.table}'; name the stack of the projects with --stack, deploy it with this version ` +
        'of the package, or name the table with --table',
    );
  }
  const own = role ?? outputs[wanted.role];
  const credentials = own === undefined ? undefined : await assume(own, wanted.session, region);
  return { client: new DynamoDBClient({ region, credentials }), name };
}
