import { createParser } from 'eventsource-parser';
import * as z from 'zod/mini';
import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import type { EgressPath, EgressRequest } from '../../../contract/egress';
import { counter, drain, textOf } from '../../http/answer-body';
import { Deadline, type EndSignal } from '../../http/deadline';
import type { NoteRequestId } from '../../http/records/request-ids';
import { Batches, batchesOf } from '../../http/stream/batches';
import { fromFirstContent } from '../../http/stream/from-first-content';
import type { Bedrock } from '../bedrock/bedrock';
import { streamWasCut } from '../converse/answer-error';
import type { ModelEvent } from '../converse/model-event';
import type { ModelRequest } from '../converse/model-request';
import { toChatBody, toStreamedChatBody } from './chat-body';
import { readChat, readChatStream } from './read-chat';
import { ServerFailure } from './server-failure';
import type { Embedded, Servers } from './servers';
import { type Egress, nodeTransport, type Transport } from './transport';

export interface OpenAiServersOptions {
  /** @default - no destination of Bedrock is called */
  readonly bedrock?: Pick<Bedrock, 'complete'>;
  /** @default - Node's own HTTP */
  readonly transport?: Transport;
  /**
   * Calls providers outside AWS for this gateway, which has no route to them.
   *
   * @default - they are called as other servers are
   */
  readonly egress?: Egress;
  /** The customer's key for OpenAI. No other server receives it. */
  readonly openAiKey?: string;
  /** The header with the customer's key for each declared provider, by its name. No other server receives it. */
  readonly keys?: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** @default 240 000 */
  readonly attemptTimeoutMs?: number;
  /** @default 60 000 */
  readonly firstEventTimeoutMs?: number;
  /** @default 120 000 */
  readonly idleTimeoutMs?: number;
  /** @default 15 000 */
  readonly commitAfterMs?: number;
}

interface ServerCall {
  readonly destination: AnyDestination;
  readonly path: EgressPath;
  readonly body: unknown;
  readonly note: NoteRequestId | undefined;
}

const embeddings = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
  usage: z.nullish(z.object({ prompt_tokens: z.nullish(z.number()) })),
});

/**
 * Destinations that are called by OpenAI's protocol: servers, by the base URL of a destination that was verified to be inside the boundary,
 * and Bedrock's Chat Completions API.
 */
export class OpenAiServers implements Servers {
  private readonly transport: Transport;

  constructor(private readonly options: OpenAiServersOptions = {}) {
    this.transport = options.transport ?? nodeTransport();
  }

  /** A whole answer. */
  public answer(
    destination: AnyDestination,
    request: ModelRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<ModelEvent[]> {
    const body = toChatBody(request, destination);
    return this.whole({ destination, path: '/chat/completions', body, note }, client, readChat);
  }

  /**
   * The events of an answer. The promise resolves at the first content, so that after an earlier failure the next destination can be
   * tried. A model that thinks in silence is passed on after `commitAfterMs`.
   */
  public async stream(
    destination: AnyDestination,
    request: ModelRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<AsyncIterable<ModelEvent>> {
    const { firstEventTimeoutMs = 60_000, idleTimeoutMs = 120_000, commitAfterMs = 15_000 } = this.options;
    const body = toStreamedChatBody(request, destination);
    const deadline = new Deadline(client);
    deadline.within(firstEventTimeoutMs);
    try {
      const data = dataOf(await this.send({ destination, path: '/chat/completions', body, note }, deadline.signal));
      const first = await data.next();
      deadline.within(idleTimeoutMs);
      const lines = new Batches(after(first, data));
      const events = batchesOf(readChatStream(lines))[Symbol.asyncIterator]();
      const hasContent = (batch: readonly ModelEvent[]) => batch.some(isContent);
      const pace = { idleTimeoutMs, commitAfterMs };
      const started = await fromFirstContent(events.next(), events, hasContent, deadline, pace);
      if (started === undefined) throw streamWasCut();
      return new Batches(started);
    } catch (error) {
      deadline.over();
      throw deadline.reason(error);
    }
  }

  /** A vector for each text. */
  public embed(
    destination: ServerDestination,
    input: readonly string[],
    dimensions: number | undefined,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<Embedded> {
    const body = { model: destination.modelId, input, encoding_format: 'float', ...(dimensions && { dimensions }) };
    return this.whole({ destination, path: '/embeddings', body, note }, client, (value) => {
      const { data, usage } = embeddings.parse(value);
      const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      if (vectors.length !== input.length) throw new Error('the number of vectors differs from the number of texts');
      return { vectors, tokens: usage?.prompt_tokens ?? 0 };
    });
  }

  private async whole<T>(call: ServerCall, client: AbortSignal | undefined, read: (value: unknown) => T): Promise<T> {
    const deadline = new Deadline(client);
    deadline.within(this.options.attemptTimeoutMs ?? 240_000);
    try {
      const text = await textOf(await this.send(call, deadline.signal));
      deadline.read();
      return read(JSON.parse(text));
    } catch (error) {
      throw deadline.reason(error);
    } finally {
      deadline.over();
    }
  }

  private keyOf({ provider, providerName = '' }: ServerDestination): Readonly<Record<string, string>> {
    const { openAiKey, keys } = this.options;
    if (provider === 'external') return keys?.get(providerName) ?? {};
    return provider === 'openai' && openAiKey ? { authorization: `Bearer ${openAiKey}` } : {};
  }

  private async send(
    { destination, path, body, note }: ServerCall,
    signal: EndSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { bedrock, egress } = this.options;
    if (destination.provider === 'bedrock') {
      if (bedrock === undefined) throw new Error("this gateway doesn't call Bedrock by OpenAI's protocol");
      return bedrock.complete(destination, body, signal, note);
    }
    const { provider, baseUrl, addresses } = destination;
    const answer = await (egress !== undefined && provider !== 'vpc'
      ? egress(egressRequest(destination, path, body), signal)
      : this.transport({
          url: new URL(`${baseUrl}${path}`),
          headers: {
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            ...this.keyOf(destination),
          },
          body: JSON.stringify(body),
          addresses,
          signal,
        }));
    if (provider !== 'vpc') note?.(answer.requestId);
    if (answer.status === 200) return answer.body;
    await drain(answer.body);
    throw new ServerFailure(answer.status);
  }
}

/** What the egress function needs to decide again. */
const egressRequest = (
  { provider, providerName = provider, modelId: model, kind }: ServerDestination,
  path: EgressPath,
  body: unknown,
): EgressRequest => ({ provider: providerName, model, kind, path, body: JSON.stringify(body) });

/** The data of server-sent events, in batches: all that a piece of the body completes. */
async function* dataOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  let found: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void found.push(data) });
  const decoder = new TextDecoder();
  const count = counter();
  let started = false;
  for await (const piece of body) {
    count(piece);
    // `{`: one JSON value in place of a stream, such as the name of an exception with the status 200.
    if (!started && piece[0] === 0x7b) throw new Error('the answer is no stream');
    started = true;
    parser.feed(decoder.decode(piece, { stream: true }));
    if (found.length === 0) continue;
    yield found;
    found = [];
  }
}

async function* after<T>(first: IteratorResult<T>, others: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* others;
}

/** Some servers report usage with every piece. */
const isContent = ({ type }: ModelEvent): boolean => type !== 'usage';
