import { flattenedVerify, importJWK } from 'jose';
import { parseJws } from '@/lib/config/release/jws';
import { layerOf } from '@/lib/config/release/payload';
import { TrustedKeys } from '@/lib/config/release/trusted-keys';
import { Facts } from '@/lib/facts/facts';
import { PACKAGED } from '@/lib/facts/packaged';
import { releasePayload, signed, TABLES } from '@/scripts/facts-release';
import { Folder, keyChangeText, newKeys, releaseText, signedAnyhow, type TestKeys } from '../config/release/support';

let keys: TestKeys;
beforeAll(async () => {
  keys = await newKeys();
});

test('the tables of this tree are a release that can be accepted, and change no decision', async () => {
  const text = await signed(releasePayload({ version: 1, checkedAt: '2026-12-01', tables: TABLES }), keys.first.jwk);
  const { content } = new Folder(keys).accept(text);
  if (content.kind !== 'release') throw new Error('not a release');
  const released = new Facts(TABLES).with(layerOf(content));
  for (const { id } of PACKAGED.profiles) {
    const { origin, ...row } = released.profile(id) ?? {};
    expect(row).toEqual(PACKAGED.profile(id));
  }
});

test('another implementation of JWS verifies what is signed, and refuses what is refused', async () => {
  const key = await importJWK({ ...keys.first.publicJwk }, 'Ed25519');
  const verifies = (text: string) =>
    flattenedVerify(JSON.parse(text), key, { algorithms: ['Ed25519'] }).then(
      () => true,
      () => false,
    );
  const trusted = new TrustedKeys([{ from: 0, key: keys.first.publicJwk }], null);
  const accepts = (text: string) => {
    try {
      return trusted.verified(parseJws(text)).kind === 'release';
    } catch {
      return false;
    }
  };
  const text = await releaseText(keys);
  const jws = JSON.parse(text);
  const flipped = (field: string, at: number) => {
    const bytes = Buffer.from(jws[field], 'base64url');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return JSON.stringify({ ...jws, [field]: bytes.toString('base64url') });
  };
  expect([await verifies(text), accepts(text)]).toEqual([true, true]);
  for (const [field, at] of [
    ['payload', 20],
    ['payload', 200],
    ['signature', 0],
    ['signature', 63],
    ['protected', 2],
  ] as const) {
    const altered = flipped(field, at);
    expect([field, at, await verifies(altered), accepts(altered)]).toEqual([field, at, false, false]);
  }
  const none = signedAnyhow('{}', { alg: 'none', kid: keys.first.kid, typ: 'eu-residency-facts+json' }, keys.first);
  expect([await verifies(JSON.stringify(none)), accepts(JSON.stringify(none))]).toEqual([false, false]);
});

test('what can’t be accepted isn’t signed', async () => {
  const [profile] = TABLES.profiles;
  const late = { ...profile, asOf: '2027-01-01' } as typeof profile;
  const parts = { checkedAt: '2026-12-01', tables: { profiles: [late as NonNullable<typeof profile>] } };
  await expect(signed(releasePayload({ version: 1, ...parts }), keys.first.jwk)).rejects.toThrow(
    "is after 'checkedAt'",
  );
  const first = await releaseText(keys, { version: 3 });
  await expect(releaseText(keys, { version: 3, previous: first })).rejects.toThrow('as the release before version 3');
  const change = await keyChangeText(keys, 1);
  expect(() => releasePayload({ version: 2, previous: change, checkedAt: '2026-12-01', tables: {} })).toThrow(
    'not a key change',
  );
});
