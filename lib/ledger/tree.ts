import { EMPTY_FRONTIER, type Frontier } from './frontier';
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash';
import { splitOf } from './split';

const FIRST_ROOM = 1_024;

/**
 * A tree in memory, 64 bytes for each leaf, which makes proofs; to append, a frontier is enough. A tree that goes on from a frontier
 * makes them for its own leaves and sizes.
 */
export class Tree {
  /** The hashes of complete subtrees by height, each level in one buffer. */
  private readonly levels: Level[] = [];

  public constructor(private readonly start: Frontier = EMPTY_FRONTIER) {
    const nodes = [...start.nodes];
    for (let rest = start.size; rest > 0; rest = Math.floor(rest / 2)) {
      const level = new Level(rest - (rest % 2));
      if (rest % 2 === 1) level.push(nodes.pop() as Buffer);
      this.levels.push(level);
    }
  }

  /** Leaves. */
  public get size(): number {
    return this.levels[0]?.count ?? 0;
  }

  public append(leaf: Uint8Array): void {
    let node = leaf;
    for (let height = 0; ; height += 1) {
      const level = this.levels[height] ?? new Level(0);
      this.levels[height] = level;
      level.push(node);
      if (level.count % 2 === 1) return;
      node = nodeHash(level.at(level.count - 2), node);
    }
  }

  /** The hash of a leaf. */
  public leaf(index: number): Buffer {
    this.requireRange(index + 1, this.size);
    if (index < this.start.size) throw this.lacks(index);
    return Buffer.from((this.levels[0] as Level).at(index));
  }

  /** The root of the first leaves. */
  public root(size = this.size): Buffer {
    this.requireRange(size, this.size);
    if (size > 0 && size < this.start.size) throw this.lacks(size);
    return size === 0 ? EMPTY_ROOT : Buffer.from(this.range(0, size));
  }

  /** Proves that a leaf is in the tree of the first `size` leaves (RFC 6962, 2.1.1): hashes from the leaf upwards. */
  public inclusion(index: number, size = this.size): Buffer[] {
    this.requireRange(index + 1, size);
    if (index < this.start.size) throw this.lacks(index);
    return this.path(index, 0, size).map((node) => Buffer.from(node));
  }

  /** Proves that the tree of `to` leaves begins with that of `from` leaves (RFC 6962, 2.1.2). */
  public consistency(from: number, to = this.size): Buffer[] {
    this.requireRange(from, to);
    if (from > 0 && from < this.start.size) throw this.lacks(from);
    return from === 0 ? [] : this.subproof(from, 0, to, true).map((node) => Buffer.from(node));
  }

  private path(index: number, start: number, size: number): Uint8Array[] {
    if (size === 1) return [];
    const left = splitOf(size);
    return index < left
      ? [...this.path(index, start, left), this.range(start + left, size - left)]
      : [...this.path(index - left, start + left, size - left), this.range(start, left)];
  }

  private subproof(from: number, start: number, size: number, isWhole: boolean): Uint8Array[] {
    if (from === size) return isWhole ? [] : [this.range(start, size)];
    const left = splitOf(size);
    return from <= left
      ? [...this.subproof(from, start, left, isWhole), this.range(start + left, size - left)]
      : [...this.subproof(from - left, start + left, size - left, false), this.range(start, left)];
  }

  /** The root of `size` leaves from `start`, which is a multiple of the power of two that is not below `size`. */
  private range(start: number, size: number): Uint8Array {
    const left = size === 1 ? 0 : splitOf(size);
    if (size - left === Math.max(left, 1)) return (this.levels[Math.log2(size)] as Level).at(start / size);
    return nodeHash(this.range(start, left), this.range(start + left, size - left));
  }

  private lacks(found: number): Error {
    return new Error(
      `the tree goes on from ${this.start.size} leaves, found ${found}; start it from an earlier frontier`,
    );
  }

  private requireRange(size: number, of: number): void {
    if (Number.isSafeInteger(size) && size >= 0 && size <= of && of <= this.size) return;
    throw new Error(`the tree has ${this.size} leaves, found ${size} of ${of}; append the missing leaves first`);
  }
}

class Level {
  private stored = 0;
  private hashes = Buffer.alloc(FIRST_ROOM * HASH_BYTES);

  /** @param first the index of the first node that it has */
  public constructor(private readonly first: number) {}

  public get count(): number {
    return this.first + this.stored;
  }

  public push(node: Uint8Array): void {
    const end = this.stored * HASH_BYTES;
    if (end === this.hashes.length) this.hashes = Buffer.concat([this.hashes], end * 2);
    this.hashes.set(node, end);
    this.stored += 1;
  }

  public at(index: number): Uint8Array {
    const start = (index - this.first) * HASH_BYTES;
    return this.hashes.subarray(start, start + HASH_BYTES);
  }
}
