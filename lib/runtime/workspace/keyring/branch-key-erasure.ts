import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { changeKeys } from './change-keys';
import { branchKeyId, type KeyStore, type KeyStoreOptions, openKeyStore } from './key-store';
import { ERASED, rowKey } from './key-store-client';
import { type Destroyed, KEY_CACHE_MS, type KeyErasure } from './keyring';

/** Twice the time that a key is cached, so that neither clock skew nor a call in progress matters. */
const FORGOTTEN_MS = 2 * KEY_CACHE_MS;
const BATCH = 25;
const TRIES = 8;
/** Nothing writes rows after the mark, so that the second round finds none. */
const ROUNDS = 5;
const PAUSE_MS = 25;

/** Erases branch keys. It needs no permission to use the workspace's key, except for `rotate`. */
export class BranchKeyErasure implements KeyErasure {
  private readonly keys: KeyStore;
  private readonly now: () => number;

  constructor(private readonly options: KeyStoreOptions) {
    this.keys = openKeyStore(options);
    this.now = options.now ?? Date.now;
  }

  public async destroy(user: string): Promise<Destroyed> {
    const id = branchKeyId(this.options.workspace, user);
    // No key is created from here on. One that is being created is there before the mark, and is found below.
    const erasedAt = await this.mark(id, 'erased-at');
    let deleted = 0;
    let rows = await this.versions(id);
    for (let round = 1; rows.length > 0; round++) {
      if (round > ROUNDS) {
        throw new Error(
          `${rows.length} rows of the key store are still there after they were deleted ${ROUNDS} times, so the key counts as ` +
            'not erased; find out what writes them or why the table keeps them, and try again',
        );
      }
      await this.delete(rows);
      deleted += rows.length;
      rows = await this.versions(id);
    }
    // Not the time of the mark: after a crash in between, the key stays readable until its last row is deleted.
    const destroyedAt = await this.mark(id, 'destroyed-at');
    return { erasedAt, forgottenAt: new Date(destroyedAt.getTime() + FORGOTTEN_MS), deleted };
  }

  public async readmit(user: string): Promise<void> {
    const { client, name: TableName } = this.options.table;
    try {
      await client.send(
        new DeleteItemCommand({
          TableName,
          Key: rowKey(branchKeyId(this.options.workspace, user), ERASED),
          ConditionExpression: 'attribute_not_exists(#type) OR #destroyed < :limit',
          ExpressionAttributeNames: { '#type': 'type', '#destroyed': 'destroyed-at' },
          ExpressionAttributeValues: { ':limit': { N: String(this.now() - FORGOTTEN_MS) } },
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      throw new Error(
        `user '${user}' can't have a new key yet, because their erasure isn't complete, or was completed less than ` +
          `${FORGOTTEN_MS / 1_000} seconds ago: a process may still write under the old key; complete it, and try again then`,
      );
    }
  }

  public async rotate(user: string): Promise<void> {
    const id = branchKeyId(this.options.workspace, user);
    await this.keys.using(
      (store) => changeKeys(() => store.versionKey({ branchKeyIdentifier: id })),
      (error) => error,
    );
  }

  /** Sets a time on the row of the erasure if it has none, and returns the time that the row has. */
  private async mark(id: string, attribute: 'erased-at' | 'destroyed-at'): Promise<Date> {
    const { client, name: TableName } = this.options.table;
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: rowKey(id, ERASED),
        UpdateExpression: 'SET #at = if_not_exists(#at, :now)',
        ExpressionAttributeNames: { '#at': attribute },
        ExpressionAttributeValues: { ':now': { N: String(this.now()) } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const time = Number(Attributes?.[attribute]?.N);
    if (Number.isFinite(time)) return new Date(time);
    throw new Error(
      `the mark of an erasure lacks '${attribute}' although it was just written, so it proves nothing; try again`,
    );
  }

  /** The rows under the id, except for the mark. */
  private async versions(id: string): Promise<Record<string, AttributeValue>[]> {
    const { client, name: TableName } = this.options.table;
    const rows: Record<string, AttributeValue>[] = [];
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#id = :id',
          FilterExpression: '#type <> :erased',
          ProjectionExpression: '#id, #type',
          ExpressionAttributeNames: { '#id': 'branch-key-id', '#type': 'type' },
          ExpressionAttributeValues: { ':id': { S: id }, ':erased': { S: ERASED } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return rows;
  }

  private async delete(rows: readonly Record<string, AttributeValue>[]): Promise<void> {
    const { client, name } = this.options.table;
    for (let from = 0; from < rows.length; from += BATCH) {
      let left: WriteRequest[] = rows.slice(from, from + BATCH).map((Key) => ({ DeleteRequest: { Key } }));
      for (let attempt = 1; left.length > 0; attempt++) {
        const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: left } }));
        left = UnprocessedItems?.[name] ?? [];
        if (left.length === 0) break;
        if (attempt === TRIES) {
          throw new Error(
            `${left.length} rows of the key store could not be deleted, because the table is throttled; try again`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE_MS * 2 ** attempt));
      }
    }
  }
}
