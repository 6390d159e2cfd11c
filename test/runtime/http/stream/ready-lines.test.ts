import { ReadyLines } from '@/lib/runtime/http/stream/ready-lines';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the first line is sent alone, and simultaneous lines together', async () => {
  async function* lines() {
    yield* ['a', 'b', 'c'];
    await turn();
    await turn();
    yield* ['d', 'e'];
  }
  const ready = new ReadyLines(lines());
  expect(await ready.next()).toBe('a');
  expect(await ready.next()).toBe('bc');
  expect(await ready.next()).toBe('de');
  expect(await ready.next()).toBeUndefined();
});

test('no line waits for a later line', async () => {
  let release: () => void = () => {};
  const later = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* lines() {
    yield* ['a', 'b'];
    await later;
    yield 'c';
  }
  const ready = new ReadyLines(lines());
  expect([await ready.next(), await ready.next()]).toEqual(['a', 'b']);
  release();
  expect(await ready.next()).toBe('c');
  expect(await ready.next()).toBeUndefined();
});

test('lines before a failure are sent before it', async () => {
  async function* lines() {
    yield* ['a', 'b'];
    throw new Error('broken');
  }
  const ready = new ReadyLines(lines());
  expect([await ready.next(), await ready.next()]).toEqual(['a', 'b']);
  await expect(ready.next()).rejects.toThrow('broken');
});

test('a write has a maximum size', async () => {
  async function* lines() {
    yield 'a';
    for (let i = 0; i < 100; i++) yield 'x'.repeat(1_000);
  }
  const ready = new ReadyLines(lines());
  await ready.next();
  expect((await ready.next())?.length).toBe(17_000);
});

test('an empty stream ends', async () => {
  async function* lines(): AsyncGenerator<string> {}
  expect(await new ReadyLines(lines()).next()).toBeUndefined();
});
