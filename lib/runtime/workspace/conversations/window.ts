import { numbered, partitionOf, responseKey, segmentsOf } from '../store/keys';
import type { Row } from '../store/row';
import type { Seal } from '../store/seal';
import { type Size, sizeOf } from '../store/size';
import type { ContentTable } from '../store/table';
import type { Head, Source } from './head';
import type { Placed, StoredItem } from './items';
import type { Lines } from './lines';
import type { StoredResponse } from './responses';
import { figuresOf } from './segment';

/** The newest part of what a line holds. */
export interface Window {
  /** Oldest first. */
  readonly items: readonly StoredItem[];
  /** Whether something older didn't fit. */
  readonly truncated: boolean;
  /** The items of the newest segment. */
  readonly tail?: readonly Placed[];
}

/** Segments that are asked for at once: a quarter of a megabyte of the megabyte that a query gives. */
const PAGE = 16;

/** Something to read, chosen by its readable size before it is decrypted. */
interface Chosen {
  readonly row: Row;
  readonly through: number;
  readonly of: 'segment' | 'response';
}

/** Reads windows: what it costs depends on how large the window is, not on how long the line. */
export class Windows {
  constructor(
    private readonly table: ContentTable,
    private readonly seal: Seal,
    private readonly lines: Lines,
  ) {}

  /**
   * The newest items that fit.
   *
   * @param head the line's head, where it is at hand
   */
  public async read(user: string, source: Source, limit: Size, head?: Head): Promise<Window> {
    const { chosen, more } = await this.choose(user, source, limit, head);
    const groups = await Promise.all(chosen.map((one) => this.open(user, one)));
    const items: StoredItem[] = [];
    let left = limit;
    for (const item of groups.flatMap((group) => group.map((placed) => placed.item).reverse())) {
      const { tokens, bytes } = sizeOf(item);
      left = { tokens: left.tokens - tokens, bytes: left.bytes - bytes };
      if (left.tokens < 0 || left.bytes < 0) return { items, truncated: true, tail: tailOf(chosen, groups) };
      items.unshift(item);
    }
    return { items, truncated: more, tail: tailOf(chosen, groups) };
  }

  /** The newest segments up to the first that doesn't fit whole, newest first, and whether there are older ones. */
  private async choose(
    user: string,
    from: Source,
    limit: Size,
    given?: Head,
  ): Promise<{ chosen: Chosen[]; more: boolean }> {
    const chosen: Chosen[] = [];
    let [tokens, bytes] = [0, 0];
    let source: Source | undefined = from;
    let head = given;
    while (source !== undefined) {
      for await (const one of this.candidates(user, source)) {
        if (tokens >= limit.tokens || bytes >= limit.bytes) return { chosen, more: true };
        chosen.push(one);
        const figures = figuresOf(one.row);
        tokens += figures.tokens;
        bytes += figures.bytes;
      }
      if ('response' in source) break;
      head = head?.line === source.line ? head : await this.lines.head(user, source.line);
      source = head?.parent;
    }
    return { chosen, more: false };
  }

  private async *candidates(user: string, source: Source): AsyncGenerator<Chosen> {
    if ('response' in source) {
      const row = await this.table.get(responseKey(user, source.response));
      if (row !== undefined) yield { row, through: Number.POSITIVE_INFINITY, of: 'response' };
      return;
    }
    const { line, through = Number.MAX_SAFE_INTEGER } = source;
    const prefix = segmentsOf(line);
    const range = { pk: partitionOf(user), from: prefix, to: `${prefix}${numbered(through)}`, order: 'desc' } as const;
    for await (const rows of this.table.pages({ ...range, page: PAGE })) {
      for (const row of rows) yield { row, through, of: 'segment' };
    }
  }

  private async open(user: string, { row, through, of }: Chosen): Promise<Placed[]> {
    if (of === 'segment') return (await this.lines.open(user, row)).filter(({ seq }) => seq <= through);
    const { input, output } = await this.seal.open<StoredResponse>(user, row);
    return [...input, ...output].map((item, seq) => ({ seq, at: 0, item }));
  }
}

const tailOf = ([first]: readonly Chosen[], [placed]: readonly Placed[][]): readonly Placed[] | undefined =>
  first?.of === 'segment' ? placed : undefined;
