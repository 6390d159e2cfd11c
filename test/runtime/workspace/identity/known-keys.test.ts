import { generateKeyPairSync } from 'node:crypto';
import { type KeySet, parseKeySet, readSigningKeys } from '@/lib/boundary/key-set';
import { KnownKeys, NoKeySet } from '@/lib/runtime/workspace/identity/known-keys';

const jwk = (kid: string, bits = 2_048) => ({
  ...generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }),
  kid,
  alg: 'RS256',
  use: 'sig',
});
const [ONE, TWO] = [jwk('one'), jwk('two')];
const START = Date.parse('2026-11-27T12:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);
const setOf = (seconds: number, ...keys: object[]): KeySet => ({
  issuer: 'https://issuer',
  keys: readSigningKeys({ keys }),
  readAt: at(seconds).toISOString(),
});

/** A table that counts its reads. */
function table(first?: KeySet) {
  const state = { set: first as KeySet | undefined, reads: 0, fails: false };
  const keys = new KnownKeys({
    read: async () => {
      state.reads += 1;
      if (state.fails) throw new Error('throttled');
      return state.set;
    },
  });
  return { state, keys };
}

test('a key is read once in five minutes', async () => {
  const { state, keys } = table(setOf(0, ONE));
  for (const seconds of [0, 10, 299]) expect(await keys.find('one', at(seconds))).toBeDefined();
  expect(state.reads).toBe(1);
  await keys.find('one', at(300));
  expect(state.reads).toBe(2);
});

test('a removed key is refused within five minutes', async () => {
  const { state, keys } = table(setOf(0, ONE, TWO));
  await keys.find('one', at(0));
  state.set = setOf(1, TWO);
  expect(await keys.find('one', at(299))).toBeDefined();
  expect(await keys.find('one', at(300))).toBeUndefined();
});

test('an unknown key causes at most one read per minute', async () => {
  const { state, keys } = table(setOf(0, ONE));
  for (const seconds of [0, 1, 59]) expect(await keys.find('two', at(seconds))).toBeUndefined();
  expect(state.reads).toBe(1);
  state.set = setOf(60, ONE, TWO);
  expect(await keys.find('two', at(60))).toBeDefined();
  expect(state.reads).toBe(2);
});

test('concurrent requests share one read', async () => {
  const { state, keys } = table(setOf(0, ONE));
  const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('one', at(0))));
  expect(found.every((key) => key !== undefined)).toBe(true);
  expect(state.reads).toBe(1);
});

test('the last key set is used while the table fails, until it is a day old', async () => {
  const { state, keys } = table(setOf(0, ONE));
  await keys.find('one', at(0));
  state.fails = true;
  expect(await keys.find('one', at(86_400))).toBeDefined();
  await expect(keys.find('one', at(86_401))).rejects.toThrow(NoKeySet);
});

test('a key is imported once, however often its set is read again in vain', async () => {
  const { state, keys } = table(setOf(0, ONE));
  const key = await keys.find('one', at(0));
  state.fails = true;
  expect(await keys.find('one', at(300))).toBe(key);
  expect(state.reads).toBe(2);
});

test('a set that was removed is no longer used', async () => {
  const { state, keys } = table(setOf(0, ONE));
  await keys.find('one', at(0));
  state.set = undefined;
  await expect(keys.find('one', at(300))).rejects.toThrow(NoKeySet);
});

test.each<[string, KeySet | undefined]>([
  ['there is none', undefined],
  ['it is older than a day', setOf(-86_401, ONE)],
])('every key is refused when %s', async (_, set) => {
  await expect(table(set).keys.find('one', at(0))).rejects.toThrow(NoKeySet);
});

test('a clock that was set back causes another read', async () => {
  const { state, keys } = table(setOf(0, ONE));
  await keys.find('one', at(0));
  await keys.find('one', at(-60));
  expect(state.reads).toBe(2);
});

