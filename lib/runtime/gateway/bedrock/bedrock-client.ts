import { createHash, createHmac } from 'node:crypto';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { drain } from '../../http/answer-body';
import { BedrockFailure } from './bedrock-failure';

/** What sends one request, as the AWS SDK's own handlers do. */
export type RequestHandler = Pick<NodeHttpHandler, 'handle'>;

/** Who signs: fixed, or asked for whenever a request is signed. */
export type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** The calls that are made; each is a path below the model's. */
type Operation = 'converse' | 'converse-stream' | 'invoke';

/** An answer of status 200. */
export interface BedrockAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Bedrock in one Region. The calls are signed by the AWS SDK's own signer and sent by its own handler; between them lies only
 * what these three calls need, because the whole client takes longer than all the rest of the gateway. Nothing is left for
 * the environment or a configuration file to decide, nothing is retried, and no redirect is followed.
 */
export class BedrockClient {
  private readonly endpoint: URL;
  private readonly signer: SignatureV4;

  constructor(
    region: string,
    endpoint: string,
    private readonly requestHandler: RequestHandler,
    credentials: Credentials,
  ) {
    this.endpoint = new URL(endpoint);
    this.signer = new SignatureV4({ service: 'bedrock', region, credentials, sha256: Sha256 });
  }

  /**
   * Sends a body to a model.
   *
   * @throws BedrockFailure when the status isn't 200; what the answer says isn't kept, because it can quote the request
   */
  public async send(
    model: string,
    operation: Operation,
    body: string,
    abortSignal: AbortSignal,
  ): Promise<BedrockAnswer> {
    const { protocol, hostname, host, port, pathname } = this.endpoint;
    const bytes = Buffer.from(body);
    const signed = await this.signer.sign({
      method: 'POST',
      protocol,
      hostname,
      port: port === '' ? undefined : Number(port),
      path: `${pathname.replace(/\/$/, '')}/model/${encodeURIComponent(model)}/${operation}`,
      query: {},
      headers: {
        host,
        'content-type': 'application/json',
        'content-length': `${bytes.length}`,
        accept: operation === 'converse-stream' ? 'application/vnd.amazon.eventstream' : 'application/json',
      },
      body: bytes,
    } as Parameters<SignatureV4['sign']>[0]);
    const { response } = await this.requestHandler.handle(signed as Parameters<RequestHandler['handle']>[0], {
      abortSignal,
    });
    const answer = { headers: response.headers, body: pieces(response.body) };
    if (response.statusCode === 200) return answer;
    await drain(answer.body);
    throw new BedrockFailure('BedrockFailure', response.statusCode);
  }
}

/** A body as it comes; a test may give one whole. */
const pieces = (body: AsyncIterable<Uint8Array> | Uint8Array | undefined): AsyncIterable<Uint8Array> =>
  body === undefined || body instanceof Uint8Array ? whole(body ?? new Uint8Array()) : body;

async function* whole(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

/** The hash that signatures are made with, by node's own code. */
class Sha256 {
  private readonly hash: { update(data: Uint8Array | string): unknown; digest(): Buffer };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  public update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  public digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  public reset(): void {
    throw new Error('a hash is made anew for each use');
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array | string => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
