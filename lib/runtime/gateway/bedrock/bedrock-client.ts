import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Credentials, Signer } from '../../aws/signature';
import { drain } from '../../http/answer-body';
import type { EndSignal } from '../../http/deadline';
import type { Post } from '../../http/post';
import type { NoteRequestId } from '../../http/records/request-ids';
import { failureOf } from './bedrock-failure';

/** Sends one request, as the AWS SDK's own handlers do. The body is a text. */
export type RequestHandler = Pick<NodeHttpHandler, 'handle'>;

/** The Bedrock operations in use; each is a path below the model's. */
type Operation = 'converse' | 'converse-stream' | 'invoke';

/** An answer of status 200. */
export interface BedrockAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Bedrock in one Region. This covers only the calls in use, because the AWS SDK's client takes longer to load than the rest of the
 * gateway, and its HTTP takes more processor time. Neither the environment nor a configuration file decides anything, no answer is
 * retried, and no redirect is followed.
 */
export class BedrockClient {
  private readonly endpoint: Pick<Post, 'protocol' | 'hostname' | 'port'> & { readonly host: string };
  private readonly basePath: string;
  private readonly signer: Signer;

  constructor(
    region: string,
    endpoint: string,
    private readonly requestHandler: RequestHandler,
    credentials: Credentials,
  ) {
    // The parts of a URL are computed each time they are read.
    const { protocol, hostname, host, port, pathname } = new URL(endpoint);
    this.endpoint = { protocol, hostname, host, port: port === '' ? undefined : Number(port) };
    this.basePath = pathname.replace(/\/$/, '');
    this.signer = new Signer('bedrock', region, credentials);
  }

  /**
   * Sends a body to a model.
   *
   * @param note receives Bedrock's ID of the call, also of one that failed
   * @throws BedrockFailure if the status isn't 200; the answer's text is discarded, because it can quote the request
   */
  public send(
    model: string,
    operation: Operation,
    body: string,
    abortSignal: EndSignal,
    note?: NoteRequestId,
  ): Promise<BedrockAnswer> {
    const accept = operation === 'converse-stream' ? 'application/vnd.amazon.eventstream' : 'application/json';
    return this.post(`/model/${encodeURIComponent(model)}/${operation}`, accept, body, abortSignal, note);
  }

  /**
   * Sends a chat completion, whose body names the model.
   *
   * @throws BedrockFailure as `send` does
   */
  public complete(body: string, abortSignal: EndSignal, note?: NoteRequestId): Promise<BedrockAnswer> {
    return this.post('/openai/v1/chat/completions', 'application/json, text/event-stream', body, abortSignal, note);
  }

  private async post(
    path: string,
    accept: string,
    body: string,
    abortSignal: EndSignal,
    note: NoteRequestId | undefined,
  ): Promise<BedrockAnswer> {
    const { protocol, hostname, host, port } = this.endpoint;
    const target = `${this.basePath}${path}`;
    const headers = await this.signer.sign(
      target,
      {
        host,
        'content-type': 'application/json',
        'content-length': `${Buffer.byteLength(body)}`,
        accept,
      },
      body,
    );
    const request: Omit<Post, 'agent' | 'signal'> & { readonly method: 'POST' } = {
      method: 'POST',
      protocol,
      hostname,
      port,
      path: target,
      headers,
      body,
    };
    const { response } = await this.requestHandler.handle(
      request as unknown as Parameters<RequestHandler['handle']>[0],
      // It reads the same members of both.
      { abortSignal: abortSignal as AbortSignal },
    );
    note?.(response.headers['x-amzn-requestid']);
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
