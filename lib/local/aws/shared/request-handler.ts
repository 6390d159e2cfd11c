import type { Readable } from 'node:stream';

/** A request from the AWS SDK. */
export interface LocalRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer to the AWS SDK. */
export interface LocalResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | Readable;
}

/** Answers the requests of an AWS SDK client in this process, so they aren't sent. */
export interface LocalService {
  answer(request: LocalRequest): Promise<LocalResponse>;
}

/** The SDK's request handler for a local service: nothing leaves the process. */
export class LocalRequestHandler {
  public readonly metadata = { handlerProtocol: 'local' };

  constructor(private readonly service: LocalService) {}

  public async handle(
    request: Omit<LocalRequest, 'body' | 'query'> & { readonly query?: LocalRequest['query']; readonly body?: unknown },
  ): Promise<{ response: LocalResponse }> {
    const { method, path, query = {}, headers, body } = request;
    return { response: await this.service.answer({ method, path, query, headers, body: bytes(body) }) };
  }

  public updateHttpClientConfig(): void {}

  public httpHandlerConfigs(): object {
    return {};
  }

  public destroy(): void {}
}

function bytes(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  // The SDK's own arrays print a warning when they are read as text.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new Error('the local store supports only complete bodies: give the client text or bytes, not a stream');
}
