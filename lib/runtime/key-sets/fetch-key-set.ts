import { type KeySet, readSigningKeys } from '../../boundary/key-set';

/** The part of `fetch` that is used. Tests direct it to a server of their own. */
export type Fetch = (url: string, init: { redirect: 'manual'; signal: AbortSignal }) => Promise<Response>;

export interface FetchKeySetOptions {
  readonly issuer: string;
  readonly now: Date;
  readonly fetch?: Fetch;
  /** @default 5000 */
  readonly timeoutMs?: number;
}

/** A key set of Cognito has two keys of about 500 bytes each. */
const MAX_BYTES = 65_536;

/**
 * Fetches the current keys of an issuer.
 *
 * @throws if the issuer itself doesn't return a complete, valid set in time
 */
export async function fetchKeySet({ issuer, now, ...options }: FetchKeySetOptions): Promise<KeySet> {
  const url = `${issuer}/.well-known/jwks.json`;
  const { timeoutMs = 5_000 } = options;
  const get: Fetch = options.fetch ?? fetch;
  let text: string;
  try {
    // A redirect could lead to another Region, and to keys of another issuer.
    const response = await get(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    if (response.status !== 200) throw new Error(`the answer has status ${response.status}`);
    text = await textOf(response);
  } catch (error) {
    throw new Error(`the key set of ${issuer} can't be read: ${reasonOf(error, timeoutMs)}; run the function again`);
  }
  try {
    return { issuer, keys: readSigningKeys(JSON.parse(text)), readAt: now.toISOString() };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : (error as Error).message;
    throw new Error(`the key set of ${issuer} ${why}; nothing was written, and the previous keys stay valid for a day`);
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Counted on arrival: the announced length may be wrong or missing.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const reasonOf = (error: unknown, timeoutMs: number): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return `no complete answer arrived in ${timeoutMs} ms`;
  return cause?.code === undefined ? message : `the connection failed (${cause.code})`;
};
