import type { ResponseTurn } from '../../gateway/context/content';
import { type FoundFile, fileNotFound } from '../../gateway/files/found-file';
import { fileReferences } from '../../gateway/items/file-references';
import type { InputItem } from '../../gateway/items/items';
import type { ResponseRequest } from '../../gateway/items/parameters';
import type { ResponseObject } from '../../gateway/items/response-object';
import type { SentBy } from '../../http/member';
import { ApiError } from '../errors/api-error';
import type { FileLookup } from '../files/file-lookup';
import { orLocked } from '../store/or-locked';
import type { Retention } from '../store/retention';
import { toAttributes, toKey } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { ABSENT, putRow, type Write } from '../store/writes';
import { conversationNotFound, responseNotFound, tooLong } from './errors';
import { isConversationId, isResponseId, newResponseId, newThreadId, writeOf } from './ids';
import type { ItemLog } from './item-log';
import { fromInput, fromOutput, type LogEntry, type StoredItem } from './items';
import { isThread, responseKey, writeKey } from './keys';
import type { LogHeader, Source } from './log-header';
import { type LogRange, type Responses, rangeOf, type StoredResponse } from './responses';
import { sendable } from './sendable';
import { type Size, sizeOf, sizeOfAll } from './size';
import type { DeferredResponse } from './unfinished-responses';
import type { Windows } from './window';

/** What a response continues. */
interface Continued {
  /** Where the earlier items are read. */
  readonly source?: Source;
  /** The log that the turn is appended to; undefined for a response outside any log. */
  readonly header?: LogHeader;
}

/** What turns are made of. */
export interface TurnParts {
  readonly table: ContentTable;
  readonly log: ItemLog;
  readonly windows: Windows;
  readonly files: FileLookup;
  readonly responses: Responses;
  readonly retention: Retention;
  /** The largest size of earlier items and new input together that a model is sent. */
  readonly window: Size;
  readonly now: () => Date;
  /**
   * Queues a response that is answered in the background.
   *
   * @default - none is
   */
  readonly defer?: (user: string, deferred: DeferredResponse, by?: SentBy) => Promise<void>;
}

/** A turn that a worker finishes, under the ID that the client has already. */
export interface TurnAs {
  readonly id: string;
  /** The writes that end the job, in the transaction that stores the response. Without the job, nothing is stored. */
  readonly ends: readonly Write[];
}

/** The turns of responses: what is read before a model is called, and what is stored after it has answered. */
export class Turns {
  constructor(private readonly parts: TurnParts) {}

  /**
   * Begins a turn. It locks nothing while the model answers: items that are added to the conversation meanwhile come before the turn's.
   *
   * @throws ApiError when what the response continues doesn't exist, or is too long
   */
  public async begin(
    user: string,
    request: ResponseRequest,
    before: readonly InputItem[],
    shared: ReadonlyMap<string, FoundFile> = new Map(),
    as?: TurnAs,
  ): Promise<ResponseTurn> {
    const { defer } = this.parts;
    const conversation = conversationOf(request);
    const continued = await this.continued(user, request, conversation);
    const files = new Map(shared);
    const { history, tail } = await this.history(user, request, before, continued, files);
    const id = as?.id ?? newResponseId();
    const stored = request.store !== false;
    return {
      id,
      history,
      files,
      conversation: conversation ?? null,
      stored,
      finish: async (response, proofs, model) => {
        if (stored) await this.finish(user, request, { ...continued, tail }, response, { proofs, model, as });
      },
      defer:
        defer &&
        ((response, body, by) =>
          defer(user, { response, input: fromInput(request.input, writeOf(response.id)), body }, by)),
    };
  }

  private async continued(
    user: string,
    request: ResponseRequest,
    conversation: string | undefined,
  ): Promise<Continued> {
    if (conversation !== undefined) {
      const header = isConversationId(conversation) ? await this.parts.log.header(user, conversation) : undefined;
      if (header === undefined) throw conversationNotFound('conversation');
      return { source: { log: conversation }, header };
    }
    const previous = request.previous_response_id;
    if (previous === undefined) return {};
    const row = isResponseId(previous) ? await this.parts.table.get(responseKey(user, previous)) : undefined;
    if (row === undefined) throw responseNotFound('previous_response_id');
    const range = rangeOf(row);
    if (range === undefined) return this.branch({ response: previous });
    const source = { log: range.log, through: range.last };
    const header = isThread(range.log) ? await this.parts.log.header(user, range.log) : undefined;
    // Only a response that continues the last one of a thread joins it; one that continues an earlier response begins a thread.
    return header?.next === range.last + 1 ? { source, header } : this.branch(source);
  }

  private branch(source: Source): Required<Continued> {
    return { source, header: this.parts.log.begin(newThreadId(), source) };
  }

  private async history(
    user: string,
    request: ResponseRequest,
    before: readonly InputItem[],
    { source, header }: Continued,
    files: Map<string, FoundFile>,
  ) {
    await this.findFiles(user, before, files);
    await this.findFiles(user, request.input, files);
    for (const { id, param } of [...fileReferences(before, 'prompt'), ...fileReferences(request.input)]) {
      if (!files.has(id)) throw fileNotFound(param);
    }
    const left = this.leftOfWindow(request, before, files);
    if (left.tokens < 0 || left.bytes < 0) throw tooLong(this.parts.window, 'alone');
    if (source === undefined) return { history: [] };
    const { items: read, truncated: older, tail } = await this.parts.windows.read(user, source, left, header);
    await this.findFiles(user, read, files);
    const items = newestWithin(read, files, left);
    const truncated = older || items.length < read.length;
    if (truncated && request.truncation !== 'auto') throw tooLong(this.parts.window, 'disabled');
    const history = sendable(items, request.input, truncated);
    return { history, tail: 'log' in source && source.log === header?.log ? tail : undefined };
  }

