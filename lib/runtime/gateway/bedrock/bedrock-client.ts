import { createHash, createHmac } from 'node:crypto';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { drain } from '../../http/answer-body';
import { failureOf } from './bedrock-failure';

/** Sends one request, as the AWS SDK's own handlers do. */
export type RequestHandler = Pick<NodeHttpHandler, 'handle'>;

/** The credentials for signing: fixed, or obtained each time a request is signed. */
export type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** The Bedrock operations in use; each is a path below the model's. */
type Operation = 'converse' | 'converse-stream' | 'invoke';

/** An answer of status 200. */
export interface BedrockAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Bedrock in one Region. The AWS SDK's own signer signs the calls, and its own handler sends them. The code between them covers only
 * these calls, because the whole client takes longer to load than the rest of the gateway. Neither the environment nor a
 * configuration file decides anything, nothing is retried, and no redirect is followed.
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
   * @throws BedrockFailure if the status isn't 200; the answer's text is discarded, because it can quote the request
   */
  public send(model: string, operation: Operation, body: string, abortSignal: AbortSignal): Promise<BedrockAnswer> {
    const accept = operation === 'converse-stream' ? 'application/vnd.amazon.eventstream' : 'application/json';
    return this.post(`/model/${encodeURIComponent(model)}/${operation}`, accept, body, abortSignal);
  }

  /**
   * Sends a chat completion, whose body names the model.
   *
   * @throws BedrockFailure as `send` does
   */
  public complete(body: string, abortSignal: AbortSignal): Promise<BedrockAnswer> {
    return this.post('/openai/v1/chat/completions', 'application/json, text/event-stream', body, abortSignal);
  }

  private async post(path: string, accept: string, body: string, abortSignal: AbortSignal): Promise<BedrockAnswer> {
    const { protocol, hostname, host, port, pathname } = this.endpoint;
    const bytes = Buffer.from(body);
    const signed = await this.signer.sign({
      method: 'POST',
      protocol,
      hostname,
      port: port === '' ? undefined : Number(port),
      path: `${pathname.replace(/\/$/, '')}${path}`,
      query: {},
      headers: {
        host,
        'content-type': 'application/json',
        'content-length': `${bytes.length}`,
        accept,
      },
      body: bytes,
    } as Parameters<SignatureV4['sign']>[0]);
    const { response } = await this.requestHandler.handle(signed as Parameters<RequestHandler['handle']>[0], {
      abortSignal,
    });
    const answer = { headers: response.headers, body: pieces(response.body) };
    if (response.statusCode === 200) return answer;
    throw failureOf(response.statusCode, response.headers['x-amzn-errortype'], await drain(answer.body));
  }
}

/** A body as it arrives; a test may pass it in one piece. */
const pieces = (body: AsyncIterable<Uint8Array> | Uint8Array | undefined): AsyncIterable<Uint8Array> =>
  body === undefined || body instanceof Uint8Array ? whole(body ?? new Uint8Array()) : body;

async function* whole(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

/** The hash of the signatures, computed by Node's own code. */
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
    throw new Error("a hash can't be reset; create another one");
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array | string => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
