import {
  type AttributeValue,
  GetItemCommand,
  ScanCommand,
  type ScanCommandOutput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { changeKeys } from '../workspace/keyring/change-keys';
import type { KeyStoreOptions } from '../workspace/keyring/key-store';
import { ERASED, rowKey } from '../workspace/keyring/key-store-client';
import { KeyGone } from '../workspace/keyring/keyring';
import { rewrapped } from './rewrap';

type Row = Record<string, AttributeValue>;

/** The result of a sweep, in rows of the key store. */
export interface Copied {
  /** Copied by an earlier sweep, and up to date. */
  readonly unchanged: number;
  /** Encrypted under the other key, and written to the copy. */
  readonly copied: number;
  /** Not copied, because they were erased meanwhile, or are being erased in the copy. */
  readonly erased: number;
  /** In the copy only: an erasure has yet to reach them. */
  readonly alone: number;
}

/** The number of rows that are copied at the same time. */
const CONCURRENCY = 8;

/**
 * Copies the branch keys of a workspace to a second key store, in another Region, under that Region's own key. It adds keys and never
 * deletes one: only an erasure erases a key there, and once it has started, no key of the user is added.
 */
export class BranchKeyCopy {
  /** @param to a key store of the same workspace */
  constructor(
    private readonly from: KeyStoreOptions,
    private readonly to: KeyStoreOptions,
  ) {}

  /**
   * Copies the keys that are missing in the copy, or out of date.
   *
   * @param until no row is started after this time, in Unix milliseconds; the next sweep continues
   */
  public async sweep(until = Number.POSITIVE_INFINITY): Promise<Copied> {
    const copies = new Map((await rowsOf(this.to)).map((row) => [nameOf(row), row]));
    const sources = await rowsOf(this.from);
    const outdated = sources.filter(
      (row) => row.type?.S !== ERASED && !isSame(row, copies.get(nameOf(row)), this.to.key.arn),
    );
    const counts = { copied: 0, erased: 0 };
    for (let nth = 0; nth < outdated.length && Date.now() < until; nth += CONCURRENCY) {
      const batch = outdated.slice(nth, nth + CONCURRENCY);
      const results = await Promise.all(batch.map((row) => this.copy(row)));
      for (const isCopied of results) counts[isCopied ? 'copied' : 'erased']++;
    }
    const names = new Set(sources.map(nameOf));
    const alone = [...copies].filter(([name, row]) => row.type?.S !== ERASED && !names.has(name)).length;
    const keys = sources.filter((row) => row.type?.S !== ERASED).length;
    return { unchanged: keys - outdated.length, ...counts, alone };
  }

  /** Copies one row; false if its key was erased meanwhile, or is erased in the copy. */
  private async copy(row: Row): Promise<boolean> {
    try {
      const { Item } = await this.from.table.client.send(
        new GetItemCommand({ TableName: this.from.table.name, Key: rowKey(idOf(row), row.type?.S ?? '') }),
      );
      if (Item === undefined) return false;
      const Put = { TableName: this.to.table.name, Item: await rewrapped(Item, this.from, this.to) };
      // The key store's client adds the check that the user wasn't erased there, so a key that is erased meanwhile stays erased.
      await changeKeys(() => this.to.table.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] })));
      return true;
    } catch (error) {
      if (error instanceof KeyGone) return false;
      throw error;
    }
  }
}

/** All rows of a key store, without the encrypted keys. */
async function rowsOf({ table: { client, name: TableName } }: KeyStoreOptions): Promise<Row[]> {
  const names = ['branch-key-id', 'type', 'version', 'create-time', 'kms-arn'];
  const rows: Row[] = [];
  let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        TableName,
        ProjectionExpression: names.map((_, nth) => `#a${nth}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, nth) => [`#a${nth}`, name])),
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    rows.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return rows;
}

const idOf = (row: Row): string => row['branch-key-id']?.S ?? '';
const nameOf = (row: Row): string => `${idOf(row)}#${row.type?.S}`;

/** Whether a row is an up-to-date copy of another, under the key of its own store. */
const isSame = (source: Row, copy: Row | undefined, arn: string): boolean =>
  copy !== undefined &&
  copy['kms-arn']?.S === arn &&
  ['version', 'create-time'].every((name) => copy[name]?.S === source[name]?.S);
