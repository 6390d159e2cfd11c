import type { ResponseObject } from '../../gateway/items/response-object';
import { responseKey } from '../store/keys';
import type { Retention } from '../store/retention';
import { type Row, toAttributes, toKey } from '../store/row';
import type { Seal, Sealed } from '../store/seal';
import { sizeOfAll } from '../store/size';
import type { StoredItem } from './items';

/** A response as it is stored: what was answered, with what was asked and made as items of their own. */
export interface StoredResponse {
  readonly response: Omit<ResponseObject, 'output'>;
  readonly input: readonly StoredItem[];
  readonly output: readonly StoredItem[];
}

/** Where in a line a response's items are. */
export interface Stretch {
  readonly line: string;
  readonly first: number;
  readonly last: number;
}

/** The rows of responses. */
export class Responses {
  constructor(
    private readonly seal: Seal,
    private readonly retention: Retention,
  ) {}

  public async sealed(user: string, stored: StoredResponse): Promise<Sealed> {
    return this.seal.close(user, responseKey(user, stored.response.id), stored);
  }

  /** The row of a response whose content is sealed; its place in a line may be known only later. */
  public row(user: string, stored: StoredResponse, sealed: Sealed, at: number, stretch?: Stretch): Row {
    const { tokens, bytes } = sizeOfAll([...stored.input, ...stored.output]);
    return {
      ...toKey(responseKey(user, stored.response.id)),
      ...toAttributes({
        createdAt: at,
        expiresAt: this.retention.expiryOf(at),
        tokens,
        bytes,
        line: stretch?.line,
        first: stretch?.first,
        last: stretch?.last,
        ...sealed,
      }),
    };
  }
}

/** Where a response's items are; none for one that stands alone. */
export function stretchOf(row: Row): Stretch | undefined {
  const line = row.line?.S;
  return line === undefined ? undefined : { line, first: Number(row.first?.N), last: Number(row.last?.N) };
}
