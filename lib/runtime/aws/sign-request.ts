import { createHmac, hash } from 'node:crypto';
import type { SigningCredentials } from './signature';

/** A request to an API that IAM authorises. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** The signed headers, with names in lower case; `host` and `x-amz-date` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** The Region and service for which a request is signed. */
export interface SigningScope {
  readonly region: string;
  readonly service: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** A time in the form of `x-amz-date`. */
export const amzDate = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * The `authorization` header of a request, by Signature Version 4: any method, and a query. `Signer` is faster for the calls that each
 * request of a gateway makes. A test compares this one with the AWS SDK's.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function authorizationOf(
  { method, url, headers, body }: SignedRequest,
  { region, service }: SigningScope,
  { accessKeyId, secretAccessKey }: Pick<SigningCredentials, 'accessKeyId' | 'secretAccessKey'>,
): string {
  const time = headers['x-amz-date'] ?? '';
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}\n`).join('');
  const path = url.pathname.split('/').map(encoded).join('/');
  const canonical = [method, path, queryOf(url), lines, names.join(';'), hash('sha256', body)].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const text = [ALGORITHM, time, scope.join('/'), hash('sha256', canonical)].join('\n');
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return `${ALGORITHM} Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

const queryOf = ({ searchParams }: URL): string =>
  [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
