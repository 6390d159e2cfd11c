import type { ResponseObject } from '../../gateway/items/response-object';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { itemNotFound, responseNotFound } from '../store/errors';
import { isResponseId } from '../store/ids';
import { isThread, responseKey } from '../store/keys';
import { orLocked } from '../store/or-locked';
import { type Row, toKey } from '../store/row';
import type { Seal } from '../store/seal';
import type { ContentTable, Write } from '../store/table';
import { type StoredItem, shown } from './items';
import type { Lines } from './lines';
import { type StoredResponse, stretchOf } from './responses';

/** Responses that are stored, each seen by its own member alone. */
export class StoredResponses {
  constructor(
    private readonly table: ContentTable,
    private readonly seal: Seal,
    private readonly lines: Lines,
  ) {}

  public async find(user: string, id: string, withProofs: boolean): Promise<ResponseObject> {
    const { response, output } = await this.open(user, id);
    const items = output.map((item) => shown(item, withProofs));
    return { ...response, output: items as unknown as ResponseObject['output'] };
  }

  /** What was asked for a response itself, without what was said before. */
  public async inputItems(user: string, id: string, { after, limit, order }: PageQuery): Promise<Page<StoredItem>> {
    const { input } = await this.open(user, id);
    const ordered = order === 'asc' ? input : input.toReversed();
    const at = after === undefined ? -1 : ordered.findIndex((item) => item.id === after);
    if (after !== undefined && at < 0) throw itemNotFound('after');
    return pageOf(ordered.slice(at + 1, at + 1 + limit), ordered.length > at + 1 + limit);
  }

  /** Deletes a response, and its items from the thread of responses that it is part of; those of a conversation stay there. */
  public async delete(user: string, id: string): Promise<void> {
    const row = await this.require(user, id);
    const stretch = stretchOf(row);
    const gone: Write = { Delete: { TableName: undefined, Key: toKey(responseKey(user, id)) } };
    if (stretch === undefined || !isThread(stretch.line)) await this.table.transact([gone]);
    else {
      const { line, first, last } = stretch;
      await orLocked(this.lines.remove(user, line, first, ({ seq }) => seq >= first && seq <= last, [gone]));
    }
    await this.seal.dropObjects([row]);
  }

  private async open(user: string, id: string): Promise<StoredResponse> {
    return this.seal.open<StoredResponse>(user, await this.require(user, id));
  }

  private async require(user: string, id: string): Promise<Row> {
    const row = isResponseId(id) ? await this.table.get(responseKey(user, id)) : undefined;
    if (row === undefined) throw responseNotFound('response_id');
    return row;
  }
}
