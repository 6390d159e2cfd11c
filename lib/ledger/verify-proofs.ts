import { HASH_BYTES, nodeHash } from './hash';
import { splitOf } from './split';

/** Whether the proof shows that a leaf with this hash is at this index of the tree. Any other input is false, never an error. */
export function verifyInclusion(
  leaf: { readonly hash: Uint8Array; readonly index: number },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(tree.size) || !isCount(leaf.index) || leaf.index >= tree.size || !areHashes([leaf.hash, ...proof])) {
    return false;
  }
  const root = rootFrom(leaf.hash, leaf.index, tree.size, proof);
  return root !== undefined && equal(root, tree.root);
}

function rootFrom(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[]): Uint8Array | undefined {
  if (size === 1) return proof.length === 0 ? leaf : undefined;
  const sibling = proof.at(-1);
  if (sibling === undefined) return undefined;
  const left = splitOf(size);
  const isLeft = index < left;
  const node = rootFrom(leaf, isLeft ? index : index - left, isLeft ? left : size - left, proof.slice(0, -1));
  if (node === undefined) return undefined;
  return isLeft ? nodeHash(node, sibling) : nodeHash(sibling, node);
}

/** A tree as a checkpoint states it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether the proof shows that the second tree begins with the first one. Any other input is false, never an error. */
export function verifyConsistency(from: TreeHead, to: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size || !areHashes(proof)) return false;
  // An empty tree is the beginning of each tree, and says nothing.
  if (from.size === 0) return proof.length === 0;
  if (!areHashes([from.root, to.root])) return false;
  const roots = rootsFrom(from, to.size, proof, true);
  return roots !== undefined && equal(roots.from, from.root) && equal(roots.to, to.root);
}

interface Roots {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

function rootsFrom(from: TreeHead, size: number, proof: readonly Uint8Array[], isWhole: boolean): Roots | undefined {
  if (from.size === size) {
    const root = isWhole ? from.root : proof[0];
    return root !== undefined && proof.length === (isWhole ? 0 : 1) ? { from: root, to: root } : undefined;
  }
  const other = proof.at(-1);
  if (other === undefined) return undefined;
  const rest = proof.slice(0, -1);
  const left = splitOf(size);
  if (from.size <= left) {
    const roots = rootsFrom(from, left, rest, isWhole);
    return roots && { from: roots.from, to: nodeHash(roots.to, other) };
  }
  const roots = rootsFrom({ ...from, size: from.size - left }, size - left, rest, false);
  return roots && { from: nodeHash(other, roots.from), to: nodeHash(other, roots.to) };
}

const isCount = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === HASH_BYTES);

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
