import {
  type AttributeValue,
  GetItemCommand,
  ScanCommand,
  type ScanCommandOutput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { changeKeys } from '../workspace/vault/change-keys';
import type { KeyStoreOptions } from '../workspace/vault/key-store';
import { ERASED, rowKey } from '../workspace/vault/key-store-client';
import { KeyGone } from '../workspace/vault/vault';
import { rewrapped } from './rewrap';

type Row = Record<string, AttributeValue>;

/** What came of a sweep, in rows of the key store. */
export interface Copied {
  /** There and here already. */
  readonly kept: number;
  /** Encrypted anew, and written here. */
  readonly copied: number;
  /** Not copied, because they were erased meanwhile or are being erased here. */
  readonly erased: number;
  /** Here and not there any more: what an erasure has yet to reach. */
  readonly alone: number;
}

/** How many rows are copied at the same time. */
const AT_ONCE = 8;

/**
 * Keeps the branch keys of a workspace in a second key store, in another Region, under that Region's own key. It adds and never
 * deletes: that a key is erased here, only an erasure decides, and none comes into being here once it has begun.
 */
export class BranchKeyCopy {
  /** @param to a key store of the same workspace */
  constructor(
    private readonly from: KeyStoreOptions,
    private readonly to: KeyStoreOptions,
  ) {}

  /**
   * Copies what isn't here yet, or is here as it was before.
   *
   * @param until when to stop between two rows, in milliseconds; the next sweep goes on
   */
  public async sweep(until = Number.POSITIVE_INFINITY): Promise<Copied> {
    const here = new Map((await rowsOf(this.to)).map((row) => [nameOf(row), row]));
    const there = await rowsOf(this.from);
    const wanted = there.filter(
      (row) => row.type?.S !== ERASED && !isSame(row, here.get(nameOf(row)), this.to.key.arn),
    );
    const counts = { copied: 0, erased: 0 };
    for (let nth = 0; nth < wanted.length && Date.now() < until; nth += AT_ONCE) {
      const batch = wanted.slice(nth, nth + AT_ONCE);
      const done = await Promise.all(batch.map((row) => this.copy(row)));
      for (const isCopied of done) counts[isCopied ? 'copied' : 'erased']++;
    }
    const names = new Set(there.map(nameOf));
    const alone = [...here].filter(([name, row]) => row.type?.S !== ERASED && !names.has(name)).length;
    const keys = there.filter((row) => row.type?.S !== ERASED).length;
    return { kept: keys - wanted.length, ...counts, alone };
  }

  /** Copies one row; false where it is gone, or must not come here. */
  private async copy(row: Row): Promise<boolean> {
    try {
      const { Item } = await this.from.table.client.send(
        new GetItemCommand({ TableName: this.from.table.name, Key: rowKey(idOf(row), row.type?.S ?? '') }),
      );
      if (Item === undefined) return false;
      const Put = { TableName: this.to.table.name, Item: await rewrapped(Item, this.from, this.to) };
      // The client of a key store adds the check that nobody is erased there, so a key that is erased meanwhile stays so.
      await changeKeys(() => this.to.table.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] })));
      return true;
    } catch (error) {
      if (error instanceof KeyGone) return false;
      throw error;
    }
  }
}

/** All rows of a key store, without the keys. */
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

/** Whether a copy is of the key that is there now, and under the key of here. */
const isSame = (there: Row, here: Row | undefined, arn: string): boolean =>
  here !== undefined &&
  here['kms-arn']?.S === arn &&
  ['version', 'create-time'].every((name) => here[name]?.S === there[name]?.S);
