import type { Key } from '../store/keys';
import { headKey } from '../store/keys';
import { numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../store/row';

/** What a line goes on from: another line up to one of its items, or a response that stands alone. */
export type Source = { readonly line: string; readonly through?: number } | { readonly response: string };

/** What is known of a line without reading its items: a conversation, or a thread of responses. All of it is readable. */
export interface Head {
  readonly line: string;
  /** Grows with each change, by which two changes at once are found. */
  readonly version: number;
  /** The sequence number of the next item. */
  readonly next: number;
  readonly items: number;
  readonly bytes: number;
  /** In milliseconds, as `updated`. */
  readonly created: number;
  readonly updated: number;
  /** The newest segment, while it may grow. */
  readonly tail?: { readonly first: number; readonly bytes: number; readonly since: number };
  readonly parent?: Source;
  /** The labels that a client gave, encrypted. */
  readonly content?: Uint8Array;
}

/** A line that is about to have its first item. */
export const newHead = (line: string, at: number, parent?: Source): Head => ({
  line,
  version: 0,
  next: 0,
  items: 0,
  bytes: 0,
  created: at,
  updated: at,
  parent,
});

export function toHead(row: Row, line: string): Head {
  const tail = optionalNumberOf(row, 'tail');
  return {
    line,
    version: numberOf(row, 'version'),
    next: numberOf(row, 'next'),
    items: numberOf(row, 'items'),
    bytes: numberOf(row, 'bytes'),
    created: numberOf(row, 'createdAt'),
    updated: numberOf(row, 'updatedAt'),
    tail:
      tail === undefined
        ? undefined
        : { first: tail, bytes: numberOf(row, 'tailBytes'), since: numberOf(row, 'tailSince') },
    parent: parentOf(row),
    content: row.content?.B,
  };
}

export function toRow(user: string, head: Head, expiresAt: number | undefined): Row {
  const { line, version, next, items, bytes, created, updated, tail, parent, content } = head;
  return {
    ...toKey(headKey(user, line)),
    ...toAttributes({
      version,
      next,
      items,
      bytes,
      createdAt: created,
      updatedAt: updated,
      expiresAt,
      tail: tail?.first,
      tailBytes: tail?.bytes,
      tailSince: tail?.since,
      ...(parent !== undefined && 'line' in parent && { parentLine: parent.line, parentThrough: parent.through }),
      ...(parent !== undefined && 'response' in parent && { parentResponse: parent.response }),
      content,
    }),
  };
}

function parentOf(row: Row): Source | undefined {
  const response = row.parentResponse?.S;
  if (response !== undefined) return { response };
  const line = row.parentLine?.S;
  return line === undefined ? undefined : { line, through: optionalNumberOf(row, 'parentThrough') };
}

/** The line that a head's key names. */
export const lineOf = ({ sk }: Key): string => sk.slice(sk.indexOf('#') + 1);
