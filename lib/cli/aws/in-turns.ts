/**
 * Acts on each item, a few at a time, to spare the service; the results are in the order of the items.
 *
 * @throws the first error, after which no other item is begun
 */
export async function inTurns<T, R>(items: readonly T[], atOnce: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    try {
      for (let index = next++; index < items.length; index = next++) results[index] = await act(items[index] as T);
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
