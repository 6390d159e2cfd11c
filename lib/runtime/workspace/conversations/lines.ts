import type { Put } from '@aws-sdk/client-dynamodb';
import { headKey, numbered, partitionOf, segmentKey, segmentsOf } from '../store/keys';
import { Pauses } from '../store/pauses';
import type { Retention } from '../store/retention';
import { put, type Row, toKey } from '../store/row';
import type { Seal } from '../store/seal';
import { sizeOf, sizeOfAll } from '../store/size';
import { Conflict, type ContentTable, type Write } from '../store/table';
import { type Head, newHead, type Source, toHead, toRow } from './head';
import type { Placed, StoredItem } from './items';
import { SEGMENT_BYTES, SEGMENT_MS, segmentRow } from './segment';

/** Items that are added to a line at once. */
export interface Addition {
  readonly items: readonly StoredItem[];
  /** What else is written with them, once it is known which sequence numbers they get. */
  readonly also: (first: number, last: number) => readonly Write[];
  /** The newest segment as it was read with the head, to spare reading it again. */
  readonly tail?: readonly Placed[];
}

/**
 * The lines of items: conversations, and threads of responses. A change of a line is one transaction with its head, whose version
 * it expects, so no half of it is ever seen and none is lost; who comes second reads the head again and goes after.
 */
export class Lines {
  constructor(
    private readonly table: ContentTable,
    private readonly seal: Seal,
    private readonly retention: Retention,
    private readonly now: () => Date,
  ) {}

  public async head(user: string, line: string): Promise<Head | undefined> {
    const row = await this.table.get(headKey(user, line));
    return row && toHead(row, line);
  }

  /** A line that isn't there yet, which `append` makes with its first items. */
  public begin(line: string, parent?: Source): Head {
    return newHead(line, this.now().getTime(), parent);
  }

  /**
   * Adds items at a line's end, in their order and next to each other.
   *
   * @returns false if the line is gone
   * @throws Conflict when others change the line all the time, and after the first conflict where `again` is false
   */
  public async append(user: string, given: Head, addition: Addition, again = true): Promise<boolean> {
    let head: Head | undefined = given;
    let { tail } = addition;
    const pauses = new Pauses();
    while (head !== undefined) {
      const { segment, next } = await this.grown(user, head, addition.items, tail);
      try {
        const others = addition.also(head.next, next.next - 1);
        await this.table.transact([this.headWrite(user, head, next), { Put: put(segment) }, ...others], pauses);
        return true;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        await this.seal.dropObjects([segment]);
        if (!again || !error.isOfFirst || !(await pauses.next())) throw error;
      }
      tail = undefined;
      head = await this.head(user, head.line);
    }
    return false;
  }

  /**
   * Takes items out of a line; they are in the segment that holds a sequence number.
   *
   * @returns how many there were
   * @throws Conflict when others change the line all the time
   */
  public async remove(
    user: string,
    line: string,
    seq: number,
    isMeant: (placed: Placed) => boolean,
    also: readonly Write[],
  ): Promise<number> {
    const pauses = new Pauses();
    for (;;) {
      const [head, row] = await Promise.all([this.head(user, line), this.segmentAt(user, line, seq)]);
      const held = row === undefined ? [] : await this.open(user, row);
      const kept = held.filter((placed) => !isMeant(placed));
      const writes =
        head === undefined || row === undefined || kept.length === held.length
          ? []
          : await this.without(user, head, row, held, kept);
      try {
        if (writes.length + also.length > 0) await this.table.transact([...writes, ...also], pauses);
      } catch (error) {
        if (!(error instanceof Conflict && error.isOfFirst && writes.length > 0 && (await pauses.next()))) throw error;
        continue;
      }
      if (writes.length > 0 && row !== undefined) await this.seal.dropObjects([row]);
      return held.length - kept.length;
    }
  }

