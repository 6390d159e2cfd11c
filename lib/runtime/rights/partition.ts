import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionOf } from '../workspace/store/keys';
import type { Row } from '../workspace/store/row';

/** Some of the rows of a user, those that have expired among them, and the sort key of the last if there may be more. */
export interface PartitionPage {
  readonly rows: readonly Row[];
  readonly last?: string;
}

/** Reads the rows of users as they are, whoever could be shown them. */
export class Partitions {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
  ) {}

  /**
   * One page of everything of a user.
   *
   * @param after the sort key to go on after
   * @param attributes those that are read; all when left out
   */
  public async page(
    user: string,
    { after, limit, attributes }: { after?: string; limit: number; attributes?: readonly string[] },
  ): Promise<PartitionPage> {
    const pk = { S: partitionOf(user) };
    const named = Object.fromEntries((attributes ?? []).map((name) => [`#${name}`, name]));
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': 'pk', ...named },
        ExpressionAttributeValues: { ':pk': pk },
        ...(attributes && { ProjectionExpression: Object.keys(named).join(', ') }),
        ConsistentRead: true,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: { S: after } } }),
      }),
    );
    return { rows: Items, last: LastEvaluatedKey?.sk?.S };
  }
}

/** What a row is, as its sort key begins. */
export const kindOf = (row: Row): string => (row.sk?.S ?? '').replace(/#.*$/s, '');
