import { ApiError } from '../../http/api-error';
import { describeFault } from '../../http/fault';
import { ReadyLines } from '../../http/ready-lines';
import { final } from './final';
import type { Trail } from './trail';
import { classify } from './upstream-failure';

export interface StreamOptions {
  /** Stops what makes the lines, once nobody reads them. */
  readonly abort: AbortController;
  readonly heartbeatMs: number;
  readonly trail: Trail;
  /** What the stream says last when it fails. */
  readonly failed: (error: ApiError) => string;
}

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' };

/** A comment, which clients of server-sent events skip and every hop between counts as a sign of life. */
const HEARTBEAT = ': keep-alive\n\n';

/** Lines of server-sent events as an answer, which tells the trail when it is over. */
export function streamAnswer(lines: AsyncIterator<string>, options: StreamOptions): Response {
  const { abort, heartbeatMs, trail, failed } = options;
  const encoder = new TextEncoder();
  const ready = new ReadyLines(lines);
  let over: () => void = () => {};
  trail.streamed = new Promise((resolve) => {
    over = resolve;
  });
  let heart: NodeJS.Timeout;
  let silent = false;
  let cancelled = false;
  const end = () => {
    clearInterval(heart);
    over();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heart = setInterval(() => {
        // Nothing is added for a client that doesn't even read what is there.
        if (silent && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(HEARTBEAT));
        silent = true;
      }, heartbeatMs).unref();
    },
    async pull(controller) {
      try {
        const text = await ready.next();
        silent = false;
        if (text !== undefined) return controller.enqueue(encoder.encode(text));
      } catch (error) {
        if (cancelled) return;
        controller.enqueue(encoder.encode(failed(toApiError(error, trail))));
      }
      end();
      controller.close();
    },
    cancel() {
      cancelled = true;
      trail.outcome = 'aborted';
      abort.abort();
      end();
    },
  });
  return new Response(body, { headers: HEADERS });
}

function toApiError(error: unknown, trail: Trail): ApiError {
  const failure = classify(error);
  const known = error instanceof ApiError ? error : final(failure);
  trail.outcome = failure === 'abandoned' ? 'aborted' : 'failed';
  trail.reason = known.code;
  if (failure === 'broken' && error !== known) trail.fault = describeFault(error);
  return known;
}

/** Random text that hides, from whoever only sees the size of a chunk, how much it says. */
export function padding(size: number): string {
  const block = 32;
  const length = block - (size % block);
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)))
    .toString('base64url')
    .slice(0, length);
}
