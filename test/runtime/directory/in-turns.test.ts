import { chunks, inTurns } from '@/lib/runtime/directory/in-turns';

const values = Array.from({ length: 40 }, (_, at) => at);

/** A turn of the event loop, in which all that waits for promises goes on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Calls that end when the test says so. */
function heldCalls() {
  const begun: number[] = [];
  const held = new Map<number, { end: () => void; fail: () => void }>();
  const call = (value: number) => {
    begun.push(value);
    return new Promise<number>((resolve, reject) => {
      held.set(value, { end: () => resolve(value), fail: () => reject(new Error(`${value}`)) });
    });
  };
  return { begun, call, end: (at: number) => held.get(at)?.end(), fail: (at: number) => held.get(at)?.fail() };
}

test('the results are in the order of the values, and at most eight calls run at once', async () => {
  let [running, most] = [0, 0];
  const results = await inTurns(values, async (value) => {
    running += 1;
    most = Math.max(most, running);
    for (let at = 0; at < value % 5; at++) await turn();
    running -= 1;
    return value;
  });
  expect(results).toEqual(values);
  expect(most).toBe(8);
});

test('after a failure no further call begins, and the failure is thrown when all that run are over', async () => {
  const { begun, call, end, fail } = heldCalls();
  let outcome = 'running';
  const all = inTurns(values, call).catch((error) => {
    outcome = `failed: ${error.message}`;
  });
  expect(begun).toHaveLength(8);
  fail(2);
  await turn();
  for (const at of [0, 1, 3, 4, 5, 6]) end(at);
  await turn();
  expect([begun.length, outcome]).toEqual([8, 'running']);
  fail(7);
  await all;
  // The first failure is the one that is thrown.
  expect(outcome).toBe('failed: 2');
  await turn();
  expect(begun).toHaveLength(8);
});

test('a call that throws at once is a failure like any other', async () => {
  const begun: number[] = [];
  const all = inTurns(values, (value) => {
    begun.push(value);
    throw new Error('at once');
  });
  await expect(all).rejects.toThrow('at once');
  expect(begun).toEqual([0]);
});

test('parts of a list have at most the size', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunks([], 2)).toEqual([]);
});
