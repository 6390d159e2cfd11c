import type { ContentDatabase } from '../shared/content-database';
import { type Item, sizeOfItem } from './attribute';
import type { KeyRange } from './key-condition';
import type { Key, LocalTable } from './table';

/** The size at which a page of a query ends, in bytes. */
const PAGE_BYTES = 1024 * 1024;
const CHUNK = 64;

/** Items that were read together, and the key of the last one if there may be more. */
export interface Page {
  readonly items: readonly Item[];
  readonly last?: Key;
}

/** The items of all tables, in the database. */
export class Rows {
  constructor(private readonly database: ContentDatabase) {}

  /** Performs all changes of `work`, or none. */
  public together<T>(work: () => T): T {
    return this.database.together(work);
  }

  public find({ name }: LocalTable, { partition, sort }: Key): Item | undefined {
    const sql = 'SELECT item FROM item WHERE tbl = ? AND pk = ? AND sk = ?';
    const row = this.database.get(sql, name, partition, sort);
    return row === undefined ? undefined : (JSON.parse(String(row.item)) as Item);
  }

  public put(table: LocalTable, { partition, sort }: Key, item: Item): void {
    const ttl = table.timeToLive === undefined ? undefined : item[table.timeToLive];
    const expires = ttl !== undefined && 'N' in ttl ? Math.floor(Number(ttl.N)) : null;
    const sql =
      'INSERT INTO item (tbl, pk, sk, expires, item) VALUES (?, ?, ?, ?, ?) ' +
      'ON CONFLICT DO UPDATE SET expires = excluded.expires, item = excluded.item';
    this.database.run(sql, table.name, partition, sort, expires, JSON.stringify(item));
  }

  public remove({ name }: LocalTable, { partition, sort }: Key): void {
    this.database.run('DELETE FROM item WHERE tbl = ? AND pk = ? AND sk = ?', name, partition, sort);
  }

  /** One page of a query, before its filter: as many items as DynamoDB would read. */
  public query(
    { name }: LocalTable,
    { partition, low, high, test }: KeyRange,
    { forward, after, limit }: { readonly forward: boolean; readonly after?: string; readonly limit?: number },
  ): Page {
    const items: Item[] = [];
    const isAbove = forward ? after : undefined;
    const isBelow = forward ? undefined : after;
    let read = 0;
    let from = isAbove;
    let to = isBelow;
    for (;;) {
      const rows = this.database.all(
        `SELECT sk, item FROM item WHERE tbl = ?1 AND pk = ?2 AND (?3 IS NULL OR sk >= ?3) AND (?4 IS NULL OR sk <= ?4)
         AND (?5 IS NULL OR sk > ?5) AND (?6 IS NULL OR sk < ?6) ORDER BY sk ${forward ? 'ASC' : 'DESC'} LIMIT ${CHUNK}`,
        name,
        partition,
        low ?? null,
        high ?? null,
        from ?? null,
        to ?? null,
      );
      for (const row of rows) {
        const sort = String(row.sk);
        if (forward) from = sort;
        else to = sort;
        if (test !== undefined && !test(sort)) continue;
        const item = JSON.parse(String(row.item)) as Item;
        items.push(item);
        read += sizeOfItem(item);
        if (items.length === limit || read > PAGE_BYTES) return { items, last: { partition, sort } };
      }
      if (rows.length < CHUNK) return { items };
    }
  }

  /** One page of a whole table. */
  public scan({ name }: LocalTable, after?: Key, limit?: number): Page {
    const items: Item[] = [];
    let read = 0;
    let last = after;
    for (;;) {
      const rows = this.database.all(
        `SELECT pk, sk, item FROM item WHERE tbl = ?1 AND (?2 IS NULL OR (pk, sk) > (?2, ?3)) ORDER BY pk, sk LIMIT ${CHUNK}`,
        name,
        last?.partition ?? null,
        last?.sort ?? null,
      );
      for (const row of rows) {
        last = { partition: String(row.pk), sort: String(row.sk) };
        const item = JSON.parse(String(row.item)) as Item;
        items.push(item);
        read += sizeOfItem(item);
        if (items.length === limit || read > PAGE_BYTES) return { items, last };
      }
      if (rows.length < CHUNK) return { items };
    }
  }

  /** Deletes expired items, as DynamoDB does within days after they expire. */
  public forgetExpired(now: Date): void {
    this.database.run('DELETE FROM item WHERE expires IS NOT NULL AND expires < ?', Math.floor(now.getTime() / 1_000));
  }
}