  /** The items of a segment that have not expired, oldest first. */
  public async open(user: string, row: Row): Promise<Placed[]> {
    const placed = await this.seal.open<Placed[]>(user, row);
    return placed.filter(({ at }) => !this.retention.isOver(at, this.now()));
  }

  /** The segment that a sequence number is in, if it is in any. */
  public segmentAt(user: string, line: string, seq: number): Promise<Row | undefined> {
    const pk = partitionOf(user);
    const prefix = segmentsOf(line);
    return this.table.first({ pk, from: prefix, to: `${prefix}${numbered(seq)}`, order: 'desc' });
  }

  /** A write of a line's head that expects it to be as it was. */
  public headWrite(user: string, was: Head, next: Head): Write {
    const Item = toRow(user, next, this.retention.expiryOf(next.updated));
    return { Put: { ...put(Item), ...expecting(was) } };
  }

  private async grown(user: string, head: Head, items: readonly StoredItem[], known: readonly Placed[] | undefined) {
    const at = this.now().getTime();
    const added = items.map((item, index): Placed => ({ seq: head.next + index, at, item }));
    const size = sizeOfAll(items);
    const { tail } = head;
    const joins = tail !== undefined && tail.bytes + size.bytes <= SEGMENT_BYTES && at - tail.since < SEGMENT_MS;
    const before = joins ? (known ?? (await this.tailOf(user, head))) : [];
    const placed = [...before, ...added];
    const first = joins ? tail.first : head.next;
    const key = segmentKey(user, head.line, first);
    const expiresAt = this.retention.expiryOf(at);
    const sealed = await this.seal.close(user, key, placed);
    const next: Head = {
      ...head,
      version: head.version + 1,
      next: head.next + items.length,
      items: head.items + items.length,
      bytes: head.bytes + size.bytes,
      updated: at,
      tail: { first, bytes: sizeOfAll(placed.map(({ item }) => item)).bytes, since: placed[0]?.at ?? at },
    };
    return { segment: segmentRow(user, head.line, { first, placed, sealed, expiresAt }), next };
  }

  private async tailOf(user: string, { line, tail }: Head): Promise<Placed[]> {
    const row = tail && (await this.table.get(segmentKey(user, line, tail.first)));
    return row === undefined ? [] : this.open(user, row);
  }

  private async without(
    user: string,
    head: Head,
    row: Row,
    held: readonly Placed[],
    kept: readonly Placed[],
  ): Promise<Write[]> {
    const first = Number(row.first?.N);
    const removed = held.filter((placed) => !kept.includes(placed));
    const bytes = removed.reduce((sum, { item }) => sum + sizeOf(item).bytes, 0);
    const key = segmentKey(user, head.line, first);
    const tail =
      head.tail?.first === first
        ? kept.length === 0
          ? undefined
          : { ...head.tail, bytes: head.tail.bytes - bytes }
        : head.tail;
    const items = head.items - removed.length;
    const next: Head = { ...head, version: head.version + 1, items, bytes: head.bytes - bytes, tail };
    const newest = kept.at(-1);
    const segment: Write =
      newest === undefined
        ? { Delete: { TableName: undefined, Key: toKey(key) } }
        : {
            Put: put(
              segmentRow(user, head.line, {
                first,
                placed: kept,
                sealed: await this.seal.close(user, key, kept),
                expiresAt: this.retention.expiryOf(newest.at),
              }),
            ),
          };
    // A thread has nothing else to it than its items.
    const isOver = items <= 0 && head.line.startsWith('thread_');
    const change: Write = isOver
      ? { Delete: { TableName: undefined, Key: toKey(headKey(user, head.line)), ...expecting(head) } }
      : this.headWrite(user, head, next);
    return [change, segment];
  }
}

function expecting({
  version,
}: Head): Pick<Put, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> {
  if (version === 0)
    return { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
  return {
    ConditionExpression: '#version = :was',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':was': { N: `${version}` } },
  };
}
