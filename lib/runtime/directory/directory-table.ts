import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import type { Table } from '../aws/table';

export type Item = Record<string, AttributeValue>;

/** A row's key, as text. */
export const textOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;

export const byKey = (items: readonly Item[]): Map<string, Item> => new Map(items.map((item) => [textOf(item), item]));

/** The condition of a part of a transaction isn't met. */
export class ConditionNotMet extends Error {
  public override readonly name = 'ConditionNotMet';

  /** @param parts the positions of these parts in the transaction */
  constructor(public readonly parts: readonly number[]) {
    super('the rows of the directory have changed');
  }
}

/** DynamoDB's limits for one call. */
export const MOST_KEYS = 100;
export const MOST_WRITES = 100;

const TRIES = 8;
const FIRST_WAIT_MS = 20;

/** The reads and writes of a directory's rows. */
export class DirectoryTable {
  constructor(private readonly table: Table) {}

  public async get(key: Item): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: this.table.name, Key: key, ConsistentRead: true });
    return (await this.table.client.send(command)).Item;
  }

  /** Rows that exist, in any order. */
  public async getAll(keys: readonly Item[]): Promise<Item[]> {
    const found: Item[] = [];
    const unique = byKey(keys);
    let missing: Item[] = [...unique.values()];
    for (let tries = 0; missing.length > 0; ) {
      const batch = missing.splice(0, MOST_KEYS);
      const { name } = this.table;
      const { Responses, UnprocessedKeys } = await this.table.client.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys: batch, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[name] ?? []));
      const left = UnprocessedKeys?.[name]?.Keys ?? [];
      missing = [...left, ...missing];
      if (left.length === 0) continue;
      if (++tries === TRIES) throw new Error('the directory left keys unread repeatedly');
      await waited(tries);
    }
    return found;
  }

  /** The rows of a partition, one page of DynamoDB after the other. */
  public async *partition(pk: string): AsyncGenerator<Item[]> {
    let after: Item | undefined;
    do {
      const page = await this.page(pk, after);
      yield page.items;
      after = page.last;
    } while (after !== undefined);
  }

  public async page(pk: string, after?: Item, limit?: number): Promise<{ items: Item[]; last?: Item }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': PARTITION_KEY },
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ConsistentRead: true,
        ExclusiveStartKey: after,
        Limit: limit,
      }),
    );
    return { items: Items, last: LastEvaluatedKey };
  }

  /**
   * Writes all parts or none.
   *
   * @throws ConditionNotMet
   */
  public async write(parts: readonly Part[]): Promise<void> {
    const TransactItems = parts.map((part) => toTransactItem(this.table.name, part));
    for (let tries = 1; ; tries++) {
      try {
        await this.table.client.send(new TransactWriteItemsCommand({ TransactItems }));
        return;
      } catch (error) {
        const codes = reasonsOf(error);
        const unmet = codes.flatMap((code, at) => (code === 'ConditionalCheckFailed' ? [at] : []));
        if (unmet.length > 0) throw new ConditionNotMet(unmet);
        if (tries === TRIES || !codes.some((code) => PASSING.includes(code))) throw error;
        await waited(tries);
      }
    }
  }
}

/** A part of a transaction. */
export type Part =
  | { readonly put: Item; readonly unless?: 'exists' }
  | { readonly remove: Item; readonly ifValue?: Readonly<Record<string, AttributeValue>> }
  | { readonly put: Item; readonly ifValue: Readonly<Record<string, AttributeValue>> }
  | { readonly add: Item; readonly once: Readonly<Record<string, AttributeValue>> };

function toTransactItem(TableName: string, part: Part): TransactWriteItem {
  if ('add' in part) {
    const entries = Object.entries(part.once);
    return {
      Update: {
        TableName,
        Key: part.add,
        UpdateExpression: `SET ${entries.map((_, at) => `#a${at} = if_not_exists(#a${at}, :a${at})`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#a${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], at) => [`:a${at}`, value])),
      },
    };
  }
  const condition = conditionOf(part);
  if ('put' in part) return { Put: { TableName, Item: part.put, ...condition } };
  return { Delete: { TableName, Key: { pk: part.remove.pk, sk: part.remove.sk } as Item, ...condition } };
}

function conditionOf(part: Exclude<Part, { add: Item }>) {
  if ('unless' in part && part.unless === 'exists') {
    return { ConditionExpression: 'attribute_not_exists(#sk)', ExpressionAttributeNames: { '#sk': SORT_KEY } };
  }
  const entries = 'ifValue' in part ? Object.entries(part.ifValue ?? {}) : [];
  if (entries.length === 0) return {};
  return {
    ConditionExpression: entries.map((_, at) => `#c${at} = :c${at}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#c${at}`, name])),
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], at) => [`:c${at}`, value])),
  };
}

/** Why DynamoDB cancelled a transaction, a code for each of its parts. */
const reasonsOf = (error: unknown): string[] =>
  ((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? []).map(({ Code = '' }) => Code);

/** Another transaction wrote the same row, or the table is busy. */
const PASSING: readonly string[] = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

const waited = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_WAIT_MS * 2 ** tries));
