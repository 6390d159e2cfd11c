import { numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../store/row';
import { headerKey } from './keys';

/** What a log continues: another log up to one of its items, or a single response. */
export type Source = { readonly log: string; readonly through?: number } | { readonly response: string };

/** What is known of an item log without reading its items. Only the labels are encrypted. */
export interface LogHeader {
  /** The id of a conversation or of a thread of responses. */
  readonly log: string;
  /** Grows with each change, so that of two concurrent changes one fails. */
  readonly version: number;
  /** The sequence number of the next item. */
  readonly next: number;
  readonly items: number;
  readonly bytes: number;
  /** Unix time in milliseconds, as is `updated`. */
  readonly created: number;
  readonly updated: number;
  /** The newest segment, while it may grow. */
  readonly tail?: { readonly first: number; readonly bytes: number; readonly since: number };
  readonly parent?: Source;
  /** The labels that a client gave, encrypted. */
  readonly content?: Uint8Array;
}

/** The header of a log without items. */
export const newHeader = (log: string, at: number, parent?: Source): LogHeader => ({
  log,
  version: 0,
  next: 0,
  items: 0,
  bytes: 0,
  created: at,
  updated: at,
  parent,
});

export function toHeader(row: Row, log: string): LogHeader {
  const tail = optionalNumberOf(row, 'tail');
  return {
    log,
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

export function headerRow(user: string, header: LogHeader, expiresAt: number | undefined): Row {
  const { log, version, next, items, bytes, created, updated, tail, parent, content } = header;
  return {
    ...toKey(headerKey(user, log)),
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
      ...(parent !== undefined && 'log' in parent && { parentLine: parent.log, parentThrough: parent.through }),
      ...(parent !== undefined && 'response' in parent && { parentResponse: parent.response }),
      content,
    }),
  };
}

function parentOf(row: Row): Source | undefined {
  const response = row.parentResponse?.S;
  if (response !== undefined) return { response };
  const log = row.parentLine?.S;
  return log === undefined ? undefined : { log, through: optionalNumberOf(row, 'parentThrough') };
}
