/** More than any answer, and little enough to hold. */
const MAX_BYTES = 64 * 2 ** 20;

/** How much of an answer that nobody needs is read, and for how long. */
const [MAX_DRAINED_BYTES, MAX_DRAIN_MS] = [64 * 2 ** 10, 1_000];

/**
 * A whole body as text.
 *
 * @throws when it is too large
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

/** Counts the bytes of one answer. What it gives throws once they are too many. */
export function counter(): (piece: Uint8Array) => void {
  let size = 0;
  return ({ length }) => {
    size += length;
    if (size > MAX_BYTES) throw new Error('an answer that is too large');
  };
}

/**
 * Reads an answer that nobody needs, since what isn't read would keep the connection from being used again. It never throws, so
 * that the answer's status is what is told; of one that is long or slow, the connection has to be closed.
 */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_DRAIN_MS);
  });
  await Promise.race([readSome(body), late]);
  clearTimeout(timer);
}

async function readSome(body: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0;
  try {
    for await (const { length } of body) {
      size += length;
      if (size > MAX_DRAINED_BYTES) break;
    }
  } catch {
    // The status has been read already.
  }
}
