import type { InputItem } from '../../gateway/items/items';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { conversationNotFound, itemNotFound } from '../store/errors';
import { isConversationId, newConversationId, randomHex, writeOfItem } from '../store/ids';
import {
  CONVERSATIONS,
  DELETED,
  deletedKey,
  headKey,
  numbered,
  partitionOf,
  responseKey,
  segmentsOf,
  writeKey,
  writesOf,
} from '../store/keys';
import { orLocked } from '../store/or-locked';
import { Pauses } from '../store/pauses';
import { keyOf, put, type Row, toAttributes, toKey } from '../store/row';
import type { Seal } from '../store/seal';
import { Conflict, type ContentTable, type Write } from '../store/table';
import { type Head, lineOf, newHead, toHead } from './head';
import { fromInput, type Placed, type StoredItem } from './items';
import type { Lines } from './lines';
import type { Turns } from './turns';

/** A conversation, as OpenAI's clients read it. */
export interface Conversation {
  readonly id: string;
  readonly object: 'conversation';
  /** Unix seconds. */
  readonly created_at: number;
  readonly metadata: Readonly<Record<string, string>>;
}

type Metadata = Conversation['metadata'];

/** Rows that are asked for at once where each is small. */
const PAGE = 100;

/** The conversations of members, each seen by its own member alone. */
export class Conversations {
  constructor(
    private readonly table: ContentTable,
    private readonly seal: Seal,
    private readonly lines: Lines,
    private readonly turns: Turns,
    private readonly now: () => Date,
  ) {}

  public async create(user: string, metadata: Metadata, items: readonly InputItem[]): Promise<Conversation> {
    await this.finishDeletions(user);
    const now = this.now();
    const id = newConversationId(now);
    const empty = newHead(id, now.getTime());
    const head = { ...empty, content: await this.sealedLabels(user, id, metadata) };
    if (items.length > 0) await this.append(user, head, items);
    else await this.table.transact([this.lines.headWrite(user, empty, { ...head, version: 1 })]);
    return toConversation(head, metadata);
  }

  public async find(user: string, id: string): Promise<Conversation> {
    const head = await this.require(user, id);
    return toConversation(head, await this.labels(user, head));
  }

  /** A member's conversations by the time at which they began. */
  public async list(user: string, { after, limit, order }: PageQuery): Promise<Page<Conversation>> {
    if (after !== undefined && !isConversationId(after)) throw conversationNotFound('after');
    const [pk, bound] = [partitionOf(user), after && `${CONVERSATIONS}${after}`];
    const last = `${CONVERSATIONS}~`;
    const ends =
      order === 'asc' ? { from: bound ?? CONVERSATIONS, to: last } : { from: CONVERSATIONS, to: bound ?? last };
    const rows: Row[] = [];
    for await (const page of this.table.pages({ pk, ...ends, order, page: limit + 2 })) {
      rows.push(...page.filter((row) => row.sk?.S !== bound));
      if (rows.length > limit) break;
    }
    const heads = rows.slice(0, limit).map((row) => toHead(row, lineOf(keyOf(row))));
    const data = await Promise.all(heads.map(async (head) => toConversation(head, await this.labels(user, head))));
    return pageOf(data, rows.length > limit);
  }

  public async relabel(user: string, id: string, metadata: Metadata): Promise<Conversation> {
    const content = await this.sealedLabels(user, id, metadata);
    const head = await this.change(user, id, (head) => ({
      writes: [this.lines.headWrite(user, head, { ...head, version: head.version + 1, content })],
    }));
    return toConversation(head, metadata);
  }

