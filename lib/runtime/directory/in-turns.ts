/** How many calls of DynamoDB run at once. */
const AT_ONCE = 8;

/** Parts of a list, none longer than a size. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

/** Runs a call for each value, a bounded number at once. After a failure, no further call begins. */
export async function inTurns<T, R>(values: readonly T[], call: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = values.entries();
  const work = async () => {
    for (const [at, value] of entries) results[at] = await call(value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
