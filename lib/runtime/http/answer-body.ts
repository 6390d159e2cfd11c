import { Readable } from 'node:stream';

/** Larger than any answer, and small enough to hold in memory. */
const MAX_BYTES = 64 * 2 ** 20;

/** The limits of reading an answer that isn't needed: bytes and time. */
const [MAX_DRAINED_BYTES, MAX_DRAIN_MS] = [64 * 2 ** 10, 1_000];

/**
 * A whole body as text.
 *
 * @throws if it is too large
 */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  const count = counter();
  const take = (piece: Uint8Array) => {
    count(piece);
    chunks.push(piece);
  };
  if (body instanceof Readable) await takeAll(body, take);
  else for await (const piece of body) take(piece);
  return Buffer.concat(chunks).toString();
}

/** By its events, a stream is read in a fraction of the time that its iterator takes. */
const takeAll = (body: Readable, take: (piece: Uint8Array) => void) =>
  new Promise<void>((resolve, reject) => {
    if (body.destroyed) return reject(body.errored ?? cutOff());
    body
      .on('data', (piece: Uint8Array) => {
        try {
          take(piece);
        } catch (error) {
          body.destroy();
          reject(error);
        }
      })
      .once('end', resolve)
      .on('error', reject)
      // A body that was read to its end closes too, and an error takes long to make.
      .once('close', () => body.readableEnded || reject(cutOff()));
  });

const cutOff = () => Object.assign(new Error('an answer that was cut off'), { code: 'ECONNRESET' });

/** Counts the bytes of one answer. The returned function throws once there are too many. */
export function counter(): (piece: Uint8Array) => void {
  let size = 0;
  return ({ length }) => {
    size += length;
    if (size > MAX_BYTES) throw new Error('an answer that is too large');
  };
}

/**
 * Reads an answer that isn't needed, because unread bytes would prevent reuse of the connection. It never throws, so that the caller
 * reports the answer's status. If an answer is long or slow, the caller must close the connection.
 *
 * @returns its beginning as text, which can quote the request
 */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_DRAIN_MS);
  });
  await Promise.race([readSome(body, read), late]);
  clearTimeout(timer);
  return Buffer.concat(read).toString();
}

async function readSome(body: AsyncIterable<Uint8Array>, read: Uint8Array[]): Promise<void> {
  let size = 0;
  try {
    for await (const piece of body) {
      size += piece.length;
      if (size > MAX_DRAINED_BYTES) break;
      read.push(piece);
    }
  } catch {
    // The caller has the status already.
  }
}
