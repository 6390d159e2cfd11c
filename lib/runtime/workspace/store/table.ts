import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { isExpired, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import type { PageQuery } from '../../http/page';
import { Backoff } from './backoff';
import { randomHex } from './ids';
import type { Key } from './keys';
import { fromCursor, type Range } from './range';
import { keyOf, type Row, toKey } from './row';
import type { Write } from './writes';

/** DynamoDB's limit of one batch. */
const BATCH_ROWS = 25;

/** Reasons after which the same transaction may succeed; none of its writes took effect. */
const TRANSIENT = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** The table of a workspace's content. The SDK retries single calls; what fails within a transaction or a batch is retried here. */
export class ContentTable {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly name: string,
    private readonly now: () => Date,
  ) {}

  /** The current row, unless it has expired. */
  public async get(key: Key): Promise<Row | undefined> {
    const command = new GetItemCommand({ TableName: this.name, Key: toKey(key), ConsistentRead: true });
    const { Item } = await this.client.send(command);
    return Item === undefined || isExpired(Item, this.now()) ? undefined : Item;
  }

  /** Rows in pages, without expired ones. Each page is read only when the consumer requests it. */
  public async *pages({ pk, from, to, order, page }: Range): AsyncGenerator<Row[]> {
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const output: QueryCommandOutput = await this.client.send(
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
      const rows = output.Items ?? [];
      if (rows.some((row) => !isBetween(keyOf(row).sk, from, to))) {
        throw new Error('the table returned rows of another range than it was asked for, so none is used; try again');
      }
      yield rows.filter((row) => !isExpired(row, this.now()));
      ExclusiveStartKey = output.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  /** The rows of a user's list after a cursor, in pages. The sort key of each is the prefix and the row's id. */
  public async *list(user: string, prefix: string, query: PageQuery): AsyncGenerator<Row[]> {
    const cursor = query.after && `${prefix}${query.after}`;
    for await (const rows of this.pages(fromCursor(user, prefix, query))) {
      yield rows.filter((row) => row.sk?.S !== cursor);
    }
  }

  /** One page of a user's list, and whether there are more rows. */
  public async listPage(user: string, prefix: string, query: PageQuery): Promise<{ rows: Row[]; more: boolean }> {
    const rows: Row[] = [];
    for await (const page of this.list(user, prefix, query)) {
      rows.push(...page);
      if (rows.length > query.limit) break;
    }
    return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
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
   * Performs all writes or none. The SDK retries a call without an answer under the same token, so DynamoDB performs it once.
   *
   * @throws Conflict when the condition of a write isn't met
   */
  public async transact(writes: readonly Write[], backoff: Backoff = new Backoff()): Promise<void> {
    const TransactItems = writes.map((write) => onTable(write, this.name));
    for (;;) {
      const command = new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: randomHex() });
      try {
        await this.client.send(command);
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
        if (reasons.includes('ConditionalCheckFailed')) throw new Conflict(reasons);
        if (!reasons.some((reason) => TRANSIENT.includes(reason)) || !(await backoff.next())) throw error;
      }
    }
  }

  /** Deletes rows, and retries those that DynamoDB left unprocessed. */
  public async deleteAll(rows: readonly Row[]): Promise<void> {
    for (let at = 0; at < rows.length; at += BATCH_ROWS) {
      const requests = rows.slice(at, at + BATCH_ROWS).map((row) => ({ DeleteRequest: { Key: toKey(keyOf(row)) } }));
      await this.batch(requests);
    }
  }

  private async batch(requests: WriteRequest[]): Promise<void> {
    const backoff = new Backoff();
    let left = requests;
    while (left.length > 0) {
      const command = new BatchWriteItemCommand({ RequestItems: { [this.name]: left } });
      const { UnprocessedItems } = await this.client.send(command);
      left = UnprocessedItems?.[this.name] ?? [];
      if (left.length > 0 && !(await backoff.next())) {
        throw new Error(`${left.length} rows could not be deleted, since the table takes no more for now; try again`);
      }
    }
  }
}

/** Sort keys are of ASCII signs, which JavaScript compares as DynamoDB does. */
const isBetween = (sk: string, from: string, to: string): boolean => from <= sk && sk <= to;

/** The condition of a write isn't met: another request changed the row first. */
export class Conflict extends Error {
  public override readonly name = 'Conflict';

  constructor(
    /** DynamoDB's reason for each write, in the order of the writes. */
    public readonly reasons: readonly string[],
  ) {
    super('a condition of a transaction was not met');
  }

  /** Whether the first write's condition failed: by convention, that of the row that the transaction is about. */
  public get isOfFirst(): boolean {
    return this.reasons[0] === 'ConditionalCheckFailed';
  }
}

/** A write that names a table of its own stays there. */
function onTable(write: Write, table: string): Write {
  return Object.fromEntries(
    Object.entries(write).map(([kind, content]) => [kind, { ...content, TableName: content.TableName ?? table }]),
  );
}