  /** The part of the window that the request itself leaves to earlier items; negative where it is too long. */
  private leftOfWindow(
    request: ResponseRequest,
    before: readonly InputItem[],
    files: ReadonlyMap<string, FoundFile>,
  ): Size {
    const input = fromInput(request.input, '');
    const used = [
      sizeOfAll(input),
      sizeOf({ type: 'message', role: 'system', content: request.instructions ?? '' }),
      sizeOfFiles([...before, ...input], files),
    ];
    const { window } = this.parts;
    return {
      tokens: used.reduce((left, { tokens }) => left - tokens, window.tokens),
      bytes: used.reduce((left, { bytes }) => left - bytes, window.bytes),
    };
  }

  /** Looks up the files that items name, each once. */
  private async findFiles(
    user: string,
    items: string | readonly InputItem[],
    files: Map<string, FoundFile>,
  ): Promise<void> {
    const ids = new Set(fileReferences(items).map(({ id }) => id));
    for (const id of ids) {
      const file = files.get(id) ?? (await this.parts.files.find(user, id));
      if (file !== undefined) files.set(id, file);
    }
  }

  private async finish(
    user: string,
    request: ResponseRequest,
    { source, header, tail }: Continued & { readonly tail?: readonly LogEntry[] },
    { output, ...response }: ResponseObject,
    {
      proofs,
      model,
      as,
    }: { readonly proofs: ReadonlyMap<string, string>; readonly model: string; readonly as?: TurnAs },
  ): Promise<void> {
    const { table, log: itemLog, responses } = this.parts;
    const write = writeOf(response.id);
    const at = this.parts.now().getTime();
    const stored: StoredResponse = {
      response,
      input: fromInput(request.input, write),
      output: fromOutput(output, proofs, { model, at }),
    };
    const encrypted = await responses.encrypted(user, stored);
    const put = (range?: LogRange): Write[] =>
      as === undefined
        ? [putRow(responses.row(user, stored, encrypted, at, range))]
        : [putRow(responses.row(user, stored, encrypted, at, range), ABSENT), ...as.ends];
    if (header === undefined) {
      return as === undefined ? table.put(responses.row(user, stored, encrypted, at)) : orLocked(table.transact(put()));
    }
    const addition = (log: string) => ({
      items: [...stored.input, ...stored.output],
      tail,
      also: (first: number, last: number): Write[] => [
        ...put({ log, first, last }),
        ...(isThread(log) ? [] : [this.located(user, log, write, first, at, true)]),
      ],
    });
    if (!isThread(header.log)) {
      const isAdded = await orLocked(itemLog.append(user, header, addition(header.log)));
      if (!isAdded) throw conversationNotFound('conversation');
      return;
    }
    try {
      if (await itemLog.append(user, header, addition(header.log), false)) return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
    // Another request continued the same response first, so this one begins a thread.
    const { header: own } = this.branch(source as Source);
    await orLocked(itemLog.append(user, own, addition(own.log)));
  }

  /** The write of the row by which an item is found by its id. */
  public located(
    user: string,
    conversation: string,
    write: string,
    first: number,
    at: number,
    isResponse: boolean,
  ): Write {
    const key = toKey(writeKey(user, conversation, write));
    const expiresAt = this.parts.retention.expiryOf(at);
    return putRow({ ...key, ...toAttributes({ first, createdAt: at, expiresAt, response: isResponse ? 1 : 0 }) });
  }
}

/** What a model is sent of the files that items name. */
const sizeOfFiles = (items: string | readonly InputItem[], files: ReadonlyMap<string, FoundFile>): Size =>
  fileReferences(items).reduce(
    ({ tokens, bytes }, { id }) => {
      const file = files.get(id);
      return { tokens: tokens + (file?.tokens ?? 0), bytes: bytes + (file?.bytes ?? 0) };
    },
    { tokens: 0, bytes: 0 },
  );

/** The newest items that fit together with the files that they name, which a window doesn't count. */
function newestWithin(
  items: readonly StoredItem[],
  files: ReadonlyMap<string, FoundFile>,
  limit: Size,
): readonly StoredItem[] {
  let { tokens, bytes } = sizeOfAll(items);
  const sizes = items.map((item) => ({ own: sizeOf(item), files: sizeOfFiles([item], files) }));
  for (const { files } of sizes) {
    tokens += files.tokens;
    bytes += files.bytes;
  }
  let first = 0;
  for (const { own, files } of sizes) {
    if (tokens <= limit.tokens && bytes <= limit.bytes) break;
    tokens -= own.tokens + files.tokens;
    bytes -= own.bytes + files.bytes;
    first++;
  }
  return items.slice(first);
}

/** @throws ApiError for parameters that exclude each other */
function conversationOf({ conversation, previous_response_id, store }: ResponseRequest): string | undefined {
  if (conversation === undefined) return undefined;
  if (previous_response_id !== undefined) {
    throw new ApiError(400, 'invalid_value', "'previous_response_id' may not be with 'conversation'; leave one out", {
      param: 'previous_response_id',
    });
  }
  if (store === false) {
    throw new ApiError(
      400,
      'invalid_value',
      "'store' may not be false with 'conversation', which the answer is added to; leave one out",
      { param: 'store' },
    );
  }
  return typeof conversation === 'string' ? conversation : conversation.id;
}
