import type {
  ConverseCommandInput,
  ConverseCommandOutput,
  ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Destination } from '../../../boundary/destination';
import { textOf } from '../../http/answer-body';
import { Deadline } from '../../http/deadline';
import { readBytes, writeBytes } from './bedrock-bytes';
import { BedrockClient, type Credentials, type RequestHandler } from './bedrock-client';
import { BedrockFailure } from './bedrock-failure';
import { eventsOf } from './event-stream';

/** A request to Bedrock before its destination is chosen. */
export type ConverseRequest = Omit<ConverseCommandInput, 'modelId'>;

/** A whole answer of Bedrock's. */
export type ConverseAnswer = Omit<ConverseCommandOutput, '$metadata'>;

/** What a model of embeddings answers: its own JSON, and the tokens that Bedrock counted in a header. */
export interface Invoked {
  readonly body: unknown;
  readonly inputTokens?: number;
}

export interface BedrockOptions {
  /** The endpoint of each source Region that may be called. */
  readonly endpoints: ReadonlyMap<string, string>;
  /**
   * How long a whole answer may take.
   *
   * @default 240 000
   */
  readonly attemptTimeoutMs?: number;
  /**
   * How long a stream may take to begin.
   *
   * @default 60 000
   */
  readonly firstEventTimeoutMs?: number;
  /**
   * How long a stream may be silent after it has begun.
   *
   * @default 120 000
   */
  readonly idleTimeoutMs?: number;
  /** @default - HTTP/1.1, which follows no redirect and, unlike HTTP/2, gives up on a host that never connects */
  readonly requestHandler?: RequestHandler;
  /** Who signs. */
  readonly credentials: Credentials;
}

/** Bedrock in the source Regions of a policy; a Region without an endpoint is never called. */
export class Bedrock {
  private readonly clients = new Map<string, BedrockClient>();
  private readonly requestHandler: RequestHandler;

  constructor(private readonly options: BedrockOptions) {
    this.requestHandler =
      options.requestHandler ??
      new NodeHttpHandler({
        connectionTimeout: 3_000,
        // Whatever the environment says of certificates.
        httpsAgent: { maxSockets: 256, rejectUnauthorized: true },
        httpAgent: { maxSockets: 256 },
      });
  }

  /** Sends one request once; what to do about a failure is the caller's decision. */
  public converse(
    { sourceRegion, id }: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
  ): Promise<ConverseAnswer> {
    return this.whole(client, async (signal) => {
      const { body } = await this.client(sourceRegion).send(id, 'converse', toJson(request), signal);
      const answer: ConverseAnswer = JSON.parse(await textOf(body));
      for (const { reasoningContent } of answer.output?.message?.content ?? []) {
        if (reasoningContent) readBytes(reasoningContent);
      }
      return answer;
    });
  }

  /** The events of an answer. The promise is kept once the first has come, so that a failure before it can move on. */
  public async converseStream(
    { sourceRegion, id }: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
  ): Promise<AsyncIterable<ConverseStreamOutput>> {
    const { firstEventTimeoutMs = 60_000, idleTimeoutMs = 120_000 } = this.options;
    const deadline = new Deadline(client);
    deadline.within(firstEventTimeoutMs);
    try {
      const { body } = await this.client(sourceRegion).send(id, 'converse-stream', toJson(request), deadline.signal);
      const events = eventsOf(body);
      const first = await events.next();
      if (first.done) throw new BedrockFailure('ModelStreamErrorException');
      deadline.within(idleTimeoutMs);
      return rest(first, events, deadline, idleTimeoutMs);
    } catch (error) {
      deadline.over();
      throw deadline.reason(error);
    }
  }

  /** Calls a model with its own form of a body. */
  public invoke({ sourceRegion, id }: Destination, body: unknown, client?: AbortSignal): Promise<Invoked> {
    return this.whole(client, async (signal) => {
      const answer = await this.client(sourceRegion).send(id, 'invoke', JSON.stringify(body), signal);
      const count = Number(answer.headers['x-amzn-bedrock-input-token-count'] ?? Number.NaN);
      return {
        body: JSON.parse(await textOf(answer.body)),
        ...(Number.isSafeInteger(count) && { inputTokens: count }),
      };
    });
  }

  private async whole<T>(client: AbortSignal | undefined, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = new Deadline(client);
    deadline.within(this.options.attemptTimeoutMs ?? 240_000);
    try {
      return await send(deadline.signal);
    } catch (error) {
      throw deadline.reason(error);
    } finally {
      deadline.over();
    }
  }

  private client(region: string): BedrockClient {
    const kept = this.clients.get(region);
    if (kept !== undefined) return kept;
    const endpoint = this.options.endpoints.get(region);
    if (endpoint === undefined) throw new Error(`no endpoint was decided for ${region}, so it isn't called`);
    const client = new BedrockClient(region, endpoint, this.requestHandler, this.options.credentials);
    this.clients.set(region, client);
    return client;
  }
}

const toJson = (request: ConverseRequest): string => JSON.stringify(writeBytes(request));

async function* rest<T>(
  first: IteratorResult<T>,
  events: AsyncIterator<T>,
  deadline: Deadline,
  idleTimeoutMs: number,
): AsyncGenerator<T> {
  try {
    let result = first;
    while (!result.done) {
      deadline.pause();
      yield result.value;
      deadline.within(idleTimeoutMs);
      result = await events.next();
    }
  } catch (error) {
    throw deadline.reason(error);
  } finally {
    deadline.over();
  }
}
