import type { ResponseObject } from '../../gateway/items/response-object';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { ApiError } from '../errors/api-error';
import type { ContentCipher } from '../store/content-cipher';
import { orLocked } from '../store/or-locked';
import { numberOf, type Row } from '../store/row';
import type { ContentTable } from '../store/table';
import { deleteRow } from '../store/writes';
import { itemNotFound, responseNotFound } from './errors';
import { isResponseId, writeOfItem } from './ids';
import type { ItemLog } from './item-log';
import { type StoredItem, toClient } from './items';
import { isThread, responseKey } from './keys';
import { rangeOf, type StoredResponse } from './responses';
import { sizeOf } from './size';
import type { UnfinishedResponses } from './unfinished-responses';

/** The most that references may read for one request, and add to it; more than a window. */
const MOST_BYTES = 16_000_000;

const tooManyBytes = () =>
  new ApiError(
    400,
    'context_length_exceeded',
    `the references to items in 'input' name more than ${MOST_BYTES} bytes of stored responses; continue by 'previous_response_id'`,
    { param: 'input' },
  );

/** The stored responses of members, each visible to its own member alone. */
export class StoredResponses {
  constructor(
    private readonly table: ContentTable,
    private readonly cipher: ContentCipher,
    private readonly log: ItemLog,
    /** Undefined where no response is answered in the background. */
    private readonly unfinished?: UnfinishedResponses,
  ) {}

  public async find(user: string, id: string, withProofs: boolean): Promise<ResponseObject> {
    const opened = await this.open(user, id);
    if (!('output' in opened)) return opened.response;
    const { response, output } = opened;
    const items = output.map((item) => toClient(item, withProofs));
    return { ...response, output: items as unknown as ResponseObject['output'] };
  }

  /** The input of a response itself, without the items before it. */
  public async inputItems(user: string, id: string, { after, limit, order }: PageQuery): Promise<Page<StoredItem>> {
    const { input } = await this.open(user, id);
    const ordered = order === 'asc' ? input : input.toReversed();
    const at = after === undefined ? -1 : ordered.findIndex((item) => item.id === after);
    if (after !== undefined && at < 0) throw itemNotFound('after');
    return pageOf(ordered.slice(at + 1, at + 1 + limit), ordered.length > at + 1 + limit);
  }

  /**
   * Items of responses, by id; those that don't exist are missing.
   *
   * @throws ApiError if they are larger than a request may be
   */
  public async items(user: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredItem>> {
    const writes = new Set(ids.flatMap((id) => writeOfItem(id) ?? []));
    const rows = await Promise.all([...writes].map((write) => this.table.get(responseKey(user, `resp_${write}`))));
    const found = rows.filter((row) => row !== undefined);
    if (found.reduce((sum, row) => sum + numberOf(row, 'bytes'), 0) > MOST_BYTES) throw tooManyBytes();
    const wanted = new Set(ids);
    const items = new Map<string, StoredItem>();
    const sizes = new Map<string, number>();
    // One after the other, because a response can be thousands of times as long as what names it.
    for (const row of found) {
      const { input, output } = await this.cipher.decrypt<StoredResponse>(user, row);
      for (const item of [...input, ...output]) {
        if (!wanted.has(item.id)) continue;
        items.set(item.id, item);
        sizes.set(item.id, sizeOf(item).bytes);
      }
    }
    // An item counts each time that it is named.
    if (ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) > MOST_BYTES) throw tooManyBytes();
    return items;
  }

  /**
   * Cancels a response that is answered in the background. One that is over stays as it is.
   *
   * @throws ApiError if the response never was one of these
   */
  public async cancel(user: string, id: string): Promise<ResponseObject> {
    await this.cancelRunning(user, id);
    const response = await this.find(user, id, false);
    if (response.background) return response;
    throw new ApiError(
      400,
      'invalid_value',
      "only a response with 'background' can be cancelled; to end another one, close its connection",
      { param: 'response_id' },
    );
  }

  private async cancelRunning(user: string, id: string): Promise<void> {
    if (isResponseId(id)) await this.unfinished?.cancel(user, id);
  }

  /** Deletes a response. Its items are deleted with it from a thread, and stay in a conversation. */
  public async delete(user: string, id: string): Promise<void> {
    await this.cancelRunning(user, id);
    const row = await this.require(user, id);
    const range = rangeOf(row);
    const deletion = deleteRow(responseKey(user, id));
    if (range === undefined || !isThread(range.log)) await this.table.transact([deletion]);
    else {
      const { log, first, last } = range;
      await orLocked(this.log.remove(user, log, first, ({ seq }) => seq >= first && seq <= last, [deletion]));
    }
    await this.cipher.deleteObjects([row]);
  }

  /** A stored response, or one that isn't over. */
  private async open(user: string, id: string) {
    const row = await this.get(user, id);
    if (row !== undefined) return this.cipher.decrypt<StoredResponse>(user, row);
    const running = isResponseId(id) ? await this.unfinished?.find(user, id) : undefined;
    // It may have ended between the two reads.
    return running ?? this.cipher.decrypt<StoredResponse>(user, await this.require(user, id));
  }

  private async require(user: string, id: string): Promise<Row> {
    const row = await this.get(user, id);
    if (row === undefined) throw responseNotFound('response_id');
    return row;
  }

  private async get(user: string, id: string): Promise<Row | undefined> {
    return isResponseId(id) ? this.table.get(responseKey(user, id)) : undefined;
  }
}
