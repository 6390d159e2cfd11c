import { Batches, batchesOf, mapped } from '@/lib/runtime/http/stream/batches';

async function* given<T>(...items: T[]) {
  yield* items;
}
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const doubled = (items: AsyncIterable<number>) =>
  mapped(items, (item, out: number[]) => {
    if (item < 0) throw new Error('negative');
    if (item > 0) out.push(item, item);
  });

test('items that arrive together stay together through each step', async () => {
  const batches = new Batches(given([1, 2], [3], [0]));
  expect(await all(batchesOf(doubled(doubled(batches))))).toEqual([
    [1, 1, 1, 1, 2, 2, 2, 2],
    [3, 3, 3, 3],
  ]);
});

test('a stream without batches is read item by item, and batches can be', async () => {
  expect(await all(batchesOf(given(1, 2)))).toEqual([[1], [2]]);
  expect(await all(new Batches(given([1, 2], [3])))).toEqual([1, 2, 3]);
});

test('what came before a failure is passed on before it', async () => {
  const batches = batchesOf(doubled(new Batches(given([1, -1, 2]))))[Symbol.asyncIterator]();
  expect(await batches.next()).toEqual({ done: false, value: [1, 1] });
  await expect(batches.next()).rejects.toThrow('negative');
});

test('the last step can add items, or fail', async () => {
  const ended = (last: (out: string[]) => void) =>
    mapped(given('a'), (item, out: string[]) => void out.push(item), last);
  expect(await all(ended((out) => void out.push('end')))).toEqual(['a', 'end']);
  const cut = batchesOf(
    ended(() => {
      throw new Error('cut off');
    }),
  )[Symbol.asyncIterator]();
  expect(await cut.next()).toEqual({ done: false, value: ['a'] });
  await expect(cut.next()).rejects.toThrow('cut off');
});

test('a reader that stops early closes the source', async () => {
  let closed = false;
  async function* source() {
    try {
      yield [1];
      yield [2];
    } finally {
      closed = true;
    }
  }
  for await (const _ of doubled(new Batches(source()))) break;
  expect(closed).toBe(true);
});
