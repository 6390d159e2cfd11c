/** A body that gives the same piece again and again; a test fails when far more is read than should be. */
export async function* endless(piece: Uint8Array, most = 256 * 2 ** 20): AsyncGenerator<Uint8Array> {
  for (let size = 0; size < most; size += piece.length) yield piece;
  throw new Error('all of it was read');
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{');
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

async function* stalled(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{');
  await new Promise(() => {});
}

/** Bodies that a failure may come with, none of which may hide its status. */
export const BODIES_OF_FAILURES: [string, () => AsyncIterable<Uint8Array>][] = [
  ['breaks', broken],
  ['stalls', stalled],
  ['is without end', () => endless(Buffer.alloc(2 ** 10), 2 ** 20)],
];
