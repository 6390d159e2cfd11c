import type { RequestLog } from '../records/request-log';
import { ReadyLines } from './ready-lines';
import { StreamAnswer } from './stream-answer';

export interface StreamOptions {
  /** Stops the source of the lines once the client has stopped reading. */
  readonly abort: AbortController;
  readonly heartbeatMs: number;
  /**
   * The line that is sent while there is nothing else.
   *
   * @default - a comment, which clients skip
   */
  readonly heartbeat?: string;
  readonly log: RequestLog;
  /** The last lines of a stream whose source failed. It writes the failure to the request log. */
  readonly failed: (error: unknown) => string;
}

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' };

/** A comment: clients of server-sent events skip it, and every hop between counts it as a sign of life. */
const HEARTBEAT = ': keep-alive\n\n';

/** Lines of server-sent events as an answer. The request log learns when the stream is over. */
export function streamAnswer(lines: AsyncIterator<string>, options: StreamOptions): StreamAnswer {
  const { abort, heartbeatMs, heartbeat = HEARTBEAT, log, failed } = options;
  const ready = new ReadyLines(lines);
  let over: () => void = () => {};
  log.streamed = new Promise((resolve) => {
    over = resolve;
  });
  let heart: NodeJS.Timeout | undefined;
  let silent = false;
  let isOver = false;
  const end = () => {
    isOver = true;
    clearInterval(heart);
    over();
  };
  return new StreamAnswer(HEADERS, {
    start(offer) {
      heart = setInterval(() => {
        if (silent) offer(heartbeat);
        silent = true;
      }, heartbeatMs).unref();
    },
    async next() {
      if (isOver) return undefined;
      let text: string | undefined;
      try {
        text = await ready.next();
        silent = false;
        if (text !== undefined) return text;
      } catch (error) {
        if (!isOver) text = failed(error);
      }
      end();
      return text;
    },
    cancel() {
      if (isOver) return;
      log.outcome = 'aborted';
      abort.abort();
      end();
    },
  });
}

/** Random text that hides the amount of content in a chunk from an observer who sees only the size of the chunk. */
export function padding(size: number): string {
  const block = 32;
  const length = block - (size % block);
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)))
    .toString('base64url')
    .slice(0, length);
}
