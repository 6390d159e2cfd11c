import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash';
import { splitOf } from './split';

const FIRST_ROOM = 1_024;

/** A tree in memory, 64 bytes for each leaf, which makes proofs. A frontier is enough to append. */
export class Tree {
  /** The hashes of complete subtrees by height, each level in one buffer. */
  private readonly levels: Level[] = [];

  /** Leaves. */
  public get size(): number {
    return this.levels[0]?.count ?? 0;
  }

  public append(leaf: Uint8Array): void {
    let node = leaf;
    for (let height = 0; ; height += 1) {
      const level = this.levels[height] ?? new Level();
      this.levels[height] = level;
      level.push(node);
      if (level.count % 2 === 1) return;
      node = nodeHash(level.at(level.count - 2), node);
    }
  }

  /** The hash of a leaf. */
  public leaf(index: number): Buffer {
    this.requireRange(index + 1, this.size);
    return Buffer.from((this.levels[0] as Level).at(index));
  }

  /** The root of the first leaves. */
  public root(size = this.size): Buffer {
    this.requireRange(size, this.size);
    return size === 0 ? EMPTY_ROOT : Buffer.from(this.range(0, size));
  }

  /** Proves that a leaf is in the tree of the first `size` leaves (RFC 6962, 2.1.1): hashes from the leaf upwards. */
  public inclusion(index: number, size = this.size): Buffer[] {
    this.requireRange(index + 1, size);
    return this.path(index, 0, size).map((node) => Buffer.from(node));
  }

  /** Proves that the tree of `to` leaves begins with that of `from` leaves (RFC 6962, 2.1.2). */
  public consistency(from: number, to = this.size): Buffer[] {
    this.requireRange(from, to);
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

  private requireRange(size: number, of: number): void {
    if (Number.isSafeInteger(size) && size >= 0 && size <= of && of <= this.size) return;
    throw new Error(`the tree has ${this.size} leaves, found ${size} of ${of}; append the missing leaves first`);
  }
}

class Level {
  public count = 0;
  private hashes = Buffer.alloc(FIRST_ROOM * HASH_BYTES);

  public push(node: Uint8Array): void {
    const end = this.count * HASH_BYTES;
    if (end === this.hashes.length) this.hashes = Buffer.concat([this.hashes], end * 2);
    this.hashes.set(node, end);
    this.count += 1;
  }

  public at(index: number): Uint8Array {
    return this.hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}
