import {
  type BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Destination } from '../../boundary/destination';
import { bedrockClient } from './bedrock-client';
import { Deadline } from './deadline';

/** A request to Bedrock before its destination is chosen. */
export type ConverseRequest = Omit<ConverseCommandInput, 'modelId'>;

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
  readonly requestHandler?: BedrockRuntimeClientConfig['requestHandler'];
  /** @default - those that the SDK finds */
  readonly credentials?: BedrockRuntimeClientConfig['credentials'];
}

/** Bedrock in the source Regions of a policy; a Region without an endpoint is never called. */
export class Bedrock {
  private readonly clients = new Map<string, BedrockRuntimeClient>();
  private readonly requestHandler: BedrockRuntimeClientConfig['requestHandler'];

  constructor(private readonly options: BedrockOptions) {
    this.requestHandler =
      options.requestHandler ??
      new NodeHttpHandler({
        connectionTimeout: 3_000,
        httpsAgent: { maxSockets: 256 },
        httpAgent: { maxSockets: 256 },
      });
  }

  /** Sends one request once; what to do about a failure is the caller's decision. */
  public converse(
    destination: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
  ): Promise<ConverseCommandOutput> {
    return this.whole(client, (abortSignal) =>
      this.client(destination.sourceRegion).send(new ConverseCommand({ ...request, modelId: destination.id }), {
        abortSignal,
      }),
    );
  }

  /** The events of an answer. The promise is kept once the first has come, so that a failure before it can move on. */
  public async converseStream(
    destination: Destination,
    request: ConverseRequest,
    client?: AbortSignal,
  ): Promise<AsyncIterable<ConverseStreamOutput>> {
    const { firstEventTimeoutMs = 60_000, idleTimeoutMs = 120_000 } = this.options;
    const deadline = new Deadline(client);
    deadline.within(firstEventTimeoutMs);
    try {
      const { stream } = await this.client(destination.sourceRegion).send(
        new ConverseStreamCommand({ ...request, modelId: destination.id }),
        { abortSignal: deadline.signal },
      );
      if (stream === undefined) throw new Error('an answer without a stream');
      const events = stream[Symbol.asyncIterator]();
      const first = await events.next();
      deadline.within(idleTimeoutMs);
      return rest(first, events, deadline, idleTimeoutMs);
    } catch (error) {
      deadline.over();
      throw deadline.reason(error);
    }
  }

  /** Calls a model with its own form of a body. */
  public invoke(destination: Destination, body: unknown, client?: AbortSignal): Promise<Invoked> {
    return this.whole(client, async (abortSignal) => {
      const command = new InvokeModelCommand({
        modelId: destination.id,
        contentType: 'application/json',
        accept: 'application/json',
        body: JSON.stringify(body),
      });
      let inputTokens: number | undefined;
      command.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { headers } = result.response as { headers: Record<string, string> };
          const count = Number(headers['x-amzn-bedrock-input-token-count'] ?? Number.NaN);
          if (Number.isSafeInteger(count)) inputTokens = count;
          return result;
        },
        { step: 'deserialize', name: 'inputTokens' },
      );
      const answer = await this.client(destination.sourceRegion).send(command, { abortSignal });
      return { body: JSON.parse(answer.body.transformToString()), inputTokens };
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

  private client(region: string): BedrockRuntimeClient {
    const kept = this.clients.get(region);
    if (kept !== undefined) return kept;
    const endpoint = this.options.endpoints.get(region);
    if (endpoint === undefined) throw new Error(`no endpoint was decided for ${region}, so it isn't called`);
    const client = bedrockClient(region, endpoint, this.requestHandler, this.options.credentials);
    this.clients.set(region, client);
    return client;
  }
}

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
