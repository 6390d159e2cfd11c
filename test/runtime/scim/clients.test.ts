import { withoutRandomIds } from '@/test/support/random-ids';
import { ENTRA } from './clients/entra';
import { KEYCLOAK } from './clients/keycloak';
import { MIDPOINT } from './clients/midpoint';
import type { ScimClient } from './clients/step';
import { ScimWorld } from './support/scim-world';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

test.each([ENTRA, KEYCLOAK, MIDPOINT].map((client) => [client.name, client] as const))(
  'the requests of %s are served as it sends them',
  async (_, { steps, contentType }: ScimClient) => {
    const ids = new Map<string, string>();
    const filled = <T>(value: T): T =>
      value === undefined
        ? value
        : JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (text, name) => ids.get(name) ?? text));
    for (const { what, method, path, body, status, answer, as } of steps) {
      const at = filled({ path }).path;
      const found = await world.call(method, at, filled(body), { 'content-type': contentType });
      expect({ what, status: found.status, body: found.body }).toMatchObject({
        what,
        status,
        ...(answer && { body: filled(answer) }),
      });
      if (status !== 204) expect(found.headers.get('content-type')).toBe('application/scim+json');
      if (as !== undefined) ids.set(as, found.body.id);
    }
  },
);

test('nothing but names, IDs and activity is stored', async () => {
  const { steps } = ENTRA;
  const created = steps.find(({ what }) => what === 'creates a user');
  await world.call('POST', '/Users', created?.body);
  const rows = withoutRandomIds([await world.directory.users(), world.records]);
  expect(rows).toContain('amelie.berger@hochschule.example');
  expect(rows).not.toMatch(/Amelie|Physik|4711/);
});

test('no record has a name', async () => {
  const ada = await world.user('ada@example.eu');
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'ada.lovelace@example.eu' });
  await world.call('GET', '/Users?filter=userName eq "ada.lovelace@example.eu"');
  await world.group('chat-users', ada);
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'ada-lovelace', value: 'ada' });
  expect(world.records.map(({ act }) => act)).toEqual([
    'scim.user.create',
    'scim.user.change',
    'scim.read',
    'scim.group.create',
    'scim.user.change',
  ]);
  // An ID can have the letters of a name.
  expect(JSON.stringify(world.records).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')).not.toMatch(
    /ada|chat-users/,
  );
  expect(world.records[0]).toMatchObject({ about: ada, tenant: 'sciences', outcome: 'answered' });
});
