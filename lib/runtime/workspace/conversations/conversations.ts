import type { InputItem } from '../../gateway/items/items';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import type { ContentCipher } from '../store/content-cipher';
import { randomHex } from '../store/ids';
import { partitionOf } from '../store/keys';
import { orLocked } from '../store/or-locked';
import { ofUser } from '../store/range';
import { retryChange } from '../store/retry-change';
import { keyOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { atVersion, deleteRow, putRow, type Write } from '../store/writes';
import { conversationNotFound, itemNotFound } from './errors';
import { isConversationId, newConversationId, writeOfItem } from './ids';
import type { ItemLog } from './item-log';
import { fromInput, type LogEntry, type StoredItem } from './items';
import {
  CONVERSATIONS,
  DELETED,
  deletedKey,
  headerKey,
  logOf,
  padded,
  responseKey,
  segmentsOf,
  writeKey,
  writesOf,
} from './keys';
import { type LogHeader, newHeader, toHeader } from './log-header';
import { sizeOf } from './size';
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

/** A page of items ends before it is longer than this, but has one item at least. The process holds it several times. */
const PAGE_BYTES = 8_000_000;

/** Rows per query, where each is small. */
const PAGE = 100;

/** What conversations are made of. */
interface ConversationParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly log: ItemLog;
  readonly turns: Turns;
  /** Whether something of the member is on hold, so that only what a request names is deleted. */
  readonly keeps: boolean;
  readonly now: () => Date;
}

/** The conversations of members, each visible to its own member alone. */
export class Conversations {
  private readonly table: ContentTable;
  private readonly cipher: ContentCipher;
  private readonly log: ItemLog;
  private readonly now: () => Date;

  constructor(private readonly parts: ConversationParts) {
    this.table = parts.table;
    this.cipher = parts.cipher;
    this.log = parts.log;
    this.now = parts.now;
  }

  public async create(user: string, metadata: Metadata, items: readonly InputItem[]): Promise<Conversation> {
    await this.finishDeletions(user);
    const now = this.now();
    const id = newConversationId(now);
    const empty = newHeader(id, now.getTime());
    const header = { ...empty, content: await this.encryptedMetadata(user, id, metadata) };
    if (items.length > 0) await this.append(user, header, items);
    else await this.table.transact([this.log.headerWrite(user, empty, { ...header, version: 1 })]);
    return toConversation(header, metadata);
  }

  public async find(user: string, id: string): Promise<Conversation> {
    const header = await this.require(user, id);
    return toConversation(header, await this.metadata(user, header));
  }

  /** A member's conversations, ordered by the time at which they began. */
  public async list(user: string, query: PageQuery): Promise<Page<Conversation>> {
    if (query.after !== undefined && !isConversationId(query.after)) throw conversationNotFound('after');
    const { rows, more } = await this.table.listPage(user, CONVERSATIONS, query);
    const headers = rows.map((row) => toHeader(row, logOf(keyOf(row))));
    const data = await Promise.all(
      headers.map(async (header) => toConversation(header, await this.metadata(user, header))),
    );
    return pageOf(data, more);
  }

  public async setMetadata(user: string, id: string, metadata: Metadata): Promise<Conversation> {
    const content = await this.encryptedMetadata(user, id, metadata);
    const header = await this.change(user, id, (header) => [
      this.log.headerWrite(user, header, { ...header, version: header.version + 1, content }),
    ]);
    return toConversation(header, metadata);
  }

  /** Deletes a conversation with its items and the responses made in it. It is gone at once, and its rows soon after. */
  public async delete(user: string, id: string): Promise<void> {
    await this.finishDeletions(user);
    const now = this.now().getTime();
    await this.change(user, id, ({ version }) => [
      deleteRow(headerKey(user, id), atVersion(version)),
      putRow({ ...toKey(deletedKey(user, id)), ...toAttributes({ createdAt: now }) }),
    ]);
    await this.finishDeletion(user, id);
  }

