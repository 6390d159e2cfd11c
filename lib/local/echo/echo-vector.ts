import { createHash } from 'node:crypto';

/**
 * A vector of length 1 for a text: the sum of one for each of its words, so that texts with words in common are near each
 * other, as a test of a search needs it. It means nothing beyond that.
 */
export function echoVector(text: string, dimensions: number): number[] {
  const sum = new Array<number>(dimensions).fill(0);
  for (const word of firstWords(text)) {
    let state = createHash('sha256').update(word).digest().readUInt32LE();
    for (let index = 0; index < dimensions; index++) {
      // Xorshift, which has no fixed point but zero.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      sum[index] = (sum[index] as number) + state / 0x8000_0000;
    }
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}

/** Each word costs a step for each dimension, and a request can have millions. */
const MOST_WORDS = 10_000;

function firstWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    if (words.push(word) === MOST_WORDS) break;
  }
  return words.length > 0 ? words : [text];
}
