import type { ResponseObject } from '../../gateway/items/response-object';
import type { ContentCipher, EncryptedContent } from '../store/content-cipher';
import type { Retention } from '../store/retention';
import { type Row, toAttributes, toKey } from '../store/row';
import type { StoredItem } from './items';
import { responseKey } from './keys';
import { sizeOfAll } from './size';

/** A response as it is stored, with its input and output as separate items. */
export interface StoredResponse {
  readonly response: Omit<ResponseObject, 'output'>;
  readonly input: readonly StoredItem[];
  readonly output: readonly StoredItem[];
}

/** Where in a log the items of a response are. */
export interface LogRange {
  readonly log: string;
  readonly first: number;
  readonly last: number;
}

/** The rows of responses. */
export class Responses {
  constructor(
    private readonly cipher: ContentCipher,
    private readonly retention: Retention,
  ) {}

  public async encrypted(user: string, stored: StoredResponse): Promise<EncryptedContent> {
    return this.cipher.encrypt(user, responseKey(user, stored.response.id), stored);
  }

  /** The row of a response whose content is encrypted already: its place in a log may be known only later. */
  public row(user: string, stored: StoredResponse, encrypted: EncryptedContent, at: number, range?: LogRange): Row {
    const { tokens, bytes } = sizeOfAll([...stored.input, ...stored.output]);
    return {
      ...toKey(responseKey(user, stored.response.id)),
      ...toAttributes({
        createdAt: at,
        expiresAt: this.retention.expiryOf(at),
        tokens,
        bytes,
        line: range?.log,
        first: range?.first,
        last: range?.last,
        ...encrypted,
      }),
    };
  }
}

/** Where the items of a response are; undefined for a response outside any log. */
export function rangeOf(row: Row): LogRange | undefined {
  const log = row.line?.S;
  return log === undefined ? undefined : { log, first: Number(row.first?.N), last: Number(row.last?.N) };
}
