import { hash, randomInt } from 'node:crypto';

const KEY_WORDS = 4;
const EMPTY = 0xffff_ffff;

/**
 * Numbers by request ID, in 20 bytes for each place: a map of a million texts would need five times as much. An ID counts by 128 bits:
 * those of a random UUID, or 124 of a SHA-256, so that two which collide take about 2^62 hashes to find.
 */
export class RequestIndex {
  private room = 1_024;
  private keys = new Uint32Array(this.room * KEY_WORDS);
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
    this.keys.set(key, place * KEY_WORDS);
    this.values[place] = value;
    this.count += 1;
    return undefined;
  }

  /** Where a key is, or where it would be. */
  private place(key: Uint32Array): number {
    const { keys, values } = this;
    let place = mixed(key) & (this.room - 1);
    while (values[place] !== EMPTY) {
      const at = place * KEY_WORDS;
      if (keys[at] === key[0] && keys[at + 1] === key[1] && keys[at + 2] === key[2] && keys[at + 3] === key[3]) break;
      place = (place + 1) & (this.room - 1);
    }
    return place;
  }

  private grow(): void {
    const { keys, values } = this;
    this.room *= 2;
    this.keys = new Uint32Array(this.room * KEY_WORDS);
    this.values = new Uint32Array(this.room).fill(EMPTY);
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] as number;
      if (value === EMPTY) continue;
      const key = keys.subarray(place * KEY_WORDS, (place + 1) * KEY_WORDS);
      const next = this.place(key);
      this.keys.set(key, next * KEY_WORDS);
      this.values[next] = value;
    }
  }
}

/** The last key that was read: a key of its own for each of a million IDs would take longer. */
const KEY = new Uint32Array(KEY_WORDS);
const VERSION = 0xf000;

function keyOf(id: string): Uint32Array {
  if (!readUuid(id)) {
    const digest = hash('sha256', id, 'buffer');
    for (let word = 0; word < KEY_WORDS; word += 1) KEY[word] = digest.readUInt32BE(word * 4);
    // The version of no random UUID, so that a hash can't be one.
    KEY[1] = (KEY[1] as number) | VERSION;
  }
  return KEY;
}

/** Reads the bits of a random UUID, which has the version 4, into `KEY`; whether the ID is one. */
function readUuid(id: string): boolean {
  if (id.length !== 36 || id[14] !== '4') return false;
  let [word, digits, bits] = [0, 0, 0];
  for (let at = 0; at < 36; at += 1) {
    const code = id.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== DASH) return false;
      continue;
    }
    const digit = DIGITS[code] ?? NO_DIGIT;
    bits |= digit;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) KEY[digits / 8 - 1] = word;
  }
  return bits < NO_DIGIT;
}

const DASH = 0x2d;
const NO_DIGIT = 16;
/** Hexadecimal digits by their character codes, in lower case as AWS writes them. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789abcdef'].entries()) DIGITS[digit.charCodeAt(0)] = value;

/** A prime, and a random factor below it for each half of a word: a forged ledger could choose IDs that share a place if it knew these. */
const PRIME = 2 ** 31 - 1;
const FACTORS = Array.from({ length: KEY_WORDS * 2 }, () => randomInt(1, PRIME));

/** A universal hash: two keys share a value with a probability of about 2^-31, whatever they are. The sums stay below 2^53. */
function mixed(key: Uint32Array): number {
  let sum = 0;
  for (let word = 0; word < KEY_WORDS; word += 1) {
    const bits = key[word] as number;
    sum += (bits >>> 16) * (FACTORS[word * 2] as number) + (bits & 0xffff) * (FACTORS[word * 2 + 1] as number);
  }
  return sum % PRIME;
}
