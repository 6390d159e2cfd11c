import { createCipheriv, createHash } from 'node:crypto';

const POOL_BYTES = 65_536;
const FRACTION_BYTES = 6;

/** Random numbers that a seed determines: the key stream of AES in counter mode. */
export class Random {
  private readonly stream;
  private pool = Buffer.alloc(0);
  private used = 0;

  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest();
    this.stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  }

  public bytes(size: number): Buffer {
    if (size > POOL_BYTES) return this.stream.update(Buffer.alloc(size));
    if (this.used + size > this.pool.length) {
      this.pool = this.stream.update(Buffer.alloc(POOL_BYTES));
      this.used = 0;
    }
    this.used += size;
    return Buffer.from(this.pool.subarray(this.used - size, this.used));
  }

  /** A number from 0, which is included, to 1, which isn't. */
  public fraction(): number {
    return this.bytes(FRACTION_BYTES).readUIntBE(0, FRACTION_BYTES) / 2 ** (8 * FRACTION_BYTES);
  }

  /** A whole number from `low` to `high`, both included. */
  public between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  public chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of a list; undefined if it is empty. */
  public pick<T>(list: readonly T[]): T | undefined {
    return list[this.between(0, list.length - 1)];
  }

  /** A key of a table of weights. */
  public weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    throw new Error('a table of weights is empty');
  }
}
