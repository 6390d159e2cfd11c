import type { ResponseTurn } from '../../gateway/context/content';
import { type FoundFile, fileNotFound } from '../../gateway/files/found-file';
import { fileReferences } from '../../gateway/items/file-references';
import type { InputItem } from '../../gateway/items/items';
import type { ResponseRequest } from '../../gateway/items/parameters';
import type { ResponseObject } from '../../gateway/items/response-object';
import type { Files } from '../files/files';
import { ApiError } from '../store/api-error';
import { conversationNotFound, responseNotFound, tooLong } from '../store/errors';
import { isConversationId, isResponseId, newResponseId, randomHex, writeOf } from '../store/ids';
import { isThread, responseKey, writeKey } from '../store/keys';
import { orLocked } from '../store/or-locked';
import type { Retention } from '../store/retention';
import { put, toAttributes, toKey } from '../store/row';
import { type Size, sizeOf, sizeOfAll } from '../store/size';
import { Conflict, type ContentTable, type Write } from '../store/table';
import type { Head, Source } from './head';
import { fromInput, fromOutput, type Placed, type StoredItem } from './items';
import type { Lines } from './lines';
import { type Responses, type StoredResponse, stretchOf } from './responses';
import { sendable } from './sendable';
import type { Windows } from './window';

/** What a response continues. */
interface Continued {
  /** Where what was said before is read. */
  readonly source?: Source;
  /** The line that the turn is added to; none for a response that stands alone. */
  readonly head?: Head;
}

/** What a turn is made of. */
export interface TurnParts {
  readonly table: ContentTable;
  readonly lines: Lines;
  readonly windows: Windows;
  readonly files: Pick<Files, 'find'>;
  readonly responses: Responses;
  readonly retention: Retention;
  /** What a model is sent of what was said before and what is asked now, at most. */
  readonly window: Size;
  readonly now: () => Date;
}

/** The turns of responses: what is read before a model is asked, and written once it has answered. */
export class Turns {
  constructor(private readonly parts: TurnParts) {}

  /**
   * Begins a turn. Nothing is held while the model answers: who else adds to the conversation meanwhile comes before.
   *
   * @throws ApiError when what is continued isn't there, or is too long
   */
  public async begin(user: string, wanted: ResponseRequest, before: readonly InputItem[]): Promise<ResponseTurn> {
    const conversation = conversationOf(wanted);
    const continued = await this.continued(user, wanted, conversation);
    const files = new Map<string, FoundFile>();
    const { history, tail } = await this.history(user, wanted, before, continued, files);
    const id = newResponseId();
    const stored = wanted.store !== false;
    return {
      id,
      history,
      files,
      conversation: conversation ?? null,
      stored,
      finish: async (response, proofs) => {
        if (stored) await this.finish(user, wanted, { ...continued, tail }, response, proofs);
      },
    };
  }

  private async continued(user: string, wanted: ResponseRequest, conversation: string | undefined): Promise<Continued> {
    if (conversation !== undefined) {
      const head = isConversationId(conversation) ? await this.parts.lines.head(user, conversation) : undefined;
      if (head === undefined) throw conversationNotFound('conversation');
      return { source: { line: conversation }, head };
    }
    const previous = wanted.previous_response_id;
    if (previous === undefined) return {};
    const row = isResponseId(previous) ? await this.parts.table.get(responseKey(user, previous)) : undefined;
    if (row === undefined) throw responseNotFound('previous_response_id');
    const stretch = stretchOf(row);
    if (stretch === undefined) return this.branch({ response: previous });
    const source = { line: stretch.line, through: stretch.last };
    const head = isThread(stretch.line) ? await this.parts.lines.head(user, stretch.line) : undefined;
    // Only who continues the last response of a thread goes on in it; what continues an earlier one is a line of its own.
    return head?.next === stretch.last + 1 ? { source, head } : this.branch(source);
  }

  private branch(source: Source): Continued {
    return { source, head: this.parts.lines.begin(`thread_${randomHex()}`, source) };
  }

