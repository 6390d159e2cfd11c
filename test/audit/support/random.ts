import { createCipheriv } from 'node:crypto';

const POOL_BYTES = 65_536;

/** Seeded random values, so that a bundle can be made again. A stream cipher makes them fast enough for a million requests. */
export class Random {
  private readonly cipher;
  private pool = Buffer.alloc(0);
  private used = 0;

  constructor(seed: number) {
    this.cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  }

  public bytes(length: number): Buffer {
    if (this.used + length > this.pool.length) {
      this.pool = this.cipher.update(Buffer.alloc(POOL_BYTES));
      this.used = 0;
    }
    this.used += length;
    return this.pool.subarray(this.used - length, this.used);
  }

  /** A whole number below another one. */
  public below(end: number): number {
    return this.bytes(6).readUIntBE(0, 6) % end;
  }
}
