/**
 * Where a tree of at least two leaves divides: the largest power of two below its size. Logarithms of sizes near a large power are
 * rounded to it, so it is counted.
 */
export function splitOf(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}
