import { Backoff } from '../store/backoff';
import type { ContentCipher } from '../store/content-cipher';
import { partitionOf } from '../store/keys';
import type { Retention } from '../store/retention';
import type { Row } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { atVersionOrNew, deleteRow, putRow, type Write } from '../store/writes';
import type { LogEntry, StoredItem } from './items';
import { headerKey, isThread, padded, segmentKey, segmentsOf } from './keys';
import { headerRow, type LogHeader, newHeader, type Source, toHeader } from './log-header';
import { SEGMENT_BYTES, SEGMENT_MS, segmentRow } from './segment';
import { sizeOf, sizeOfAll } from './size';

/** Items that are appended to a log together. */
export interface Addition {
  readonly items: readonly StoredItem[];
  /** Further writes of the same transaction, given the sequence numbers of the first and the last item. */
  readonly also: (first: number, last: number) => readonly Write[];
  /** The newest segment as it was read with the header, so that it isn't read again. */
  readonly tail?: readonly LogEntry[];
}

/**
 * The items of each conversation, and of each thread of responses. Every change is one transaction with the log's header and expects
 * the header's version, so no partial change is visible and none is lost. The later of two concurrent changes reads the header again and
 * follows the other.
 */
export class ItemLog {
  constructor(
    private readonly table: ContentTable,
    private readonly cipher: ContentCipher,
    private readonly retention: Retention,
    private readonly now: () => Date,
  ) {}

  public async header(user: string, log: string): Promise<LogHeader | undefined> {
    const row = await this.table.get(headerKey(user, log));
    return row && toHeader(row, log);
  }

  /** A new log, which `append` stores with its first items. */
  public begin(log: string, parent?: Source): LogHeader {
    return newHeader(log, this.now().getTime(), parent);
  }

  /**
   * Appends items to a log, next to each other and in their order.
   *
   * @returns false if the log was deleted
   * @throws Conflict when other requests keep changing the log, and at the first conflict where `again` is false
   */
  public async append(user: string, known: LogHeader, addition: Addition, again = true): Promise<boolean> {
    let header: LogHeader | undefined = known;
    let { tail } = addition;
    const backoff = new Backoff();
    while (header !== undefined) {
      const { segment, next } = await this.grown(user, header, addition.items, tail);
      try {
        const others = addition.also(header.next, next.next - 1);
        await this.table.transact([this.headerWrite(user, header, next), putRow(segment), ...others], backoff);
        return true;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        await this.cipher.deleteObjects([segment]);
        if (!again || !error.isOfFirst || !(await backoff.next())) throw error;
      }
      tail = undefined;
      header = await this.header(user, header.log);
    }
    return false;
  }

  /**
   * Removes items from a log. All of them are in the segment that holds a sequence number.
   *
   * @returns the number of items removed
   * @throws Conflict when other requests keep changing the log
   */
  public async remove(
    user: string,
    log: string,
    seq: number,
    isRemoved: (entry: LogEntry) => boolean,
    also: readonly Write[],
  ): Promise<number> {
    const backoff = new Backoff();
    for (;;) {
      const [header, row] = await Promise.all([this.header(user, log), this.segmentAt(user, log, seq)]);
      const entries = row === undefined ? [] : await this.open(user, row);
      const remaining = entries.filter((entry) => !isRemoved(entry));
      const writes =
        header === undefined || row === undefined || remaining.length === entries.length
          ? []
          : await this.without(user, header, row, entries, remaining);
      try {
        if (writes.length + also.length > 0) await this.table.transact([...writes, ...also], backoff);
      } catch (error) {
        if (!(error instanceof Conflict && error.isOfFirst && writes.length > 0 && (await backoff.next()))) throw error;
        continue;
      }
      if (writes.length > 0 && row !== undefined) await this.cipher.deleteObjects([row]);
      return entries.length - remaining.length;
    }
  }

  /** The entries of a segment that haven't expired, oldest first. */
  public async open(user: string, row: Row): Promise<LogEntry[]> {
    const entries = await this.cipher.decrypt<LogEntry[]>(user, row);
    return entries.filter(({ at }) => !this.retention.isOver(at, this.now()));
  }

