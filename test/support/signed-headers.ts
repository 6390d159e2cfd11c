import { amzDate, authorizationOf } from '@/lib/runtime/aws/sign-request';

/** A request of an operator's program, before it is signed. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly body?: string | Buffer;
  readonly at: Date;
}

/** The headers by which a program signs a request to `serve`, as it does for a deployment. */
export function signedHeaders(
  { method, url, body = '', at }: Unsigned,
  credentials: Parameters<typeof authorizationOf>[2],
): { readonly host: string; readonly 'x-amz-date': string; readonly authorization: string } {
  const headers = { host: url.host, 'x-amz-date': amzDate(at) };
  const scope = { region: 'eu-central-1', service: 'execute-api' };
  return { ...headers, authorization: authorizationOf({ method, url, headers, body }, scope, credentials) };
}
