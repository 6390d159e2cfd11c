import { ScimWorld } from './support/scim-world';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

const DAY = 86_400_000;
const call = (authorization: string) => world.call('GET', '/Users', undefined, { authorization });

test.each<[string, () => string]>([
  ['no token', () => ''],
  ['a token without a scheme', () => world.token],
  ['another scheme', () => `Basic ${world.token}`],
  ['an unknown token', () => `Bearer eurscim_${'A'.repeat(16)}.${'B'.repeat(43)}`],
  ['a wrong secret', () => `Bearer ${world.token.slice(0, -1)}${world.token.endsWith('A') ? 'B' : 'A'}`],
  ['a token in upper case', () => `Bearer ${world.token.toUpperCase()}`],
  ['a token with white space', () => `Bearer ${world.token} x`],
  ['a token of another workspace', () => `Bearer ${world.newToken('office')}`],
  [
    'a key of a project',
    () => `Bearer ${world.newToken('sciences', new Date(world.now.getTime() + DAY), 'deployment')}`,
  ],
  ['an expired token', () => `Bearer ${world.newToken('sciences', world.now)}`],
  [
    'a token without an end',
    () => {
      const token = world.newToken('sciences');
      const [id = ''] = token.split('.');
      const record = world.keys.get(id);
      if (record) world.keys.set(id, { ...record, expires: undefined });
      return `Bearer ${token}`;
    },
  ],
  [
    'a revoked token',
    () => {
      const token = world.newToken('sciences');
      const [id = ''] = token.split('.');
      const record = world.keys.get(id);
      if (record) world.keys.set(id, { ...record, revoked: world.now });
      return `Bearer ${token}`;
    },
  ],
  ['a long header', () => `Bearer ${'a'.repeat(100_000)}`],
  ["a member's token", () => 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln'],
])('%s gets the same answer, and nothing is read', async (_, header) => {
  const { status, body, headers } = await call(header());
  expect({ status, detail: body.detail }).toEqual({ status: 401, detail: (await call('')).body.detail });
  expect(headers.get('www-authenticate')).toBe('Bearer');
  expect(world.records.at(-1)).toMatchObject({ tenant: 'unauthenticated', outcome: 'refused' });
});

test('the body of a request without a valid token is not read', async () => {
  const { status } = await world.call('POST', '/Users', 'x'.repeat(6_000_000), { authorization: 'Bearer x' });
  expect(status).toBe(401);
});

test('a valid token is accepted, whatever the case of the scheme', async () => {
  expect((await call(`bearer ${world.token}`)).status).toBe(200);
});
