import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import { randomHex } from './ids';
import type { Key } from './keys';
import { Pauses } from './pauses';
import { isExpired, keyOf, type Row, toKey } from './row';

/** Some of the rows of one partition, in the order of their sort keys. */
export interface Range {
  readonly pk: string;
  /** Both ends are part of it. */
  readonly from: string;
  readonly to: string;
  readonly order: 'asc' | 'desc';
  /** Rows that are asked for at once. */
  readonly page: number;
}

/** A write that is done with all others of its transaction, or not at all. */
export type Write = TransactWriteItem;

/** As DynamoDB takes them at once. */
const MOST_IN_BATCH = 25;

/** Reasons of a transaction that may be tried again as it is; nothing of it was done. */
const PASSING = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** The table of a workspace's content. The SDK tries single calls again; what only part of a call met is tried again here. */
export class ContentTable {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly name: string,
    private readonly now: () => Date,
  ) {}

  /** A row as it is now, unless it has expired. */
  public async get(key: Key): Promise<Row | undefined> {
    const command = new GetItemCommand({ TableName: this.name, Key: toKey(key), ConsistentRead: true });
    const { Item } = await this.client.send(command);
    return Item === undefined || isExpired(Item, this.now()) ? undefined : Item;
  }

  /** Rows in pages; those that have expired are left out. Who stops reading reads no further page. */
  public async *pages({ pk, from, to, order, page }: Range): AsyncGenerator<Row[]> {
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const found: QueryCommandOutput = await this.client.send(
        new QueryCommand({
          TableName: this.name,
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
          ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
          ExpressionAttributeValues: { ':pk': { S: pk }, ':low': { S: from }, ':high': { S: to } },
          ScanIndexForward: order === 'asc',
          ConsistentRead: true,
          Limit: page,
          ExclusiveStartKey,
        }),
      );
      yield (found.Items ?? []).filter((row) => !isExpired(row, this.now()));
      ExclusiveStartKey = found.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  /** The first live row of a range. */
  public async first(range: Omit<Range, 'page'>): Promise<Row | undefined> {
    for await (const [row] of this.pages({ ...range, page: 4 })) if (row !== undefined) return row;
    return undefined;
  }

  public async put(Item: Row): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: this.name, Item }));
  }

  /**
   * Does all writes or none. A call that got no answer may have been done, so it is repeated under the same token, by which
   * DynamoDB does it once.
   *
   * @throws Conflict when a condition of a write isn't met
   */
  public async transact(writes: readonly Write[], pauses: Pauses = new Pauses()): Promise<void> {
    const names = writes.map((write) => named(write, this.name));
    for (;;) {
      const command = new TransactWriteItemsCommand({ TransactItems: names, ClientRequestToken: randomHex() });
      try {
        await this.client.send(command);
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
        if (reasons.includes('ConditionalCheckFailed')) throw new Conflict(reasons);
        if (!reasons.some((reason) => PASSING.includes(reason)) || !(await pauses.next())) throw error;
      }
    }
  }

  /** Deletes rows; what DynamoDB leaves undone is asked for again. */
  public async deleteAll(rows: readonly Row[]): Promise<void> {
    for (let at = 0; at < rows.length; at += MOST_IN_BATCH) {
      const requests = rows.slice(at, at + MOST_IN_BATCH).map((row) => ({ DeleteRequest: { Key: toKey(keyOf(row)) } }));
      await this.batch(requests);
    }
  }

  private async batch(requests: WriteRequest[]): Promise<void> {
    const pauses = new Pauses();
    let left = requests;
    while (left.length > 0) {
      const command = new BatchWriteItemCommand({ RequestItems: { [this.name]: left } });
      const { UnprocessedItems } = await this.client.send(command);
      left = UnprocessedItems?.[this.name] ?? [];
      if (left.length > 0 && !(await pauses.next())) {
        throw new Error(`${left.length} rows could not be deleted, since the table takes no more for now; try again`);
      }
    }
  }
}

/** A condition that isn't met: somebody else was there before. */
export class Conflict extends Error {
  public override readonly name = 'Conflict';

  constructor(
    /** What became of each write, in their order. */
    public readonly reasons: readonly string[],
  ) {
    super('a condition of a transaction was not met');
  }

  /** Whether it was the first write's: that of the head. */
  public get isOfFirst(): boolean {
    return this.reasons[0] === 'ConditionalCheckFailed';
  }
}

/** The writes name the table only here. */
function named(write: Write, TableName: string): Write {
  return Object.fromEntries(Object.entries(write).map(([kind, content]) => [kind, { ...content, TableName }]));
}
