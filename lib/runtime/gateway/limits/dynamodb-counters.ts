import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { counterPartition, EXPIRES_AT, type TableKey } from '../../../contract/tables';
import { type Table, unixSeconds } from '../../aws/table';
import type { Counter, Counters } from './counters';

/** Counters in a DynamoDB table, each an item that the table deletes once it has expired. */
export class DynamoDbCounters implements Counters {
  constructor(private readonly table: Table) {}

  public async add(counter: Counter, amount: number, below?: number): Promise<number | undefined> {
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: counterKey(counter),
      UpdateExpression: 'ADD #count :amount SET #forget = :forget',
      ...(below !== undefined && { ConditionExpression: 'attribute_not_exists(#count) OR #count < :below' }),
      ExpressionAttributeNames: { '#count': 'count', '#forget': EXPIRES_AT },
      ExpressionAttributeValues: {
        ':amount': { N: `${amount}` },
        ':forget': { N: unixSeconds(counter.forget) },
        ...(below !== undefined && { ':below': { N: `${below}` } }),
      },
      ReturnValues: 'UPDATED_NEW',
    });
    try {
      const { Attributes } = await this.table.client.send(command);
      return Number(Attributes?.count?.N);
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  }

  public async read(counter: Counter): Promise<number> {
    const { Item } = await this.table.client.send(
      new GetItemCommand({ TableName: this.table.name, Key: counterKey(counter), ConsistentRead: true }),
    );
    return Number(Item?.count?.N ?? 0);
  }
}

/** The key of a counter's item in the table. */
export const counterKey = ({ tenant, name }: Counter) =>
  ({ pk: { S: counterPartition(tenant) }, sk: { S: name } }) satisfies TableKey<object>;
