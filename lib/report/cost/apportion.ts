/**
 * Divides a whole number of cents among lines by their weights, by the largest remainder: the parts sum to exactly the total, and each
 * differs from its exact part by less than a cent. Equal remainders go to the earlier line.
 *
 * @param weights whole numbers from 0, of which one at least is more
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  // A total times a number of tokens can be more than numbers hold exactly.
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  const quotas = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = quotas.map((quota) => Number(quota / sum));
  const rest = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota % sum }))
    .sort((one, other) => Number(other.remainder - one.remainder) || one.index - other.index);
  for (const { index } of byRemainder.slice(0, rest)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
