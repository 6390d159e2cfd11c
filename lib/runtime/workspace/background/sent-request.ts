import { setTimeout as pause } from 'node:timers/promises';
import type { FetchHandler } from '../../http/handler/request-env';
import { OwnRequest } from '../../http/own-request';

/** What became of a request that a worker sent to its own gateway. */
export interface Sent {
  readonly status: number;
  readonly requestId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** How a worker repeats what may succeed later. */
export interface Repeats {
  /** The most attempts of one request. */
  readonly attempts: number;
  /** The first pause without a `Retry-After`, which doubles each time. */
  readonly firstMs: number;
}

/** How a request is sent. */
export interface Sending {
  readonly signal: AbortSignal;
  /** Whether the job is still this worker's, so that no model is called in vain. */
  readonly again: () => Promise<boolean>;
  readonly repeats?: Repeats;
}

const REPEATS: Repeats = { attempts: 4, firstMs: 2_000 };

/** The longest pause: the limits of a minute are over then. */
const LONGEST_PAUSE_MS = 61_000;

/**
 * Sends a request to a gateway in this process, and repeats it while its refusal says that it may succeed later. After the signal, the
 * answer means nothing.
 */
export async function sent(
  gateway: FetchHandler,
  path: string,
  body: Readonly<Record<string, unknown>>,
  { signal, again, repeats: { attempts: most, firstMs } = REPEATS }: Sending,
): Promise<Sent> {
  const content = Buffer.from(JSON.stringify(body));
  for (let attempts = 1; ; attempts++) {
    const headers = new Headers({ 'content-type': 'application/json', 'content-length': `${content.length}` });
    const url = `https://gateway.invalid${path}`;
    const answer = await gateway.fetch(new OwnRequest({ method: 'POST', url, headers, content, signal }));
    const { status } = answer;
    const requestId = answer.headers.get('x-request-id') ?? '';
    const parsed = (await answer.json()) as Sent['body'];
    if (attempts >= most || signal.aborted || !mayRepeat(answer)) {
      return { status, requestId, body: parsed, attempts };
    }
    const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN) * 1_000;
    const ms = Number.isFinite(retryAfter) ? retryAfter : firstMs * 2 ** (attempts - 1);
    await pause(Math.min(ms, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => {});
    if (signal.aborted || !(await again())) return { status, requestId, body: parsed, attempts };
  }
}

/** As OpenAI's clients decide. */
function mayRepeat({ status, headers }: Response): boolean {
  const said = headers.get('x-should-retry');
  if (said !== null) return said === 'true';
  return status === 409 || status === 429 || status >= 500;
}