test.each<[string, unknown, RegExp]>([
  ['no object', 'x', /isn't a set/],
  ['no list', { keys: {} }, /isn't a set/],
  ['too many keys', { keys: Array(17).fill(ONE) }, /at most 16/],
  [
    'none of ours',
    {
      keys: [
        { ...ONE, alg: 'RS512' },
        { ...TWO, use: 'enc' },
      ],
    },
    /no key for RS256/,
  ],
  ['a symmetric one', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'one', alg: 'RS256', use: 'sig' }] }, /no key for RS256/],
  ['a short one', { keys: [jwk('short', 1_024)] }, /no key for RS256/],
  ['a weak exponent', { keys: [{ ...ONE, e: 'AQ' }] }, /no key for RS256/],
  ['one id twice', { keys: [ONE, { ...TWO, kid: 'one' }] }, /two keys with the same id/],
])('a key set with %s is refused', (_, set, message) => expect(() => readSigningKeys(set)).toThrow(message));

test('only the public fields of a key are stored', () => {
  const secret = { ...ONE, d: 'private', x5c: ['MIIB'] };
  expect(Object.keys(readSigningKeys({ keys: [secret] })[0] ?? {}).sort()).toEqual([
    'alg',
    'e',
    'kid',
    'kty',
    'n',
    'use',
  ]);
});

test('a key set is accepted only for its own issuer, in its own form', () => {
  const text = JSON.stringify(setOf(0, ONE));
  expect(parseKeySet('https://issuer', text)?.keys).toHaveLength(1);
  for (const [issuer, stored] of [
    ['https://other', text],
    ['https://issuer', 'no JSON'],
    ['https://issuer', text.replace(/"readAt":"[^"]+"/, '"readAt":"soon"')],
    ['https://issuer', 'null'],
  ] as const) {
    expect(parseKeySet(issuer, stored)).toBeUndefined();
  }
});

test.each<[string, object, boolean]>([
  ['in its form', {}, true],
  ['with an id of 128 characters', { kid: 'a'.repeat(128) }, true],
  ['with an id of 129 characters', { kid: 'a'.repeat(129) }, false],
  ['with an empty id', { kid: '' }, false],
  ['with an id that is no text', { kid: 7 }, false],
  ['with a space before its id', { kid: ' a' }, false],
  ['with a space after its id', { kid: 'a ' }, false],
  ['of another type', { kty: 'EC' }, false],
  ['for another algorithm', { alg: 'RS512' }, false],
  ['for encryption', { use: 'enc' }, false],
  ['with another exponent', { e: 'Aw' }, false],
  ['with a modulus that is no text', { n: 7 }, false],
  [
    'with a modulus of 2,048 bits and a leading zero',
    { n: Buffer.alloc(257, 1).fill(0, 0, 1).toString('base64url') },
    true,
  ],
  [
    'with a modulus of 2,040 bits and a leading zero',
    { n: Buffer.alloc(256, 1).fill(0, 0, 1).toString('base64url') },
    false,
  ],
  [
    'with a modulus of 2,040 bits and two leading zeros',
    { n: Buffer.alloc(257, 1).fill(0, 0, 2).toString('base64url') },
    false,
  ],
  ['with a modulus of 1,366 characters', { n: 'A'.repeat(683) + 'B'.repeat(683) }, true],
  ['with a modulus of 1,367 characters', { n: 'B'.repeat(1_367) }, false],
  ['with a space in its modulus', { n: `B ${'B'.repeat(400)}` }, false],
])('a key %s is for signing: %s', (_, over, isForSigning) => {
  const keys = [{ ...TWO }, { ...ONE, ...over }];
  expect(readSigningKeys({ keys })).toHaveLength(isForSigning ? 2 : 1);
});

test('a set has at most 16 keys', () => {
  const keys = Array.from({ length: 16 }, (_, nth) => ({ ...ONE, kid: `${nth}` }));
  expect(readSigningKeys({ keys })).toHaveLength(16);
  expect(() => readSigningKeys({ keys: [...keys, TWO] })).toThrow(/^isn't a set of at most 16 keys$/);
  expect(() => readSigningKeys(null)).toThrow("isn't a set");
  expect(() => readSigningKeys({ keys: [null, ONE, ONE] })).toThrow(/^contains two keys with the same id$/);
});

test('a stored set has its time and its issuer', () => {
  const set = setOf(0, ONE);
  expect(parseKeySet('https://issuer', JSON.stringify(set))).toEqual(set);
  expect(parseKeySet('https://issuer', JSON.stringify({ ...set, readAt: 7 }))).toBeUndefined();
  expect(parseKeySet('https://issuer', JSON.stringify({ ...set, keys: [] }))).toBeUndefined();
});
