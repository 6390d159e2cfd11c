import { HookError } from './hook-error';

/** The parts of `fetch` in use; tests direct it to their own server. */
export type Fetch = (url: URL, init: { redirect: 'manual'; signal: AbortSignal }) => Promise<Response>;

export interface FetchLimits {
  readonly fetch: Fetch;
  /** CloudFormation waits 30 s for the verdict. This is the part of it for S3. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * The text behind a payload's URL.
 *
 * @throws HookError if the URL doesn't return the whole text in time
 */
export async function fetchPayload(url: URL, limits: FetchLimits): Promise<string> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    // A redirect would bypass the check of the URL.
    const response = await limits.fetch(url, { redirect: 'manual', signal });
    if (response.status >= 300 && response.status < 400) {
      throw new HookError('payload-redirect', `S3 redirects the payload's URL (status ${response.status})`);
    }
    if (response.status !== 200) {
      const hint = response.status === 403 ? '; it may have expired, so try again' : '; try again';
      throw new HookError('payload-status', `S3 answered the payload's URL with status ${response.status}${hint}`);
    }
    return decode(await read(response, limits.maxBytes));
  } catch (error) {
    if (error instanceof HookError) throw error;
    if (signal.aborted) {
      throw new HookError(
        'payload-timeout',
        `S3 didn't return the whole payload within ${limits.timeoutMs} ms; try again`,
      );
    }
    throw new HookError('payload-unreachable', "the payload's URL can't be reached; try again", { cause: error });
  }
}

async function read(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted as it arrives, because the announced length may be wrong or missing.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new HookError(
        'payload-size',
        `the payload is larger than ${maxBytes} bytes, the maximum for two templates`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HookError('payload-content', 'the payload is not UTF-8 text');
  }
}