  private async history(
    user: string,
    wanted: ResponseRequest,
    before: readonly InputItem[],
    { source, head }: Continued,
    files: Map<string, FoundFile>,
  ) {
    await this.findFiles(user, before, files);
    await this.findFiles(user, wanted.input, files);
    for (const { id, param } of [...fileReferences(before, 'prompt'), ...fileReferences(wanted.input)]) {
      if (!files.has(id)) throw fileNotFound(param);
    }
    const named = sizeOfFiles([...before, ...fromInput(wanted.input, '')], files);
    const asked = sizeOfAll(fromInput(wanted.input, ''));
    const instructed = sizeOf({ type: 'message', role: 'system', content: wanted.instructions ?? '' });
    const { window } = this.parts;
    const left = {
      tokens: window.tokens - asked.tokens - instructed.tokens - named.tokens,
      bytes: window.bytes - asked.bytes - instructed.bytes - named.bytes,
    };
    if (left.tokens < 0 || left.bytes < 0) throw tooLong(window, 'alone');
    if (source === undefined) return { history: [] };
    const { items: read, truncated: older, tail } = await this.parts.windows.read(user, source, left, head);
    await this.findFiles(user, read, files);
    const items = newestWithin(read, files, left);
    const truncated = older || items.length < read.length;
    if (truncated && wanted.truncation !== 'auto') throw tooLong(window, 'disabled');
    const history = sendable(items, wanted.input);
    return { history, tail: 'line' in source && source.line === head?.line ? tail : undefined };
  }

  /** Looks up the files that items name, each once. */
  private async findFiles(
    user: string,
    items: string | readonly InputItem[],
    files: Map<string, FoundFile>,
  ): Promise<void> {
    const ids = new Set(fileReferences(items).map(({ id }) => id));
    for (const id of ids) {
      const found = files.get(id) ?? (await this.parts.files.find(user, id));
      if (found !== undefined) files.set(id, found);
    }
  }

  private async finish(
    user: string,
    wanted: ResponseRequest,
    { source, head, tail }: Continued & { readonly tail?: readonly Placed[] },
    { output, ...response }: ResponseObject,
    proofs: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { table, lines, responses } = this.parts;
    const write = writeOf(response.id);
    const stored: StoredResponse = {
      response,
      input: fromInput(wanted.input, write),
      output: fromOutput(output, proofs),
    };
    const at = this.parts.now().getTime();
    const sealed = await responses.sealed(user, stored);
    if (head === undefined) return table.put(responses.row(user, stored, sealed, at));
    const addition = (line: string) => ({
      items: [...stored.input, ...stored.output],
      tail,
      also: (first: number, last: number): Write[] => [
        { Put: put(responses.row(user, stored, sealed, at, { line, first, last })) },
        ...(isThread(line) ? [] : [this.located(user, line, write, first, at, true)]),
      ],
    });
    if (!isThread(head.line)) {
      const added = await orLocked(lines.append(user, head, addition(head.line)));
      if (!added) throw conversationNotFound('conversation');
      return;
    }
    try {
      if (await lines.append(user, head, addition(head.line), false)) return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
    // Somebody else continued the same response meanwhile, so this one is a line of its own.
    const { head: own } = this.branch(source as Source);
    await orLocked(lines.append(user, own as Head, addition((own as Head).line)));
  }

  /** The row by which an item is found by its id. */
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
    return { Put: put({ ...key, ...toAttributes({ first, createdAt: at, expiresAt, response: isResponse ? 1 : 0 }) }) };
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

/** Items of a window as far as they fit with the files that they name, which the window didn't count. */
function newestWithin(
  items: readonly StoredItem[],
  files: ReadonlyMap<string, FoundFile>,
  limit: Size,
): readonly StoredItem[] {
  let { tokens, bytes } = sizeOfAll(items);
  const sizes = items.map((item) => ({ own: sizeOf(item), named: sizeOfFiles([item], files) }));
  for (const { named } of sizes) {
    tokens += named.tokens;
    bytes += named.bytes;
  }
  let first = 0;
  for (const { own, named } of sizes) {
    if (tokens <= limit.tokens && bytes <= limit.bytes) break;
    tokens -= own.tokens + named.tokens;
    bytes -= own.bytes + named.bytes;
    first++;
  }
  return items.slice(first);
}

/** @throws ApiError when what is asked for can't be had together */
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
