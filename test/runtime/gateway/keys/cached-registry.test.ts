import { CachedRegistry } from '@/lib/runtime/gateway/keys/cached-registry';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { MemoryKeys } from '../support/memory-store';

function cached(size = 3) {
  const clock = { time: 1_000_000 };
  const store = new MemoryKeys();
  return { clock, store, registry: new CachedRegistry(store, { size, now: () => new Date(clock.time) }) };
}
const made = () => newKey({ kind: 'deployment', project: 'bot', created: new Date() }).record;

test('a key is read once in 60 seconds, whether it exists or not', async () => {
  const { clock, store, registry } = cached();
  const record = made();
  await store.add(record);
  for (const step of [0, 30_000, 29_999]) {
    clock.time += step;
    expect(await registry.find(record.id)).toBe(record);
    expect(await registry.find('eur_none')).toBeUndefined();
  }
  expect(store.asked).toEqual([record.id, 'eur_none']);
  clock.time += 1;
  await registry.find(record.id);
  await registry.find('eur_none');
  expect(store.asked).toHaveLength(4);
});

test('concurrent requests share one look-up', async () => {
  const { store, registry } = cached();
  const record = made();
  await store.add(record);
  const found = await Promise.all(Array.from({ length: 20 }, () => registry.find(record.id)));
  expect(found).toEqual(Array(20).fill(record));
  expect(store.asked).toHaveLength(1);
});

test('invented ids displace no existing key', async () => {
  const { store, registry } = cached();
  const record = made();
  await store.add(record);
  await registry.find(record.id);
  for (let n = 0; n < 100; n += 1) await registry.find(`eur_${n}`);
  await registry.find(record.id);
  expect(store.asked.filter((id) => id === record.id)).toHaveLength(1);
  await registry.find('eur_99');
  await registry.find('eur_0');
  expect(store.asked.slice(101)).toEqual(['eur_0']);
});

test('a clock that is set back extends no cached answer', async () => {
  const { clock, store, registry } = cached();
  await registry.find('eur_none');
  clock.time -= 3_600_000;
  await registry.find('eur_none');
  expect(store.asked).toHaveLength(2);
});

test('an answer is as old as its request', async () => {
  const { clock, store, registry } = cached();
  const record = made();
  await store.add(record);
  const asking = registry.find(record.id);
  clock.time += 40_000;
  await asking;
  clock.time += 20_000;
  await registry.find(record.id);
  expect(store.asked).toHaveLength(2);
});
