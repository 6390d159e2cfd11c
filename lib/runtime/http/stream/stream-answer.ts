import type { Writable } from 'node:stream';
import { OwnAnswer } from '../own-answer';

/** What a streamed answer consists of. It is read once. */
export interface LineSource {
  /** Begins signs of life. Each is offered to a function, which sends it unless something else is still on its way. */
  start(offer: (line: string) => void): void;
  /** The next lines; undefined at the end. It never fails. */
  next(): Promise<string | undefined>;
  /** The client reads no further. */
  cancel(): void;
}

/** A streamed answer whose lines a server writes as they come. */
export class StreamAnswer extends OwnAnswer {
  constructor(
    headers: Readonly<Record<string, string>>,
    private readonly source: LineSource,
  ) {
    super({ ...headers });
  }

  /**
   * Writes the lines no faster than the client reads them.
   *
   * @returns once everything is written
   * @throws if the client disconnects before
   */
  public async writeTo(out: Writable): Promise<void> {
    const { source } = this;
    const cancel = () => source.cancel();
    if (out.destroyed) cancel();
    // The connection's end follows an error, which is not reported a second time.
    out.once('close', cancel).on('error', () => {});
    source.start((line) => {
      if (!out.destroyed && out.writableLength === 0) out.write(line);
    });
    for (let text = await source.next(); text !== undefined; text = await source.next()) {
      if (out.destroyed) break;
      if (!out.write(text)) await drained(out);
    }
    if (out.destroyed) {
      cancel();
      throw new Error('the client closed the connection before the end of its answer');
    }
    out.off('close', cancel);
    await new Promise<void>((resolve) => out.once('close', resolve).end(resolve));
  }

  protected override make(): Response {
    const { source } = this;
    const encoder = new TextEncoder();
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        source.start((line) => {
          // A client that doesn't read what is queued gets nothing more.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(line));
        });
      },
      async pull(controller) {
        const text = await source.next();
        if (isCancelled) return;
        if (text === undefined) controller.close();
        else controller.enqueue(encoder.encode(text));
      },
      cancel() {
        isCancelled = true;
        source.cancel();
      },
    });
    return new Response(body);
  }
}

/** Waits until more can be written, or the client has disconnected. */
const drained = (out: Writable) =>
  new Promise<void>((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
    if (out.destroyed) done();
  });
