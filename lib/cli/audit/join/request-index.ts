import { hash, randomInt } from 'node:crypto';

const KEY_BYTES = 16;
const EMPTY = 0xffff_ffff;

/**
 * Numbers by request ID, in 20 bytes for each place: a map of a million texts would need five times as much. An ID counts by
 * 128 bits of a SHA-256 of its kind and its bytes, so that two which collide take about 2^64 hashes to find.
 */
export class RequestIndex {
  private room = 1_024;
  private keys = Buffer.alloc(this.room * KEY_BYTES);
  private values = new Uint32Array(this.room).fill(EMPTY);
  private count = 0;

  /** The number of an ID; undefined if it has none. */
  public get(id: string): number | undefined {
    const value = this.values[this.place(keyOf(id))] as number;
    return value === EMPTY ? undefined : value;
  }

  /** Gives an ID a number if it has none; the number that it had before. */
  public add(id: string, value: number): number | undefined {
    if (this.count * 2 >= this.room) this.grow();
    const key = keyOf(id);
    const place = this.place(key);
    const before = this.values[place] as number;
    if (before !== EMPTY) return before;
    key.copy(this.keys, place * KEY_BYTES);
    this.values[place] = value;
    this.count += 1;
    return undefined;
  }

  /** Where a key is, or where it would be. */
  private place(key: Buffer): number {
    let place = mixed(key) & (this.room - 1);
    while (this.values[place] !== EMPTY) {
      if (key.compare(this.keys, place * KEY_BYTES, (place + 1) * KEY_BYTES) === 0) break;
      place = (place + 1) & (this.room - 1);
    }
    return place;
  }

  private grow(): void {
    const { keys, values } = this;
    this.room *= 2;
    this.keys = Buffer.alloc(this.room * KEY_BYTES);
    this.values = new Uint32Array(this.room).fill(EMPTY);
    for (const [place, value] of values.entries()) {
      if (value === EMPTY) continue;
      const key = keys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES);
      const next = this.place(key);
      key.copy(this.keys, next * KEY_BYTES);
      this.values[next] = value;
    }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** UUIDs are hashed by their bytes, which takes less time. The first character keeps another ID from having the same input. */
const keyOf = (id: string): Buffer => {
  const input = UUID.test(id) ? Buffer.from(`01${id.replaceAll('-', '')}`, 'hex') : `\0${id}`;
  return hash('sha256', input, 'buffer').subarray(0, KEY_BYTES);
};

/** A forged ledger could choose IDs that share a place if it knew these. */
const FACTORS = Array.from({ length: 4 }, () => randomInt(2 ** 31) * 2 + 1);

const mixed = (key: Buffer): number => {
  let sum = 0;
  for (const [word, factor] of FACTORS.entries())
    sum = Math.imul(sum ^ key.readInt32LE(word * 4), factor) ^ (sum >>> 15);
  return (sum ^ (sum >>> 13)) >>> 0;
};
