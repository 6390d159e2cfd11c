import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Destination } from '../../boundary/destination';

/** A request to Bedrock before its destination is chosen. */
export type ConverseRequest = Omit<ConverseCommandInput, 'modelId'>;

export interface BedrockOptions {
  /** The endpoint of each source Region that may be called. */
  readonly endpoints: ReadonlyMap<string, string>;
  /**
   * How long one attempt may take.
   *
   * @default 240 000
   */
  readonly attemptTimeoutMs?: number;
  /** @default - HTTP/1.1, which follows no redirect and, unlike HTTP/2, gives up on a host that never connects */
  readonly requestHandler?: BedrockRuntimeClientConfig['requestHandler'];
  /** @default - those of the function's role */
  readonly credentials?: BedrockRuntimeClientConfig['credentials'];
}

/** Bedrock in the source Regions of a policy; a Region without an endpoint is never called. */
export class Bedrock {
  private readonly clients = new Map<string, BedrockRuntimeClient>();
  private readonly requestHandler: BedrockRuntimeClientConfig['requestHandler'];

  constructor(private readonly options: BedrockOptions) {
    this.requestHandler = options.requestHandler ?? new NodeHttpHandler({ connectionTimeout: 3_000 });
  }

  /** Sends one request once; what to do about a failure is the caller's decision. */
  public converse(destination: Destination, request: ConverseRequest): Promise<ConverseCommandOutput> {
    return this.client(destination.sourceRegion).send(new ConverseCommand({ ...request, modelId: destination.id }), {
      abortSignal: AbortSignal.timeout(this.options.attemptTimeoutMs ?? 240_000),
    });
  }

  private client(region: string): BedrockRuntimeClient {
    const kept = this.clients.get(region);
    if (kept !== undefined) return kept;
    const endpoint = this.options.endpoints.get(region);
    if (endpoint === undefined) throw new Error(`no endpoint was decided for ${region}, so it isn't called`);
    const client = new BedrockRuntimeClient({
      region,
      endpoint,
      // An SDK retry would repeat a request in a Region that the failover should leave.
      maxAttempts: 1,
      // Either variable of the environment would contradict the endpoint above.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      requestHandler: this.requestHandler,
      credentials: this.options.credentials,
    });
    this.clients.set(region, client);
    return client;
  }
}
