import { ResidencyBoundary } from '../../boundary/boundary';
import { decideHost } from '../../boundary/host';
import { isS3Host } from '../../boundary/s3-host';
import type { CustomResourceResponse } from './custom-resource';

/** The parts of `fetch` in use; tests direct it to their own server. */
export type Fetch = (url: URL, init: RequestInit) => Promise<{ readonly status: number }>;

export interface ResponderOptions {
  readonly boundary: string;
  /** The function's own Region, in which CloudFormation stores the answers. */
  readonly region: string;
  readonly fetch?: Fetch;
  /** @default 5000 */
  readonly timeoutMs?: number;
  /** @default 500 */
  readonly delayMs?: number;
}

const ATTEMPTS = 5;

/**
 * Sends an answer to CloudFormation's pre-signed URL.
 *
 * @throws if the URL doesn't name S3 in the function's own Region, or every attempt fails; the messages never repeat the URL,
 *   which is a credential
 */
export async function respond(
  responseUrl: string,
  response: CustomResourceResponse,
  options: ResponderOptions,
): Promise<void> {
  const url = requireResponseUrl(responseUrl, options);
  const { timeoutMs = 5_000, delayMs = 500 } = options;
  const send: Fetch = options.fetch ?? fetch;
  // Bytes, for which fetch adds no content type: the URL is signed without one.
  const body = Buffer.from(JSON.stringify(response));
  let last = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, delayMs * 2 ** (attempt - 1)));
    try {
      // A redirect would bypass the check of the URL.
      const { status } = await send(url, {
        method: 'PUT',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (status >= 200 && status < 300) return;
      last = `status ${status}`;
      if (status < 500 && status !== 408 && status !== 429) break;
    } catch (error) {
      last = (error as Error).name;
    }
  }
  throw new Error(`the answer couldn't be sent to CloudFormation (${last}); Lambda runs the function again`);
}

function requireResponseUrl(text: string, { boundary, region }: ResponderOptions): URL {
  const wrong = (what: string) =>
    new Error(`the answer's URL must be an https URL of S3 in ${region}, the function's Region, but it ${what}`);
  if (!URL.canParse(text)) throw wrong("isn't a URL");
  const url = new URL(text);
  const { protocol, hostname, port, username, password } = url;
  if (protocol !== 'https:') throw wrong(`has scheme '${protocol}'`);
  if (port !== '' || username !== '' || password !== '') throw wrong('has a port or user information');
  if (!decideHost(ResidencyBoundary.parse(boundary), hostname).inside || !isS3Host(hostname, region)) {
    throw wrong(`names '${hostname}'`);
  }
  return url;
}