  /** Completes interrupted deletions of a user, unless something is on hold. */
  private async finishDeletions(user: string): Promise<void> {
    if (this.parts.keeps) return;
    for await (const rows of this.table.pages(ofUser(user, DELETED, PAGE))) {
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
    const isAfter = ({ seq }: LogEntry) => from === undefined || (order === 'asc' ? seq > from : seq < from);
    const items: StoredItem[] = [];
    let bytes = 0;
    for await (const rows of this.segments(user, id, order, from)) {
      const groups = await Promise.all(rows.map((row) => this.log.open(user, row)));
      for (const { item } of groups.flatMap((group) =>
        (order === 'asc' ? group : group.toReversed()).filter(isAfter),
      )) {
        bytes += sizeOf(item).bytes;
        if (items.length === limit || (items.length > 0 && bytes > PAGE_BYTES)) return pageOf(items, true);
        items.push(item);
      }
    }
    return pageOf(items, false);
  }

  public async item(user: string, id: string, itemId: string): Promise<StoredItem> {
    await this.require(user, id);
    return (await this.entry(user, id, itemId)).item;
  }

  public async deleteItem(user: string, id: string, itemId: string): Promise<Conversation> {
    const conversation = await this.find(user, id);
    const { seq } = await this.entry(user, id, itemId);
    await orLocked(this.log.remove(user, id, seq, ({ item }) => item.id === itemId, []));
    return conversation;
  }

  private async require(user: string, id: string): Promise<LogHeader> {
    const header = isConversationId(id) ? await this.log.header(user, id) : undefined;
    if (header === undefined) throw conversationNotFound('conversation_id');
    return header;
  }

  private async append(user: string, header: LogHeader, items: readonly InputItem[]): Promise<StoredItem[]> {
    const write = randomHex();
    const stored = fromInput(items, write);
    const at = this.now().getTime();
    const also = (first: number) => [this.parts.turns.located(user, header.log, write, first, at, false)];
    const isAdded = await orLocked(this.log.append(user, header, { items: stored, also }));
    if (!isAdded) throw conversationNotFound('conversation_id');
    return stored;
  }

  private change(user: string, id: string, writes: (header: LogHeader) => Write[]): Promise<LogHeader> {
    return retryChange(this.table, async () => {
      const header = await this.require(user, id);
      return { writes: writes(header), result: header };
    });
  }

  private async *segments(
    user: string,
    id: string,
    order: 'asc' | 'desc',
    seq: number | undefined,
  ): AsyncGenerator<readonly Row[]> {
    const pk = partitionOf(user);
    const prefix = segmentsOf(id);
    // The key of a segment holds its first sequence number, so the segment of `seq` may sort before it.
    const holder = order === 'asc' && seq !== undefined ? await this.log.segmentAt(user, id, seq) : undefined;
    const from = holder?.sk?.S ?? prefix;
    const to = `${prefix}${order === 'desc' && seq !== undefined ? padded(seq) : '~'}`;
    yield* this.table.pages({ pk, from, to, order, page: 4 });
  }

  private async seqOf(user: string, id: string, itemId: string): Promise<number> {
    try {
      return (await this.entry(user, id, itemId)).seq;
    } catch {
      throw itemNotFound('after');
    }
  }

  private async entry(user: string, id: string, itemId: string): Promise<LogEntry> {
    const write = writeOfItem(itemId);
    const located = write && (await this.table.get(writeKey(user, id, write)));
    const segment = located && (await this.log.segmentAt(user, id, Number(located.first?.N)));
    const entry = segment && (await this.log.open(user, segment)).find(({ item }) => item.id === itemId);
    if (!entry) throw itemNotFound();
    return entry;
  }

  /** Deletes objects before the rows that refer to them, and the mark of the deletion last. */
  private async finishDeletion(user: string, id: string): Promise<void> {
    for (const prefix of [segmentsOf(id), writesOf(id)]) {
      for await (const rows of this.table.pages(ofUser(user, prefix, PAGE))) {
        const responses = await Promise.all(
          rows
            .filter((row) => row.response?.N === '1')
            .map((row) => this.table.get(responseKey(user, `resp_${keyOf(row).sk.slice(prefix.length)}`))),
        );
        const deleted = [...rows, ...responses.filter((row) => row !== undefined)];
        await this.cipher.deleteObjects(deleted);
        await this.table.deleteAll(deleted);
      }
    }
    await this.table.deleteAll([toKey(deletedKey(user, id))]);
  }

  private async encryptedMetadata(user: string, id: string, metadata: Metadata): Promise<Uint8Array | undefined> {
    if (Object.keys(metadata).length === 0) return undefined;
    return (await this.cipher.encrypt(user, headerKey(user, id), metadata)).content;
  }

  private async metadata(user: string, { log, content }: LogHeader): Promise<Metadata> {
    if (content === undefined) return {};
    return this.cipher.decrypt<Metadata>(user, { ...toKey(headerKey(user, log)), content: { B: content } });
  }
}

const toConversation = ({ log, created }: LogHeader, metadata: Metadata): Conversation => ({
  id: log,
  object: 'conversation',
  created_at: Math.floor(created / 1_000),
  metadata,
});
