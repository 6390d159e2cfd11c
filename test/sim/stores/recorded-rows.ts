import type { Item } from '@/lib/local/aws/dynamodb/attribute';
import { Rows } from '@/lib/local/aws/dynamodb/rows';
import type { Key, LocalTable } from '@/lib/local/aws/dynamodb/table';

/** What a write replaced. */
interface Replaced {
  readonly at: number;
  readonly table: LocalTable;
  readonly key: Key;
  readonly before: Item | undefined;
}

/** How far behind a replica of a table can be. */
export const BEHIND_MS = 2_000;

/** The items of all tables, with what the last seconds replaced. */
export class RecordedRows extends Rows {
  private recent: Replaced[] = [];

  public override put(table: LocalTable, key: Key, item: Item): void {
    this.record(table, key);
    super.put(table, key, item);
  }

  public override remove(table: LocalTable, key: Key): void {
    this.record(table, key);
    super.remove(table, key);
  }

  /** Reads as the tables were some time ago, at most {@link BEHIND_MS}. */
  public behind<T>(ms: number, read: () => T): T {
    const result: T[] = [];
    try {
      this.together(() => {
        this.undo(Date.now() - ms);
        result.push(read());
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    return result[0] as T;
  }

  private undo(since: number): void {
    for (const { at, table, key, before } of [...this.recent].reverse()) {
      if (at < since) break;
      if (before === undefined) super.remove(table, key);
      else super.put(table, key, before);
    }
  }

  private record(table: LocalTable, key: Key): void {
    const at = Date.now();
    this.recent = this.recent.filter((one) => one.at >= at - BEHIND_MS);
    this.recent.push({ at, table, key, before: this.find(table, key) });
  }
}

/** Takes back what {@link RecordedRows.behind} has undone. */
class Undone extends Error {}
