import type { Deadline } from '../deadline';

export interface Pace {
  /** How long the stream may be silent. */
  readonly idleTimeoutMs: number;
  /** How long the stream may be without content before it is passed on nevertheless, so that its client receives signs of life. */
  readonly commitAfterMs: number;
}

/**
 * A stream from its beginning on. The promise resolves at the first content, so that after an earlier failure another source can be
 * tried; events before it wait. A source that takes long to its first content is passed on before it.
 *
 * @param next the next event, which may be a promise
 * @returns undefined if the stream ends before any content
 */
export async function fromFirstContent<T>(
  next: IteratorResult<T> | Promise<IteratorResult<T>>,
  events: AsyncIterator<T>,
  isContent: (event: T) => boolean,
  deadline: Deadline,
  pace: Pace,
): Promise<AsyncGenerator<T> | undefined> {
  const waiting: T[] = [];
  let pending = next;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, pace.commitAfterMs, undefined).unref();
  });
  try {
    for (;;) {
      const result = await Promise.race([pending, late]);
      if (result === undefined) break;
      if (result.done) return undefined;
      deadline.within(pace.idleTimeoutMs);
      if (isContent(result.value)) {
        pending = result;
        break;
      }
      waiting.push(result.value);
      pending = events.next();
    }
  } finally {
    clearTimeout(timer);
  }
  return rest(waiting, pending, events, deadline, pace.idleTimeoutMs);
}

/** Silence counts only while the source is read, not while the client is waited for. */
async function* rest<T>(
  waiting: readonly T[],
  next: IteratorResult<T> | Promise<IteratorResult<T>>,
  events: AsyncIterator<T>,
  deadline: Deadline,
  idleTimeoutMs: number,
): AsyncGenerator<T> {
  try {
    deadline.pause();
    for (const event of waiting) yield event;
    deadline.within(idleTimeoutMs);
    let result = await next;
    while (!result.done) {
      deadline.pause();
      yield result.value;
      deadline.within(idleTimeoutMs);
      result = await events.next();
    }
    deadline.read();
  } catch (error) {
    throw deadline.reason(error);
  } finally {
    deadline.over();
  }
}
