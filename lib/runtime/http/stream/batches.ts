/**
 * A stream whose items can also be read in batches: all that arrived together. Each step of a stream waits for the one before it, and to
 * wait once for a batch is much cheaper than once for each item.
 */
export class Batches<T> implements AsyncIterable<T> {
  constructor(public readonly batches: AsyncIterable<readonly T[]>) {}

  public async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const batch of this.batches) yield* batch;
  }
}

/** The batches of a stream. In one that has none, each item is a batch. */
export const batchesOf = <T>(items: AsyncIterable<T>): AsyncIterable<readonly T[]> =>
  items instanceof Batches ? items.batches : alone(items);

async function* alone<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  for await (const item of items) yield [item];
}

/**
 * A stream of what a function makes of each item. If the function throws, what it made before is passed on first.
 *
 * @param last throws, or adds what follows the last item
 */
export const mapped = <In, Out>(
  items: AsyncIterable<In>,
  each: (item: In, out: Out[]) => void,
  last: (out: Out[]) => void = () => {},
): Batches<Out> => new Batches(mapBatches(batchesOf(items), each, last));

async function* mapBatches<In, Out>(
  batches: AsyncIterable<readonly In[]>,
  each: (item: In, out: Out[]) => void,
  last: (out: Out[]) => void,
): AsyncGenerator<readonly Out[]> {
  for await (const batch of batches) {
    const out: Out[] = [];
    try {
      for (const item of batch) each(item, out);
    } catch (error) {
      if (out.length > 0) yield out;
      throw error;
    }
    if (out.length > 0) yield out;
  }
  const out: Out[] = [];
  last(out);
  if (out.length > 0) yield out;
}
