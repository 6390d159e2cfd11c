import type {
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { Destination } from '../../../boundary/destination';
import type { Credentials } from '../../aws/signature';
import { textOf } from '../../http/answer-body';
import { Deadline, type EndSignal } from '../../http/deadline';
import type { NoteRequestId } from '../../http/records/request-ids';
import { Batches } from '../../http/stream/batches';
import { fromFirstContent } from '../../http/stream/from-first-content';
import { readBytes, writeBytes } from './bedrock-bytes';
import { BedrockClient, type RequestHandler } from './bedrock-client';
import { BedrockFailure } from './bedrock-failure';
import { eventsOf } from './event-stream';
import { isContent } from './is-content';
import { nodeHandler } from './node-handler';

/** A request to Bedrock before its destination is chosen. */
export type ConverseRequest = Omit<ConverseCommandInput, 'modelId'>;

/** A whole answer from Bedrock. */
export type ConverseAnswer = Omit<ConverseCommandOutput, '$metadata'>;

/** The answer of an embedding model: its own JSON, and the number of tokens from a Bedrock header. */
export interface Invoked {
  readonly body: unknown;
  readonly inputTokens?: number;
}

export interface BedrockOptions {
  /** The endpoint of each source Region that may be called. */
  readonly endpoints: ReadonlyMap<string, string>;
  /**
   * The time limit for a whole answer.
   *
   * @default 240 000
   */
  readonly attemptTimeoutMs?: number;
  /**
   * The time limit for the start of a stream.
   *
   * @default 60 000
   */
  readonly firstEventTimeoutMs?: number;
  /**
   * How long a stream may be silent after its start.
   *
   * @default 120 000
   */
  readonly idleTimeoutMs?: number;
  /**
   * How long a stream may be without content after its start before it is passed on nevertheless.
   *
   * @default 15 000
   */
  readonly commitAfterMs?: number;
  /** @default - HTTP/1.1, which follows no redirect and, unlike HTTP/2, gives up on a host that never connects */
  readonly requestHandler?: RequestHandler;
  /** The credentials for signing. */
  readonly credentials: Credentials;
}

/** Bedrock in the source Regions of a policy; a Region without an endpoint is never called. */
export class Bedrock {
  private readonly clients = new Map<string, BedrockClient>();
  private readonly requestHandler: RequestHandler;

  constructor(private readonly options: BedrockOptions) {
    this.requestHandler = options.requestHandler ?? nodeHandler();
  }

  /**
   * Sends one request once. The caller decides what to do about a failure.
   *
   * @param note receives Bedrock's ID of the call
   */
  public converse(
    { sourceRegion, id }: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<ConverseAnswer> {
    return this.whole(client, async (signal) => {
      const { body } = await this.client(sourceRegion).send(id, 'converse', toJson(request), signal, note);
      const answer: ConverseAnswer = JSON.parse(await textOf(body));
      for (const { reasoningContent } of answer.output?.message?.content ?? []) {
        if (reasoningContent) readBytes(reasoningContent);
      }
      return answer;
    });
  }

  /**
   * The events of an answer. The promise resolves at the first content, so that after an earlier failure the next destination can be
   * tried. A model that thinks in silence is passed on after `commitAfterMs`.
   */
  public async converseStream(
    { sourceRegion, id }: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<AsyncIterable<ConverseStreamOutput>> {
    const { firstEventTimeoutMs = 60_000, idleTimeoutMs = 120_000, commitAfterMs = 15_000 } = this.options;
    const deadline = new Deadline(client);
    deadline.within(firstEventTimeoutMs);
    try {
      const client = this.client(sourceRegion);
      const { body } = await client.send(id, 'converse-stream', toJson(request), deadline.signal, note);
      const events = eventsOf(body);
      const first = await events.next();
      deadline.within(idleTimeoutMs);
      const hasContent = (batch: readonly ConverseStreamOutput[]) =>
        batch.some((event) => isContent(event, request.guardrailConfig === undefined));
      const started = await fromFirstContent(first, events, hasContent, deadline, { idleTimeoutMs, commitAfterMs });
      if (started === undefined) throw new BedrockFailure('ModelStreamErrorException');
      return new Batches(started);
    } catch (error) {
      deadline.over();
      throw deadline.reason(error);
    }
  }

  /** Sends a chat completion once, and returns the answer's bytes as they arrive. The caller limits the time. */
  public async complete(
    { sourceRegion }: Destination,
    body: unknown,
    signal: EndSignal,
    note?: NoteRequestId,
  ): Promise<AsyncIterable<Uint8Array>> {
    const answer = await this.client(sourceRegion).complete(JSON.stringify(body), signal, note);
    return answer.body;
  }

  /** Calls a model with a body in the model's own form. */
  public invoke(
    { sourceRegion, id }: Destination,
    body: unknown,
    client?: AbortSignal,
    note?: NoteRequestId,
  ): Promise<Invoked> {
    return this.whole(client, async (signal) => {
      const answer = await this.client(sourceRegion).send(id, 'invoke', JSON.stringify(body), signal, note);
      const count = Number(answer.headers['x-amzn-bedrock-input-token-count'] ?? Number.NaN);
      return {
        body: JSON.parse(await textOf(answer.body)),
        ...(Number.isSafeInteger(count) && { inputTokens: count }),
      };
    });
  }

  private async whole<T>(client: AbortSignal | undefined, send: (signal: EndSignal) => Promise<T>): Promise<T> {
    const deadline = new Deadline(client);
    deadline.within(this.options.attemptTimeoutMs ?? 240_000);
    try {
      const answer = await send(deadline.signal);
      deadline.read();
      return answer;
    } catch (error) {
      throw deadline.reason(error);
    } finally {
      deadline.over();
    }
  }

  private client(region: string): BedrockClient {
    const existing = this.clients.get(region);
    if (existing !== undefined) return existing;
    const endpoint = this.options.endpoints.get(region);
    if (endpoint === undefined) throw new Error(`${region} has no endpoint, so it isn't called`);
    const client = new BedrockClient(region, endpoint, this.requestHandler, this.options.credentials);
    this.clients.set(region, client);
    return client;
  }
}

const toJson = (request: ConverseRequest): string => JSON.stringify(writeBytes(request));
