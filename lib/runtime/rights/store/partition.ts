import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionOf } from '../../workspace/store/keys';
import type { Row } from '../../workspace/store/row';

/** A page of a user's rows, expired ones included. */
export interface PartitionPage {
  readonly rows: readonly Row[];
  /** The sort key of the last row, if there may be more. */
  readonly last?: string;
}

/** Reads all rows of users, expired ones included. */
export class Partitions {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
  ) {}

  /**
   * Reads one page of all rows of a user.
   *
   * @param after the sort key after which the page begins
   * @param attributes the attributes to read; all by default
   */
  public async page(
    user: string,
    { after, limit, attributes }: { after?: string; limit: number; attributes?: readonly string[] },
  ): Promise<PartitionPage> {
    const pk = { S: partitionOf(user) };
    const names = Object.fromEntries((attributes ?? []).map((name) => [`#${name}`, name]));
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk', ...names },
        ExpressionAttributeValues: { ':pk': pk },
        ...(attributes && { ProjectionExpression: Object.keys(names).join(', ') }),
        ConsistentRead: true,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: { S: after } } }),
      }),
    );
    return { rows: Items, last: LastEvaluatedKey?.sk?.S };
  }
}

/** The kind of a row: the beginning of its sort key. */
export const kindOf = (row: Row): string => (row.sk?.S ?? '').replace(/#.*$/s, '');
