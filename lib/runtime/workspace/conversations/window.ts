import type { ContentCipher } from '../store/content-cipher';
import { partitionOf } from '../store/keys';
import { numberOf, type Row } from '../store/row';
import type { ContentTable } from '../store/table';
import type { ItemLog } from './item-log';
import type { LogEntry, StoredItem } from './items';
import { padded, responseKey, segmentsOf } from './keys';
import type { LogHeader, Source } from './log-header';
import type { StoredResponse } from './responses';
import { type Size, sizeOf } from './size';

/** The newest items of a log. */
export interface Window {
  /** Oldest first. */
  readonly items: readonly StoredItem[];
  /** Whether older items were left out. */
  readonly truncated: boolean;
  /** The entries of the newest segment. */
  readonly tail?: readonly LogEntry[];
}

/** Segments per query: a quarter of the megabyte that a query returns at most. */
const PAGE = 16;

/** A row to read, chosen by its size before it is decrypted. */
interface Candidate {
  readonly row: Row;
  readonly through: number;
  readonly of: 'segment' | 'response';
}

/** Reads windows. The cost depends on the size of the window, not on the length of the log. */
export class Windows {
  constructor(
    private readonly table: ContentTable,
    private readonly cipher: ContentCipher,
    private readonly log: ItemLog,
  ) {}

  /**
   * Reads the newest items that fit. If there are older ones, up to a quarter of the window is left free, so that its start seldom moves.
   *
   * @param header the log's header, where the caller has it
   */
  public async read(user: string, source: Source, limit: Size, header?: LogHeader): Promise<Window> {
    const { chosen, more } = await this.choose(user, source, limit, header);
    const groups = await Promise.all(chosen.map((candidate) => this.open(user, candidate)));
    const tail = tailOf(chosen, groups);
    const entries: LogEntry[] = [];
    let left = limit;
    for (const entry of groups.flatMap((group) => [...group].reverse())) {
      const { tokens, bytes } = sizeOf(entry.item);
      left = { tokens: left.tokens - tokens, bytes: left.bytes - bytes };
      if (left.tokens < 0 || left.bytes < 0) return { items: itemsOf(steady(entries, limit)), truncated: true, tail };
      entries.unshift(entry);
    }
    return { items: itemsOf(more ? steady(entries, limit) : entries), truncated: more, tail };
  }

  /** The newest segments, newest first, up to the first that doesn't fit whole, and whether there are older ones. */
  private async choose(
    user: string,
    from: Source,
    limit: Size,
    known?: LogHeader,
  ): Promise<{ chosen: Candidate[]; more: boolean }> {
    const chosen: Candidate[] = [];
    let [tokens, bytes] = [0, 0];
    let source: Source | undefined = from;
    let header = known;
    while (source !== undefined) {
      for await (const candidate of this.candidates(user, source)) {
        if (tokens >= limit.tokens || bytes >= limit.bytes) return { chosen, more: true };
        chosen.push(candidate);
        tokens += numberOf(candidate.row, 'tokens');
        bytes += numberOf(candidate.row, 'bytes');
      }
      if ('response' in source) break;
      header = header?.log === source.log ? header : await this.log.header(user, source.log);
      source = header?.parent;
    }
    return { chosen, more: false };
  }

  private async *candidates(user: string, source: Source): AsyncGenerator<Candidate> {
    if ('response' in source) {
      const row = await this.table.get(responseKey(user, source.response));
      if (row !== undefined) yield { row, through: Number.POSITIVE_INFINITY, of: 'response' };
      return;
    }
    const { log, through = Number.MAX_SAFE_INTEGER } = source;
    const prefix = segmentsOf(log);
    const range = { pk: partitionOf(user), from: prefix, to: `${prefix}${padded(through)}`, order: 'desc' } as const;
    for await (const rows of this.table.pages({ ...range, page: PAGE })) {
      for (const row of rows) yield { row, through, of: 'segment' };
    }
  }

  private async open(user: string, { row, through, of }: Candidate): Promise<LogEntry[]> {
    if (of === 'segment') return (await this.log.open(user, row)).filter(({ seq }) => seq <= through);
    const { input, output } = await this.cipher.decrypt<StoredResponse>(user, row);
    return [...input, ...output].map((item, seq) => ({ seq, at: 0, item }));
  }
}

const itemsOf = (entries: readonly LogEntry[]): StoredItem[] => entries.map(({ item }) => item);

/**
 * The entries from a start that stays the same for several turns, because a provider's cache only reads a prompt that begins as the one
 * before. Within a quarter of the window, it is the entry whose number can be halved most often: while the window slides, that one is passed
 * last.
 */
function steady(entries: readonly LogEntry[], { tokens, bytes }: Size): readonly LogEntry[] {
  let left = { tokens: tokens / 4, bytes: bytes / 4 };
  let start = 0;
  for (const [index, { seq, item }] of entries.entries()) {
    if (left.tokens < 0 || left.bytes < 0) break;
    if (lowestBit(seq) > lowestBit(entries[start]?.seq ?? 1)) start = index;
    const size = sizeOf(item);
    left = { tokens: left.tokens - size.tokens, bytes: left.bytes - size.bytes };
  }
  return entries.slice(start);
}

const lowestBit = (seq: number): number => (seq === 0 ? Number.POSITIVE_INFINITY : (seq & -seq) >>> 0);

const tailOf = ([first]: readonly Candidate[], [entries]: readonly LogEntry[][]): readonly LogEntry[] | undefined =>
  first?.of === 'segment' ? entries : undefined;