  /** The segment that holds a sequence number, if there is one. */
  public segmentAt(user: string, log: string, seq: number): Promise<Row | undefined> {
    const pk = partitionOf(user);
    const prefix = segmentsOf(log);
    return this.table.first({ pk, from: prefix, to: `${prefix}${padded(seq)}`, order: 'desc' });
  }

  /** The write that changes a log's header, which must be at the version that was read. */
  public headerWrite(user: string, { version }: LogHeader, next: LogHeader): Write {
    return putRow(headerRow(user, next, this.retention.expiryOf(next.updated)), atVersionOrNew(version));
  }

  /** The newest segment with items added, or a new one, and the header that goes with it. */
  private async grown(
    user: string,
    header: LogHeader,
    items: readonly StoredItem[],
    known: readonly LogEntry[] | undefined,
  ) {
    const at = this.now().getTime();
    const added = items.map((item, index): LogEntry => ({ seq: header.next + index, at, item }));
    const size = sizeOfAll(items);
    const { tail } = header;
    const joins = tail !== undefined && tail.bytes + size.bytes <= SEGMENT_BYTES && at - tail.since < SEGMENT_MS;
    const before = joins ? (known ?? (await this.tailOf(user, header))) : [];
    const entries = [...before, ...added];
    const first = joins ? tail.first : header.next;
    const key = segmentKey(user, header.log, first);
    const expiresAt = this.retention.expiryOf(at);
    const encrypted = await this.cipher.encrypt(user, key, entries);
    const next: LogHeader = {
      ...header,
      version: header.version + 1,
      next: header.next + items.length,
      items: header.items + items.length,
      bytes: header.bytes + size.bytes,
      updated: at,
      tail: { first, bytes: sizeOfAll(entries.map(({ item }) => item)).bytes, since: entries[0]?.at ?? at },
    };
    return { segment: segmentRow(user, header.log, { first, entries, encrypted, expiresAt }), next };
  }

  private async tailOf(user: string, { log, tail }: LogHeader): Promise<LogEntry[]> {
    const row = tail && (await this.table.get(segmentKey(user, log, tail.first)));
    return row === undefined ? [] : this.open(user, row);
  }

  /** The writes that leave only the remaining entries in a segment. */
  private async without(
    user: string,
    header: LogHeader,
    row: Row,
    entries: readonly LogEntry[],
    remaining: readonly LogEntry[],
  ): Promise<Write[]> {
    const first = Number(row.first?.N);
    const removed = entries.filter((entry) => !remaining.includes(entry));
    const bytes = removed.reduce((sum, { item }) => sum + sizeOf(item).bytes, 0);
    const next: LogHeader = {
      ...header,
      version: header.version + 1,
      items: header.items - removed.length,
      bytes: header.bytes - bytes,
      tail: tailWithout(header, first, bytes, remaining.length),
    };
    // A thread is nothing but its items.
    const isOver = next.items <= 0 && isThread(header.log);
    const change = isOver
      ? deleteRow(headerKey(user, header.log), atVersionOrNew(header.version))
      : this.headerWrite(user, header, next);
    return [change, await this.segmentWrite(user, header.log, first, remaining)];
  }

  private async segmentWrite(user: string, log: string, first: number, entries: readonly LogEntry[]): Promise<Write> {
    const key = segmentKey(user, log, first);
    const newest = entries.at(-1);
    if (newest === undefined) return deleteRow(key);
    const encrypted = await this.cipher.encrypt(user, key, entries);
    return putRow(segmentRow(user, log, { first, entries, encrypted, expiresAt: this.retention.expiryOf(newest.at) }));
  }
}

/** The newest segment of a log after bytes were removed from the segment that begins at `first`. */
function tailWithout({ tail }: LogHeader, first: number, bytes: number, remaining: number): LogHeader['tail'] {
  if (tail?.first !== first) return tail;
  return remaining === 0 ? undefined : { ...tail, bytes: tail.bytes - bytes };
}