  /** Deletes a conversation with its items and the responses made in it: it is gone at once, and its rows soon after. */
  public async delete(user: string, id: string): Promise<void> {
    await this.finishDeletions(user);
    const now = this.now().getTime();
    await this.change(user, id, ({ version }) => ({
      writes: [
        {
          Delete: {
            TableName: undefined,
            Key: toKey(headKey(user, id)),
            ConditionExpression: '#version = :was',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':was': { N: `${version}` } },
          },
        },
        { Put: put({ ...toKey(deletedKey(user, id)), ...toAttributes({ createdAt: now }) }) },
      ],
    }));
    await this.finishDeletion(user, id);
  }

  /** Ends the deletions of a user that were interrupted. */
  public async finishDeletions(user: string): Promise<void> {
    const range = { pk: partitionOf(user), from: DELETED, to: `${DELETED}~`, order: 'asc', page: PAGE } as const;
    for await (const rows of this.table.pages(range)) {
      for (const row of rows) await this.finishDeletion(user, keyOf(row).sk.slice(DELETED.length));
    }
  }

  public async add(user: string, id: string, items: readonly InputItem[]): Promise<StoredItem[]> {
    return this.append(user, await this.require(user, id), items);
  }

  /** The items of a conversation, in the order in which they were added. */
  public async items(user: string, id: string, { after, limit, order }: PageQuery): Promise<Page<StoredItem>> {
    await this.require(user, id);
    const from = after === undefined ? undefined : await this.seqOf(user, id, after);
    const found: Placed[] = [];
    for await (const rows of this.segments(user, id, order, from)) {
      const groups = await Promise.all(rows.map((row) => this.lines.open(user, row)));
      for (const placed of groups.flatMap((group) => (order === 'asc' ? group : group.toReversed()))) {
        if (from === undefined || (order === 'asc' ? placed.seq > from : placed.seq < from)) found.push(placed);
      }
      if (found.length > limit) break;
    }
    return pageOf(
      found.slice(0, limit).map(({ item }) => item),
      found.length > limit,
    );
  }

  public async item(user: string, id: string, itemId: string): Promise<StoredItem> {
    await this.require(user, id);
    return (await this.placed(user, id, itemId)).item;
  }

  public async deleteItem(user: string, id: string, itemId: string): Promise<Conversation> {
    const conversation = await this.find(user, id);
    const { seq } = await this.placed(user, id, itemId);
    await orLocked(this.lines.remove(user, id, seq, ({ item }) => item.id === itemId, []));
    return conversation;
  }

  private async require(user: string, id: string): Promise<Head> {
    const head = isConversationId(id) ? await this.lines.head(user, id) : undefined;
    if (head === undefined) throw conversationNotFound('conversation_id');
    return head;
  }

  private async append(user: string, head: Head, items: readonly InputItem[]): Promise<StoredItem[]> {
    const write = randomHex();
    const stored = fromInput(items, write);
    const at = this.now().getTime();
    const also = (first: number) => [this.turns.located(user, head.line, write, first, at, false)];
    const added = await orLocked(this.lines.append(user, head, { items: stored, also }));
    if (!added) throw conversationNotFound('conversation_id');
    return stored;
  }

  /** Changes a conversation as it is at that moment, again if somebody else was first. */
  private async change(user: string, id: string, how: (head: Head) => { writes: Write[] }): Promise<Head> {
    const pauses = new Pauses();
    for (;;) {
      const head = await this.require(user, id);
      try {
        await this.table.transact(how(head).writes, pauses);
        return head;
      } catch (error) {
        if (!(error instanceof Conflict) || !(await pauses.next())) return orLocked(Promise.reject(error));
      }
    }
  }

  private async *segments(
    user: string,
    id: string,
    order: 'asc' | 'desc',
    seq: number | undefined,
  ): AsyncGenerator<readonly Row[]> {
    const pk = partitionOf(user);
    const prefix = segmentsOf(id);
    // The segment that holds a sequence number has the key of its first one.
    const holder = order === 'asc' && seq !== undefined ? await this.lines.segmentAt(user, id, seq) : undefined;
    const from = holder?.sk?.S ?? prefix;
    const to = `${prefix}${order === 'desc' && seq !== undefined ? numbered(seq) : '~'}`;
    yield* this.table.pages({ pk, from, to, order, page: 4 });
  }

  private async seqOf(user: string, id: string, itemId: string): Promise<number> {
    try {
      return (await this.placed(user, id, itemId)).seq;
    } catch {
      throw itemNotFound('after');
    }
  }

  private async placed(user: string, id: string, itemId: string): Promise<Placed> {
    const write = writeOfItem(itemId);
    const located = write && (await this.table.get(writeKey(user, id, write)));
    const segment = located && (await this.lines.segmentAt(user, id, Number(located.first?.N)));
    const placed = segment && (await this.lines.open(user, segment)).find(({ item }) => item.id === itemId);
    if (!placed) throw itemNotFound();
    return placed;
  }

  /** What the bucket holds goes before the rows that say where it is, and the mark of the deletion last. */
  private async finishDeletion(user: string, id: string): Promise<void> {
    const pk = partitionOf(user);
    for (const prefix of [segmentsOf(id), writesOf(id)]) {
      for await (const rows of this.table.pages({ pk, from: prefix, to: `${prefix}~`, order: 'asc', page: PAGE })) {
        const responses = await Promise.all(
          rows
            .filter((row) => row.response?.N === '1')
            .map((row) => this.table.get(responseKey(user, `resp_${keyOf(row).sk.slice(prefix.length)}`))),
        );
        const gone = [...rows, ...responses.filter((row) => row !== undefined)];
        await this.seal.dropObjects(gone);
        await this.table.deleteAll(gone);
      }
    }
    await this.table.deleteAll([toKey(deletedKey(user, id))]);
  }

  private async sealedLabels(user: string, id: string, metadata: Metadata): Promise<Uint8Array | undefined> {
    if (Object.keys(metadata).length === 0) return undefined;
    return (await this.seal.close(user, headKey(user, id), metadata)).content;
  }

  private async labels(user: string, { line, content }: Head): Promise<Metadata> {
    if (content === undefined) return {};
    return this.seal.open<Metadata>(user, { ...toKey(headKey(user, line)), content: { B: content } });
  }
}

const toConversation = ({ line, created }: Head, metadata: Metadata): Conversation => ({
  id: line,
  object: 'conversation',
  created_at: Math.floor(created / 1_000),
  metadata,
});
