import { append, EMPTY_FRONTIER, frontierOf, rootOf } from '@/lib/ledger/frontier';
import { leafHash, nodeHash } from '@/lib/ledger/hash';
import { splitOf } from '@/lib/ledger/split';
import { Tree } from '@/lib/ledger/tree';
import { verifyConsistency, verifyInclusion } from '@/lib/ledger/verify-proofs';

const SIZE = 70;
const leaves = Array.from({ length: SIZE }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)));
const tree = new Tree();
for (const leaf of leaves) tree.append(leaf);

/** The definition of RFC 6962, 2.1, without any of the code under test but its hashes. */
function rootByDefinition(some: readonly Buffer[]): Buffer {
  const [only] = some;
  if (some.length === 1) return only as Buffer;
  const left = 2 ** Math.floor(Math.log2(some.length - 1));
  return nodeHash(rootByDefinition(some.slice(0, left)), rootByDefinition(some.slice(left)));
}

test('tree and frontier have the root that RFC 6962 defines, at each size', () => {
  expect(tree.root(0).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  let frontier = EMPTY_FRONTIER;
  for (const [index, leaf] of leaves.entries()) {
    frontier = append(frontier, leaf);
    const root = rootByDefinition(leaves.slice(0, index + 1));
    expect(rootOf(frontier)).toEqual(root);
    expect(rootOf(frontierOf(index + 1, frontier.nodes))).toEqual(root);
    expect(tree.root(index + 1)).toEqual(root);
  }
});

test('each inclusion proof verifies, and verifies nothing else', () => {
  for (let size = 1; size <= SIZE; size += 1) {
    const root = tree.root(size);
    for (let index = 0; index < size; index += 1) {
      const proof = tree.inclusion(index, size);
      const hash = leaves[index] as Buffer;
      expect(verifyInclusion({ hash, index }, { size, root }, proof)).toBe(true);
      expect(verifyInclusion({ hash, index: (index + 1) % size }, { size, root }, proof)).toBe(size === 1);
      expect(verifyInclusion({ hash: leafHash(Buffer.from('other')), index }, { size, root }, proof)).toBe(false);
      expect(verifyInclusion({ hash, index }, { size, root }, [...proof, root])).toBe(false);
      if (size > 1) expect(verifyInclusion({ hash, index }, { size, root }, proof.slice(1))).toBe(false);
    }
  }
});

test('each consistency proof verifies, and no other history', () => {
  const other = new Tree();
  for (const [index, leaf] of leaves.entries()) other.append(index === 0 ? leafHash(Buffer.from('other')) : leaf);
  for (let to = 1; to <= SIZE; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = tree.consistency(from, to);
      const [first, second] = [from, to].map((size) => ({ size, root: tree.root(size) })) as [never, never];
      expect(verifyConsistency(first, second, proof)).toBe(true);
      expect(verifyConsistency({ size: from, root: other.root(from) }, second, proof)).toBe(false);
      expect(verifyConsistency(first, { size: to, root: other.root(to) }, proof)).toBe(false);
      expect(verifyConsistency(first, second, [...proof, tree.root(from)])).toBe(false);
    }
  }
});

test.each<[string, () => boolean]>([
  [
    'an index outside',
    () => verifyInclusion({ hash: leaves[0] as Buffer, index: 1 }, { size: 1, root: leaves[0] as Buffer }, []),
  ],
  [
    'a size that is no number',
    () => verifyInclusion({ hash: leaves[0] as Buffer, index: 0 }, { size: Number.NaN, root: leaves[0] as Buffer }, []),
  ],
  [
    'a short hash',
    () => verifyInclusion({ hash: Buffer.alloc(31), index: 0 }, { size: 1, root: Buffer.alloc(31) }, []),
  ],
  [
    'a tree that shrinks',
    () => verifyConsistency({ size: 2, root: tree.root(2) }, { size: 1, root: tree.root(1) }, []),
  ],
  [
    'a proof for an empty tree',
    () => verifyConsistency({ size: 0, root: tree.root(0) }, { size: 1, root: tree.root(1) }, [tree.root(1)]),
  ],
  ...[0, 20, 31, 64].map((bytes): [string, () => boolean] => [
    `a first root of ${bytes} bytes`,
    () =>
      verifyConsistency(
        { size: 2, root: Buffer.alloc(bytes) },
        { size: 4, root: tree.root(4) },
        tree.consistency(2, 4),
      ),
  ]),
  [
    'the same short root twice',
    () => verifyConsistency({ size: 2, root: Buffer.alloc(31) }, { size: 2, root: Buffer.alloc(31) }, []),
  ],
])('%s is false', (_, verified) => expect(verified()).toBe(false));

test('a tree that goes on from a frontier makes the same proofs', () => {
  for (let start = 1; start <= 20; start += 1) {
    let frontier = EMPTY_FRONTIER;
    for (const leaf of leaves.slice(0, start)) frontier = append(frontier, leaf);
    const later = new Tree(frontier);
    for (const leaf of leaves.slice(start)) later.append(leaf);
    expect(later.root()).toEqual(tree.root());
    for (let index = start; index < SIZE; index += 1) {
      expect(later.inclusion(index)).toEqual(tree.inclusion(index));
      expect(later.consistency(index, SIZE)).toEqual(tree.consistency(index, SIZE));
    }
    expect(() => later.inclusion(start - 1)).toThrow(`goes on from ${start} leaves, found ${start - 1}`);
    expect(() => later.consistency(start - 1 || start - 2)).toThrow('leaves');
    expect(() => later.leaf(0)).toThrow('start it from an earlier frontier');
  }
});

test('sizes near a large power of two divide there', () => {
  expect([2, 3, 4, 5, 2 ** 49, 2 ** 49 + 1].map(splitOf)).toEqual([1, 2, 2, 4, 2 ** 48, 2 ** 49]);
});

test('a frontier of another size is refused', () => {
  expect(() => frontierOf(3, [tree.root(2)])).toThrow('the frontier of 3 leaves has 1 hashes, expected 2 of 32 bytes');
  expect(() => frontierOf(1, [Buffer.alloc(31)])).toThrow('make it again from the leaves');
  expect(() => frontierOf(Number.NaN, [])).toThrow('the frontier of NaN leaves');
});

test('a proof of what the tree lacks is refused', () => {
  expect(() => tree.inclusion(SIZE)).toThrow(`the tree has ${SIZE} leaves, found ${SIZE + 1} of ${SIZE}`);
  expect(() => tree.consistency(2, 1)).toThrow('found 2 of 1');
  expect(() => tree.root(SIZE + 1)).toThrow('append the missing leaves first');
});
