import { ENTRA } from './clients/entra';
import { KEYCLOAK } from './clients/keycloak';
import { ScimWorld } from './support/scim-world';

/** What a hostile or broken client puts in the place of any value. */
const HOSTILE: readonly unknown[] = [
  null,
  -1,
  1e308,
  '',
  '\u0000',
  '"',
  "' OR 1=1 --",
  'user',
  'unique#userName#x',
  '../Groups',
  '[value eq "x"]',
  'members[value eq "',
  `a[${'('.repeat(500)}`,
  'x'.repeat(10_000),
  '\ud800',
  [],
  [[[[]]]],
  {},
  { value: { value: {} } },
  { constructor: { prototype: 1 } },
  JSON.parse('{"__proto__":{"active":true}}'),
];

/** Every value with one part of it replaced. */
function* variants(value: unknown): Generator<unknown> {
  yield* HOSTILE;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    for (const other of variants(part)) {
      yield Array.isArray(value)
        ? value.map((old, at) => (`${at}` === name ? other : old))
        : { ...value, [name]: other };
    }
  }
}

test.each([
  ['Microsoft Entra ID', ENTRA, 'POST'],
  ['Microsoft Entra ID', ENTRA, 'PATCH'],
  ['Keycloak', KEYCLOAK, 'PUT'],
] as const)(
  'any change of a request of %s gets an answer, and none is a failure',
  async (_, { steps }, method) => {
    const world = new ScimWorld();
    try {
      const [ada, group] = [await world.user('ada'), await world.group('chat-users')];
      const sent = steps.filter((step) => step.method === method && step.body !== undefined);
      let count = 0;
      for (const { path, body } of sent.slice(0, 4)) {
        const at = path.replace(/\{(amelie|jonas)\}/, ada).replace('{group}', group);
        for (const other of variants(body)) {
          // One of several: the whole product takes minutes.
          if (count++ % 7 !== 0) continue;
          const answer = await world.call(method, at, JSON.stringify(other));
          if (answer.status >= 500)
            throw new Error(`${method} ${at}: ${answer.status} for ${JSON.stringify(other).slice(0, 300)}`);
        }
      }
      expect(count).toBeGreaterThan(200);
      expect((await world.directory.user(ada))?.id).toBe(ada);
    } finally {
      world.close();
    }
  },
  60_000,
);

test('any query gets an answer, and none finds what it does not name', async () => {
  const world = new ScimWorld();
  try {
    await world.user('ada');
    for (const hostile of HOSTILE.filter((one) => typeof one === 'string')) {
      const text = encodeURIComponent(hostile.replace(/\ud800/, ''));
      for (const query of [
        `filter=${text}`,
        `filter=userName eq "${text}"`,
        `filter=externalId eq ${text}`,
        `startIndex=${text}`,
        `attributes=${text}`,
      ]) {
        const { status, body } = await world.call('GET', `/Users?${query}`);
        expect(status).toBeLessThan(500);
        if (query.startsWith('filter') && text !== '' && status === 200) expect(body.totalResults).toBe(0);
      }
    }
  } finally {
    world.close();
  }
});
