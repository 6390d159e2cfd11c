import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { counterPartition, EXPIRES_AT, type TableKey } from '../../../contract/tables';
import { type Table, unixSeconds } from '../../aws/table';
import type { Counter, Counters } from './counters';
import type { Parts } from './use';

/** The attribute of the count itself. Its parts have attributes of their own names. */
const COUNT = 'count';

/** Counters in a DynamoDB table, each an item that the table deletes once it has expired. */
export class DynamoDbCounters implements Counters {
  constructor(private readonly table: Table) {}

  public async add(counter: Counter, amount: number, below?: number, parts: Parts = {}): Promise<number | undefined> {
    const further = Object.entries(parts);
    const sums = ['#count :amount', ...further.map((_, n) => `#part${n} :part${n}`)];
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: counterKey(counter),
      UpdateExpression: `ADD ${sums.join(', ')} SET #forget = :forget`,
      ...(below !== undefined && { ConditionExpression: 'attribute_not_exists(#count) OR #count < :below' }),
      ExpressionAttributeNames: {
        '#count': COUNT,
        '#forget': EXPIRES_AT,
        ...Object.fromEntries(further.map(([name], n) => [`#part${n}`, name])),
      },
      ExpressionAttributeValues: {
        ':amount': { N: `${amount}` },
        ':forget': { N: unixSeconds(counter.forget) },
        ...(below !== undefined && { ':below': { N: `${below}` } }),
        ...Object.fromEntries(further.map(([, count], n) => [`:part${n}`, { N: `${count}` }])),
      },
      ReturnValues: 'UPDATED_NEW',
    });
    const written = await unlessRefused(this.table.client.send(command));
    return written && Number(written.Attributes?.count?.N);
  }

  public async subtract(counter: Counter, amount: number): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: counterKey(counter),
      UpdateExpression: 'ADD #count :difference',
      ConditionExpression: '#count >= :amount',
      ExpressionAttributeNames: { '#count': COUNT },
      ExpressionAttributeValues: { ':difference': { N: `${-amount}` }, ':amount': { N: `${amount}` } },
    });
    await unlessRefused(this.table.client.send(command));
  }

  public async read(counter: Counter): Promise<number> {
    return (await this.readAll(counter)).count;
  }

  public async readAll(counter: Counter): Promise<{ readonly count: number; readonly parts: Parts }> {
    const { Item = {} } = await this.table.client.send(
      new GetItemCommand({ TableName: this.table.name, Key: counterKey(counter), ConsistentRead: true }),
    );
    const { [COUNT]: count, [EXPIRES_AT]: expires, ...others } = Item;
    if (counter.mayMove && Number(expires?.N) < Number(unixSeconds(counter.forget))) await this.move(counter);
    const numbers = Object.entries(others).flatMap(([name, { N }]) => (N === undefined ? [] : [[name, Number(N)]]));
    return { count: Number(count?.N ?? 0), parts: Object.fromEntries(numbers) };
  }

  /** Only a later time is written, and only to an item that is still there. If it fails, the next reading tries again. */
  private async move(counter: Counter): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: counterKey(counter),
      UpdateExpression: 'SET #forget = :forget',
      ConditionExpression: '#forget < :forget',
      ExpressionAttributeNames: { '#forget': EXPIRES_AT },
      ExpressionAttributeValues: { ':forget': { N: unixSeconds(counter.forget) } },
    });
    await this.table.client.send(command).catch(() => {});
  }
}

/** The result of a write; undefined if its condition wasn't met. */
async function unlessRefused<T>(writing: Promise<T>): Promise<T | undefined> {
  try {
    return await writing;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** The key of a counter's item in the table. */
export const counterKey = ({ tenant, name }: Counter) =>
  ({ pk: { S: counterPartition(tenant) }, sk: { S: name } }) satisfies TableKey<object>;
