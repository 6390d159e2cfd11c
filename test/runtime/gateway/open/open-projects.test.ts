import fc from 'fast-check';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { toItem, toRecord } from '@/lib/runtime/gateway/keys/key-item';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { admitProject } from '@/lib/runtime/gateway/open/admit-project';
import type { OpenProject } from '@/lib/runtime/gateway/open/open-project';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { chat, errorOf, HELLO } from '../support/gateway';
import { keyedGateway } from '../support/keyed-gateway';
import { PROJECT } from '../support/policies';

const created = new Date('2026-11-24T09:00:00Z');

/** `helpdesk-bot` is declared with both models, and open projects may use the assistant. */
const policy = (limits: object = { requestsPerMinute: 3, tokensPerDay: 1_000 }): GatewayPolicy => ({
  ...PROJECT,
  tenant: { kind: 'project', ids: ['helpdesk-bot'] },
  projects: [{ id: 'helpdesk-bot', models: ['assistant', 'embed'], limits: {} }],
  openProjects: { models: ['assistant'], limits },
});

function openFixture(rows: Record<string, Partial<OpenProject> | Error> = { acme: {} }) {
  const reads: string[] = [];
  const fixture = keyedGateway({
    policy: policy(),
    openProjects: {
      find: async (id) => {
        reads.push(id);
        const row = rows[id];
        if (row instanceof Error) throw row;
        return row && { id, limits: {}, created, ...row };
      },
    },
  });
  return { ...fixture, rows, reads };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

test('the key of an open project admits it, to the declared models only; its record has its ID, and metrics have one for all', async () => {
  const fixture = openFixture();
  const { key } = await fixture.make('acme', { open: true });
  const answer = await fixture.withKey(key);
  expect(((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['assistant']);
  expect(fixture.records).toMatchObject([{ tenant: 'acme', outcome: 'answered' }]);
  expect(fixture.operations).toMatchObject([{ tenant: 'open' }]);
  const foreign = await fixture.gateway.fetch(chat({ ...HELLO, model: 'embed' }, bearer(key)));
  expect(await errorOf(foreign)).toMatchObject({ status: 404, code: 'model_not_found' });
});

test('keys of the declared and of the open kind never open the other one', async () => {
  const fixture = openFixture({ acme: {}, 'helpdesk-bot': {} });
  const isRefused = async (project: string, over: { open?: true }) =>
    (await fixture.withKey((await fixture.make(project, over)).key)).status === 401;
  // A key that a declared project left behind, and an open project whose ID was declared later.
  expect(await isRefused('acme', {})).toBe(true);
  expect(await isRefused('helpdesk-bot', { open: true })).toBe(true);
  expect(await isRefused('other', { open: true })).toBe(true);
  expect(await isRefused('helpdesk-bot', {})).toBe(false);
});

test('an end and a cap apply within 60 seconds, without a read for each request', async () => {
  const fixture = openFixture();
  const { key } = await fixture.make('acme', { open: true });
  expect((await fixture.withKey(key)).headers.get('x-ratelimit-limit-requests')).toBe('3');
  fixture.rows.acme = { limits: { requestsPerMinute: 1 } };
  fixture.clock.time += 59_000;
  expect((await fixture.withKey(key)).headers.get('x-ratelimit-limit-requests')).toBe('3');
  expect(fixture.reads).toEqual(['acme']);
  fixture.clock.time += 1_001;
  expect((await fixture.withKey(key)).headers.get('x-ratelimit-limit-requests')).toBe('1');
  fixture.rows.acme = { ended: fixture.now() };
  fixture.clock.time += 60_001;
  const refused = await fixture.withKey(key);
  expect(await errorOf(refused)).toMatchObject({ status: 401, code: 'invalid_api_key' });
  expect(fixture.records.at(-1)).toMatchObject({ tenant: 'unauthenticated' });
  expect(fixture.reads).toEqual(['acme', 'acme', 'acme']);
});

test('a project that can not be read is refused until it can, and others are served', async () => {
  const fixture = openFixture({ acme: new Error('secret row'), beta: {} });
  const [{ key }, { key: other }] = [
    await fixture.make('acme', { open: true }),
    await fixture.make('beta', { open: true }),
  ];
  const refused = await fixture.withKey(key);
  const text = await refused.clone().text();
  expect(await errorOf(refused)).toMatchObject({ status: 503, code: 'keys_unavailable' });
  expect(text + JSON.stringify(fixture.operations)).not.toContain('secret row');
  expect((await fixture.withKey(other)).status).toBe(200);
  fixture.rows.acme = {};
  expect((await fixture.withKey(key)).status).toBe(200);
});

test('a wrong secret reads no project', async () => {
  const fixture = openFixture();
  const { key } = await fixture.make('acme', { open: true });
  expect((await fixture.withKey(`${key.slice(0, -2)}AA`)).status).toBe(401);
  expect(fixture.reads).toEqual([]);
});

test('whatever a row says, it can only take away', () => {
  const admitted = admitPolicy(policy({ requestsPerMinute: 10 }));
  const limit = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({
        id: fc.constantFrom('acme', 'helpdesk-bot', '__proto__'),
        models: fc.option(fc.array(fc.constantFrom('assistant', 'embed', 'fast')), { nil: undefined }),
        limits: fc.record({ requestsPerMinute: limit, tokensPerDay: limit, concurrentRequests: limit }),
        ended: fc.option(fc.constant(created), { nil: undefined }),
      }),
      (row) => {
        const served = admitProject(admitted, { ...row, created });
        if (served === undefined) {
          expect(
            row.id === 'helpdesk-bot' || row.ended !== undefined || row.models?.includes('assistant') === false,
          ).toBe(true);
          return;
        }
        const { project, policy: own } = served;
        expect([...own.models.keys()]).toEqual(['assistant']);
        expect(own.boundary).toBe(admitted.boundary);
        expect(own.keepsContent).toBe(false);
        expect(own.tenant).toEqual({ kind: 'project', ids: [row.id] });
        expect(project.limits.requestsPerMinute).toBe(Math.min(10, row.limits.requestsPerMinute ?? 10));
        expect(project.limits.tokensPerDay).toBe(row.limits.tokensPerDay);
      },
    ),
  );
});

test.each<[string, Partial<GatewayPolicy>, RegExp]>([
  ['no project at all', { tenant: { kind: 'project', ids: [] }, projects: [], openProjects: undefined }, /opens none/],
  [
    'a model that the gateway lacks',
    { openProjects: { models: ['fast'], limits: {} } },
    /project 'open' may use model 'fast'/,
  ],
])('a policy with %s is refused', (_, over, message) => {
  expect(() => admitPolicy({ ...policy(), ...over })).toThrow(message);
});

test('only open projects are needed', () => {
  const only = { ...policy(), tenant: { kind: 'project', ids: [] }, projects: [] } as const;
  expect(admitPolicy(only).openProjects?.models).toEqual(['assistant']);
});

test('a stored key keeps its kind, and a key of 0.1.0 is one of a declared project', () => {
  const { record } = newKey({ kind: 'deployment', project: 'acme', open: true, created });
  expect(toRecord(toItem(record))).toMatchObject({ open: true });
  const { record: declared } = newKey({ kind: 'deployment', project: 'acme', created });
  expect(toRecord(toItem(declared))).not.toHaveProperty('open');
});
