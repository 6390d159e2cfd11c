/** How many calls of DynamoDB run at once. */
const AT_ONCE = 8;

/** Parts of a list, none longer than a size. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}

/**
 * Runs a call for each value, a bounded number at once. After a failure, no further call begins, and the failure is thrown once all that
 * run are over: a function that Lambda freezes after its answer would otherwise write again when it goes on with a later request.
 */
export async function inTurns<T, R>(values: readonly T[], call: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const entries = values.entries();
  // An iterator of an array can't be closed, so each worker looks for failures of the others.
  const work = async () => {
    for (const [at, value] of entries) {
      if (failures.length > 0) return;
      try {
        results[at] = await call(value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
