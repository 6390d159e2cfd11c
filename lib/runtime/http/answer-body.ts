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
  for await (const piece of body) {
    count(piece);
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString();
}

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
