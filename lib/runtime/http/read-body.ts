import { ApiError } from './api-error';
import { OwnRequest } from './own-request';

/** Lambda accepts events of 6 MB. The event contains the body escaped in JSON, which needs the space above this limit. */
export const MAX_BODY_BYTES = 4_500_000;

/**
 * A request's whole body.
 *
 * @param instead what to do if the body is too large
 * @throws ApiError if it is longer than `MAX_BODY_BYTES`
 */
export async function readBody(request: Request, instead: string): Promise<Uint8Array> {
  const tooLarge = () =>
    new ApiError(413, 'request_too_large', `the body is larger than ${MAX_BODY_BYTES} bytes; ${instead}`);
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (request instanceof OwnRequest && request.content !== undefined && !request.bodyUsed) {
    if (request.content.length > MAX_BODY_BYTES) throw tooLarge();
    return request.content;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A chunked body has no length header, so it is counted as it arrives.
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
