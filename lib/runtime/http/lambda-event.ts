import type { APIGatewayProxyEvent } from 'aws-lambda';

import { OwnRequest } from './own-request';

/** The fields of a REST API's event that form a request. */
export type RestEvent = Pick<
  APIGatewayProxyEvent,
  'httpMethod' | 'path' | 'headers' | 'multiValueHeaders' | 'body' | 'isBase64Encoded'
> &
  Partial<Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters'>> & {
    /** The caller that API Gateway authenticated, where it does. */
    readonly requestContext?: { readonly identity?: Partial<APIGatewayProxyEvent['requestContext']['identity']> };
  };

/**
 * The request that a REST API forwarded. The host is a reserved name, so no client chooses it.
 *
 * @param basePath the path at which the API begins under a custom domain: API Gateway routes without it, but forwards it
 * @throws if the method, path or a header has an invalid form
 */
export function toRequest(event: RestEvent, basePath = ''): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers ?? {})) headers.set(name, value ?? '');
  const all = Object.entries(event.multiValueHeaders ?? {});
  // Delete all before adding any: one header in two spellings has two lines, and neither may hide the other.
  for (const [name] of all) headers.delete(name);
  for (const [name, values] of all) for (const value of values ?? []) headers.append(name, value);
  // A GET with a body is legal on the wire, but impossible in a web-standard request.
  const bodiless = event.httpMethod === 'GET' || event.httpMethod === 'HEAD' || event.body === null;
  const path = event.path.startsWith(`${basePath}/`) ? event.path.slice(basePath.length) : event.path;
  const url = new URL(`https://gateway.invalid/${path.replace(/^\/+/, '')}`);
  // API Gateway has decoded the query already.
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    for (const value of values ?? []) url.searchParams.append(name, value);
  }
  return new OwnRequest({
    method: event.httpMethod,
    url: url.href,
    headers,
    content: bodiless ? undefined : Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  });
}
