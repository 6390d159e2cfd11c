import type { Html } from '../../../html/html';

/** Gathers a page into pieces of at least so many bytes, the last one excepted. None is longer by more than its last part. */
export function* piecesOfPage(page: Iterable<Html>, size: number): Generator<Uint8Array> {
  let parts: string[] = [];
  let length = 0;
  for (const part of page) {
    parts.push(`${part}`);
    length += Buffer.byteLength(`${part}`);
    if (length < size) continue;
    yield Buffer.from(parts.join(''));
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(parts.join(''));
}
