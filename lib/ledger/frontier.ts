import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash';

/**
 * All that is needed to append to a tree: the roots of its complete subtrees, largest first. A tree of 13 leaves has those of
 * 8, 4 and 1.
 */
export interface Frontier {
  /** Leaves. */
  readonly size: number;
  readonly nodes: readonly Buffer[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] };

/** The frontier after one more leaf, of which this is the hash. */
export function append({ size, nodes }: Frontier, leaf: Buffer): Frontier {
  const left = [...nodes];
  let node = leaf;
  // Each bit that is set at the end of the size is a subtree that the new one completes.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = nodeHash(left.pop() as Buffer, node);
  return { size: size + 1, nodes: [...left, node] };
}

/** The root of the tree (RFC 6962, 2.1). */
export function rootOf({ nodes }: Frontier): Buffer {
  return nodes.length === 0 ? EMPTY_ROOT : nodes.reduceRight((right, left) => nodeHash(left, right));
}

/**
 * A frontier that was stored.
 *
 * @throws Error if it can't be that of a tree of its size
 */
export function frontierOf(size: number, nodes: readonly Buffer[]): Frontier {
  const expected = Number.isSafeInteger(size) && size >= 0 ? onesIn(size) : -1;
  if (nodes.length !== expected || nodes.some(({ length }) => length !== HASH_BYTES)) {
    throw new Error(
      `the frontier of ${size} leaves has ${nodes.length} hashes, expected ${expected} of ${HASH_BYTES} bytes; make it again from the leaves`,
    );
  }
  return { size, nodes };
}

const onesIn = (size: number): number => size.toString(2).replaceAll('0', '').length;
