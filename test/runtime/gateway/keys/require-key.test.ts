import fc from 'fast-check';
import type { KeyRecord } from '@/lib/runtime/gateway/keys/key-record';
import { rotatedKey } from '@/lib/runtime/gateway/keys/rotate-key';
import { chat, errorOf, HELLO } from '../support/gateway';
import { keyedGateway, type SentHeaders } from '../support/keyed-gateway';

type Fixture = ReturnType<typeof keyedGateway>;

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const secretOf = (key: string) => key.split('.')[1] ?? '';
const TEXT =
  "the API key is not valid here: it doesn't exist, has expired or was revoked; ask the operator for another, which " +
  "'eu-residency keys create' makes";

test('a key admits its project, to its own models only', async () => {
  const fixture = keyedGateway();
  const own = await fixture.withKey((await fixture.make('search')).key);
  expect(((await own.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['assistant']);
  expect(fixture.records).toMatchObject([{ tenant: 'search', outcome: 'answered' }]);

  const { key } = await fixture.make('search');
  const foreign = await fixture.gateway.fetch(chat({ ...HELLO, model: 'embed' }, bearer(key)));
  const error = await errorOf(foreign);
  expect(error).toMatchObject({ status: 404, code: 'model_not_found' });
  expect(error.message).not.toContain('embed');
  expect((await fixture.models(bearer((await fixture.make()).key))).status).toBe(200);
});

test.each(['Bearer', 'bearer', 'BEARER', 'Bearer '])("the scheme '%s' is read as RFC 9110 says", async (scheme) => {
  const fixture = keyedGateway();
  const { key } = await fixture.make();
  expect((await fixture.models({ authorization: `${scheme} ${key}` })).status).toBe(200);
});

test.each<[string, (key: string) => SentHeaders]>([
  ['no header', () => ({})],
  ['an empty header', () => ({ authorization: '' })],
  ['empty headers', () => ({ authorization: '', 'x-api-key': '' })],
])('%s is told how to send a key', async (_, headers) => {
  const fixture = keyedGateway();
  const response = await fixture.models(headers(''));
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(await errorOf(response)).toEqual({
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    param: null,
    message: "the request has no API key; send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'",
  });
});

test.each<[string, (key: string) => SentHeaders]>([
  ['in x-api-key', (key) => ({ 'x-api-key': key })],
  ['in x-api-key next to an empty header', (key) => ({ authorization: '', 'x-api-key': key })],
  ['next to an empty x-api-key', (key) => ({ ...bearer(key), 'x-api-key': '' })],
  ['in both headers', (key) => ({ ...bearer(key), 'x-api-key': key })],
  ['next to itself twice', (key) => ({ ...bearer(key), 'x-api-key': `${key}, ${key}` })],
  // 0.1.0 ignored `x-api-key`.
  ['next to a key of Anthropic', (key) => ({ ...bearer(key), 'x-api-key': `sk-ant-api03-${'A'.repeat(48)}` })],
  ['next to a key of a local serve', (key) => ({ ...bearer(key), 'x-api-key': key.replace('eur_', 'eudev_') })],
  ['next to half a key', (key) => ({ ...bearer(key), 'x-api-key': key.slice(0, -1) })],
])('a key %s is valid', async (_, headers) => {
  const fixture = keyedGateway();
  const { key } = await fixture.make();
  expect((await fixture.models(headers(key))).status).toBe(200);
  expect(fixture.records.at(-1)).toMatchObject({ outcome: 'answered' });
});

test.each<[string, (key: string, other: string) => SentHeaders]>([
  ['keys of two projects', (key, other) => ({ ...bearer(key), 'x-api-key': other })],
  ['a key and a wrong one', (key) => ({ ...bearer('x'), 'x-api-key': key })],
  ['a key and two of the other header', (key, other) => ({ ...bearer(key), 'x-api-key': `${key}, ${other}` })],
])('of %s in two headers, none is chosen', async (_, headers) => {
  const fixture = keyedGateway();
  const [{ key }, { key: other }] = [await fixture.make(), await fixture.make('search')];
  const response = await fixture.models(headers(key, other));
  expect(await errorOf(response)).toMatchObject({
    status: 401,
    code: 'invalid_api_key',
    message: "the request has two different keys, in 'Authorization' and in 'x-api-key'; send only one of them",
  });
  expect(fixture.records.at(-1)).toMatchObject({ tenant: 'unauthenticated', outcome: 'refused' });
});

test.each(['Basic', 'Bearer', 'Token'])(
  'a key next to the scheme %s, alone or of another kind, is refused with that reason',
  async (scheme) => {
    const fixture = keyedGateway();
    const { key } = await fixture.make();
    const authorization = scheme === 'Bearer' ? scheme : `${scheme} ${key}`;
    expect(await errorOf(await fixture.models({ authorization, 'x-api-key': key }))).toMatchObject({
      status: 401,
      code: 'invalid_api_key',
      message:
        "the request has a key in 'x-api-key', and an 'Authorization' that isn't 'Bearer KEY'; send only one of them",
    });
  },
);

const flipped = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
const malformed: [string, (key: string, other: string) => SentHeaders][] = [
  ['the key without a scheme', (key) => ({ authorization: key })],
  ['another scheme', (key) => ({ authorization: `Basic ${key}` })],
  ['a scheme alone', () => ({ authorization: 'Bearer' })],
  ['a scheme in x-api-key', (key) => ({ 'x-api-key': `Bearer ${key}` })],
  ['a truncated x-api-key', (key) => ({ 'x-api-key': key.slice(0, -1) })],
  [
    'two headers',
    (key) =>
      [
        ['authorization', `Bearer ${key}`],
        ['authorization', `Bearer ${key}`],
      ] as [string, string][],
  ],
  ['a key and more', (key) => bearer(`${key} x`)],
  ['a truncated secret', (key) => bearer(key.slice(0, -1))],
  ['a longer secret', (key) => bearer(`${key}A`)],
  ['a secret twice', (key) => bearer(`${key}.${secretOf(key)}`)],
  ['no secret', (key) => bearer(key.split('.')[0] ?? '')],
  ['an empty secret', (key) => bearer(`${key.split('.')[0]}.`)],
  ['the secret alone', (key) => bearer(secretOf(key))],
  ['letters beyond ASCII', (key) => bearer(`${key.slice(0, -1)}\u00e9`)],
  ['a percent sign', (key) => bearer(`${key.slice(0, -3)}%41`)],
  ['standard base64', (key) => bearer(`${key.slice(0, -1)}+`)],
  ['a path', () => bearer('../../keys')],
  ['a very long key', () => bearer(`eur_${'A'.repeat(60_000)}.${'A'.repeat(43)}`)],
  ['a key of OpenAI', () => bearer(`sk-proj-${'A'.repeat(48)}`)],
  ['another prefix', (key) => bearer(key.replace('eur_', 'eudev_'))],
  ['an upper-case prefix', (key) => bearer(key.replace('eur_', 'EUR_'))],
];
const wrong: [string, (key: string, other: string) => SentHeaders][] = [
  ['an unknown id', (key) => bearer(`eur_${'A'.repeat(16)}.${secretOf(key)}`)],
  ['a wrong secret', (key) => bearer(`${key.split('.')[0]}.${flipped(secretOf(key))}`)],
  ["another project's id", (key, other) => bearer(`${other.split('.')[0]}.${secretOf(key)}`)],
  ["another project's secret", (key, other) => bearer(`${key.split('.')[0]}.${secretOf(other)}`)],
  ['another case', (key) => bearer(`${key.split('.')[0]}.${secretOf(key).toUpperCase()}`)],
  ['other bits that decode alike', (key) => bearer(`${key.slice(0, -1)}${aliasOf(key.at(-1) ?? '')}`)],
];

/** A letter that base64url decodes to the same bits at the end of 32 bytes, where two bits are left over. */
function aliasOf(last: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return letters[letters.indexOf(last) ^ 1] ?? '';
}

async function expectRefused(fixture: Fixture, headers: SentHeaders) {
  const response = await fixture.models(headers);
  expect(await errorOf(response)).toMatchObject({ status: 401, code: 'invalid_api_key', message: TEXT });
  expect(fixture.records.at(-1)).toMatchObject({
    tenant: 'unauthenticated',
    outcome: 'refused',
    reason: 'invalid_api_key',
  });
}

test.each([...malformed, ...wrong])('%s is refused with the same text', async (_, headers) => {
  const fixture = keyedGateway();
  const [{ key }, { key: other }] = [await fixture.make(), await fixture.make('search')];
  await expectRefused(fixture, headers(key, other));
});

test.each(wrong)('%s is refused also after the key was recognised, and the key works again', async (_, headers) => {
  const fixture = keyedGateway();
  const [{ key }, { key: other }] = [await fixture.make(), await fixture.make('search')];
  for (const recognised of [key, other]) expect((await fixture.withKey(recognised)).status).toBe(200);
  await expectRefused(fixture, headers(key, other));
  expect((await fixture.withKey(key)).status).toBe(200);
});

test('text without the form of a key is not looked up', async () => {
  const fixture = keyedGateway();
  const [{ key }, { key: other }] = [await fixture.make(), await fixture.make('search')];
  for (const [, headers] of malformed) await fixture.models(headers(key, other));
  expect(fixture.store.asked).toEqual([]);
});

test.each<[string, (fixture: Fixture) => Promise<string>]>([
  ['an expired key', async (fixture) => (await fixture.make('search', { expires: fixture.now() })).key],
  ['a key of a local serve', async (fixture) => (await fixture.make('search', { kind: 'local' })).key],
  ['the key of a project that is not served', async (fixture) => (await fixture.make('gone')).key],
  [
    'a revoked key',
    async (fixture) => {
      const { key, record } = await fixture.make();
      await fixture.store.revoke(record.id, 'helpdesk-bot', fixture.now());
      return key;
    },
  ],
])('%s is refused with the same text', async (_, make) => {
  const fixture = keyedGateway();
  await expectRefused(fixture, bearer(await make(fixture)));
});

test('a key is valid until it expires, even while it is cached', async () => {
  const fixture = keyedGateway();
  const { key } = await fixture.make('search', { expires: new Date(fixture.clock.time + 1_000) });
  fixture.clock.time += 999;
  expect((await fixture.withKey(key)).status).toBe(200);
  fixture.clock.time += 1;
  await expectRefused(fixture, bearer(key));
});

test('a revocation takes effect within 60 seconds, in every process', async () => {
  const fixture = keyedGateway();
  const { key, record } = await fixture.make();
  expect((await fixture.withKey(key)).status).toBe(200);
  await fixture.store.revoke(record.id, 'helpdesk-bot', fixture.now());
  fixture.clock.time += 59_999;
  expect((await fixture.withKey(key)).status).toBe(200);
  fixture.clock.time += 1;
  await expectRefused(fixture, bearer(key));
});

describe('a rotated key', () => {
  async function rotate(fixture: Fixture, was: KeyRecord, overlapMs: number) {
    const made = rotatedKey(was, { now: fixture.now(), overlapMs });
    await fixture.store.replace(made.record, was);
    return made;
  }

  test('is valid with both secrets until the old one expires', async () => {
    const fixture = keyedGateway();
    const { key: old, record } = await fixture.make();
    const { key } = await rotate(fixture, record, 3_600_000);
    const statuses = async () => [(await fixture.withKey(old)).status, (await fixture.withKey(key)).status];
    expect(await statuses()).toEqual([200, 200]);
    fixture.clock.time += 3_599_999;
    expect(await statuses()).toEqual([200, 200]);
    fixture.clock.time += 1;
    expect(await statuses()).toEqual([401, 200]);
  });

  test('is valid with its new secret at once, although the old one is cached', async () => {
    const fixture = keyedGateway();
    const { key: old, record } = await fixture.make();
    expect((await fixture.withKey(old)).status).toBe(200);
    const { key } = await rotate(fixture, record, 3_600_000);
    expect((await fixture.withKey(key)).status).toBe(200);
    expect((await fixture.withKey(old)).status).toBe(200);
  });

  test('is read again at most once a second, however often a wrong secret is tried', async () => {
    const fixture = keyedGateway();
    const { key } = await fixture.make();
    await fixture.withKey(key);
    const guess = `${key.split('.')[0]}.${flipped(secretOf(key))}`;
    for (let n = 0; n < 50; n += 1) await fixture.withKey(guess);
    expect(fixture.store.asked).toHaveLength(2);
    fixture.clock.time += 1_000;
    for (let n = 0; n < 50; n += 1) await fixture.withKey(guess);
    expect(fixture.store.asked).toHaveLength(3);
  });

  test('is revoked with both secrets', async () => {
    const fixture = keyedGateway();
    const { key: old, record } = await fixture.make();
    const { key } = await rotate(fixture, record, 3_600_000);
    await fixture.store.revoke(record.id, 'helpdesk-bot', fixture.now());
    for (const each of [old, key]) await expectRefused(fixture, bearer(each));
  });

  test('never works longer than it would have', () => {
    const now = new Date('2026-11-24T10:00:00Z');
    const expires = new Date('2026-11-24T10:10:00Z');
    const was = { id: 'eur_x', project: 'p', salt: '', hash: '', created: now, expires };
    const rotated = rotatedKey(was, { now, overlapMs: 3_600_000, expires: new Date('2027-11-24T10:00:00Z') }).record;
    expect(rotated.previous?.expires).toEqual(expires);
    expect(() => rotatedKey(rotated, { now, overlapMs: 0 })).toThrow('is valid until 2026-11-24T10:10:00.000Z');
    expect(rotatedKey(rotated, { now: expires, overlapMs: 0 }).record.rotated).toEqual(expires);
    expect(() => rotatedKey(was, { now: expires, overlapMs: 0 })).toThrow('is no longer valid');
    expect(() => rotatedKey({ ...was, revoked: now }, { now, overlapMs: 0 })).toThrow('is no longer valid');
  });
});

describe('when the store fails', () => {
  test('new keys are refused, and cached keys stay valid for 60 seconds', async () => {
    const fixture = keyedGateway();
    const [{ key }, { key: other }] = [await fixture.make(), await fixture.make('search')];
    await fixture.withKey(key);
    fixture.store.failing = true;
    expect((await fixture.withKey(key)).status).toBe(200);
    const response = await fixture.withKey(other);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await errorOf(response)).toMatchObject({ status: 503, type: 'server_error', code: 'keys_unavailable' });
    fixture.clock.time += 60_000;
    expect((await fixture.withKey(key)).status).toBe(503);
    expect(JSON.stringify([fixture.records, fixture.operations])).not.toContain('CANARY');
  });

  test('the next request reads the store again', async () => {
    const fixture = keyedGateway();
    const { key } = await fixture.make();
    fixture.store.failing = true;
    expect((await fixture.withKey(key)).status).toBe(503);
    fixture.store.failing = false;
    expect((await fixture.withKey(key)).status).toBe(200);
  });
});

test.each(['/v1/models', '/v1/models/assistant', '/v1/chat/completions', '/v1/files', '/', '/v1/responses/resp_1'])(
  'nothing at %s is told to who has no key',
  async (path) => {
    const { gateway } = keyedGateway();
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect((await gateway.fetch(new Request(`https://gateway.test${path}`, { method }))).status).toBe(401);
    }
  },
);

test('any text other than the key is refused and never repeated', async () => {
  const fixture = keyedGateway();
  const { key } = await fixture.make();
  const letter = fc.constantFrom(...'ABCabc019-_.eur');
  const near = fc.tuple(fc.nat(key.length), letter, fc.constantFrom(0, 1, 2)).map(([at, by, drop]) => {
    return key.slice(0, at) + by + key.slice(at + drop);
  });
  const sent = fc.oneof(near, fc.string({ unit: letter }), fc.string({ unit: 'binary-ascii' }));
  await fc.assert(
    fc.asyncProperty(sent, async (text) => {
      fc.pre(text !== key && !/[\r\n\0]/.test(text));
      const response = await fixture.models({ authorization: `Bearer ${text}` });
      expect(response.status).toBe(401);
      const told = JSON.stringify([await response.text(), [...response.headers], fixture.records.at(-1)]);
      if (text.length > 8) expect(told).not.toContain(text);
    }),
    { numRuns: 300 },
  );
});
