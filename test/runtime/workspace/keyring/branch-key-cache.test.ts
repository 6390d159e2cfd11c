import { type BranchKey, BranchKeyCache } from '@/lib/runtime/workspace/keyring/branch-key-cache';

const TTL = 60_000;
let now = 0;
let fetched: string[] = [];
beforeEach(() => {
  [now, fetched] = [1_000_000, []];
});

const cacheOf = (capacity = 10) => {
  const cache = new BranchKeyCache(TTL, capacity, () => now);
  return (id: string, key: () => Promise<unknown> = async () => `key of ${id}`) =>
    cache.take(id, () => {
      fetched.push(id);
      return key() as Promise<BranchKey>;
    });
};

test('a key is fetched once, and again at the end of its time, which use does not extend', async () => {
  const take = cacheOf();
  expect(await take('ada')).toBe('key of ada');
  now += TTL / 2;
  expect(await take('ada')).toBe('key of ada');
  now += TTL / 2 - 1;
  await take('ada');
  expect(fetched).toEqual(['ada']);
  now += 1;
  await take('ada');
  expect(fetched).toEqual(['ada', 'ada']);
});

test('the time begins before the key is fetched: it may be deleted while the answer is on its way', async () => {
  const take = cacheOf();
  await take('ada', async () => {
    now += TTL - 1;
    return 'key';
  });
  await take('ada');
  expect(fetched).toEqual(['ada']);
  now += 1;
  await take('ada');
  expect(fetched).toEqual(['ada', 'ada']);
});

test('concurrent requests for a key share one call, those for another key do not', async () => {
  const take = cacheOf();
  await Promise.all([take('ada'), take('ada'), take('eve')]);
  expect(fetched).toEqual(['ada', 'eve']);
});

test('a failure is not kept', async () => {
  const take = cacheOf();
  const failing = () => Promise.reject(new Error('throttled'));
  await expect(take('ada', failing)).rejects.toThrow('throttled');
  await expect(take('ada', failing)).rejects.toThrow('throttled');
  expect(await take('ada')).toBe('key of ada');
  expect(fetched).toEqual(['ada', 'ada', 'ada']);
});

test('a full cache forgets the key that was used least recently', async () => {
  const take = cacheOf(2);
  for (const id of ['ada', 'eve', 'ada', 'bob', 'ada', 'bob']) await take(id);
  expect(fetched).toEqual(['ada', 'eve', 'bob']);
  await take('eve');
  expect(fetched).toEqual(['ada', 'eve', 'bob', 'eve']);
});

test('a key that is fetched again is the most recent', async () => {
  const take = cacheOf(2);
  await take('ada');
  now += TTL;
  for (const id of ['eve', 'ada', 'bob']) await take(id);
  fetched = [];
  await take('ada');
  expect(fetched).toEqual([]);
});
