import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import type { MonitoringPolicy } from '@/lib/contract/monitoring';
import type { GatewayEnv } from '@/lib/runtime/gateway/policy/gateway-env';
import { DynamoDbMonths } from '@/lib/runtime/gateway/usage/dynamodb-months';
import type { MonthStore } from '@/lib/runtime/gateway/usage/month-store';
import { MonthlyUse } from '@/lib/runtime/gateway/usage/monthly-use';
import { readReleased } from '@/lib/runtime/gateway/usage/read-released';
import { LocalTable } from '@/test/support/local-table';

const table = new LocalTable();
beforeAll(() => table.start());
afterAll(() => table.stop());

const MONITORING: MonitoringPolicy = { minimumGroup: 5, groups: ['physics', 'chemistry'] };

interface Request {
  readonly member: string;
  readonly groups?: readonly string[];
  readonly model?: string;
  readonly tokens?: number;
  readonly at: string;
}

/** A workspace whose requests are counted. The clock is that of the last request. */
function workspace(id: string, store: MonthStore = months(id), monitoring: MonitoringPolicy = MONITORING) {
  let now = new Date();
  const use = new MonthlyUse(store, monitoring, () => now);
  const send = async ({ member, groups, model = 'fast', tokens = 10, at }: Request, written = at) => {
    now = new Date(written);
    const app = new Hono<GatewayEnv>();
    app.use(async (c, next) => {
      c.set('member', { id: member, role: 'member', ...(groups && { groups }) });
      c.set('time', new Date(at));
      c.set('log', { route: 'responses', tenant: id, model, tokens: { prompt: tokens, completion: 0, cached: 0 } });
      await next();
    });
    app.use(use.middleware);
    app.get('/', (c) => c.text('answered'));
    await app.request('/');
    await use.settled();
  };
  return { send };
}

const months = (id: string) => new DynamoDbMonths({ client: table.client, name: table.name }, id);

const released = (id: string) =>
  readReleased({ client: table.client, name: table.name }, id, '2026-10-01', '2027-01-31');

const people = (count: number, prefix = 'p') => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

test('a month is shown from the second day after it, in blocks of enough members', async () => {
  const { send } = workspace('whole');
  for (const member of people(6)) await send({ member, groups: ['physics'], at: '2026-11-10T08:00:00Z' });
  await send({ member: 'p0', groups: ['physics'], model: 'rare', tokens: 7, at: '2026-11-11T08:00:00Z' });
  for (const member of people(2, 'c')) await send({ member, groups: ['chemistry'], at: '2026-11-30T23:59:00Z' });
  await send({ member: 'n0', at: '2026-12-01T23:59:59Z' });
  expect(await released('whole')).toEqual([]);
  await send({ member: 'n0', at: '2026-12-02T00:00:00Z' });
  expect(await released('whole')).toEqual([
    {
      month: '2026-11',
      blocks: [
        { group: 'physics', model: 'fast', tokens: 87, cached: 0, cacheWrite: 0, withModels: true, withGroups: true },
      ],
    },
  ]);
});

test('a member counts in the group of their first request of a month, and is one member whatever they do', async () => {
  const { send } = workspace('fixed');
  for (const member of people(5)) await send({ member, groups: ['physics'], at: '2026-11-10T08:00:00Z' });
  await send({ member: 'p0', groups: ['chemistry'], model: 'other', at: '2026-11-11T08:00:00Z' });
  await send({ member: 'p0', at: '2026-11-12T08:00:00Z' });
  const groups = await months('fixed').groups('2026-11');
  expect(groups.map(({ group, members }) => [group, members])).toEqual([['physics', 5]]);
  const [physics] = groups;
  expect(physics?.models.get('fast')).toEqual({ tokens: 60, cached: 0, cacheWrite: 0, members: 5 });
  expect(physics?.models.get('other')).toEqual({ tokens: 10, cached: 0, cacheWrite: 0, members: 1 });
});

test('a member whose first request of a month names no group, as by a key, counts in none that month', async () => {
  const { send } = workspace('keyed');
  await send({ member: 'p0', at: '2026-11-10T08:00:00Z' });
  await send({ member: 'p0', groups: ['physics'], at: '2026-11-11T08:00:00Z' });
  const groups = await months('keyed').groups('2026-11');
  expect(groups.map(({ group, members }) => [group, members])).toEqual([[null, 1]]);
});

test('what is shown of a month never changes, not by later counts or another minimum', async () => {
  const { send } = workspace('once');
  for (const member of people(6)) await send({ member, at: '2026-11-10T08:00:00Z' });
  await send({ member: 'p0', at: '2026-12-02T00:00:00Z' });
  const before = await released('once');
  // An answer that began in the month and ended after it was shown.
  await send({ member: 'late', at: '2026-11-30T23:59:59Z' }, '2026-12-02T00:00:01Z');
  await workspace('once', months('once'), { minimumGroup: 7 }).send({ member: 'p1', at: '2026-12-03T00:00:00Z' });
  expect(await released('once')).toEqual(before);
  expect((await months('once').groups('2026-11')).map(({ members }) => members)).toEqual([6]);
});

test('of two processes that divide a month at once, the first decides', async () => {
  const block = { group: null, model: null, tokens: 50, cached: 0, cacheWrite: 0 };
  await months('race').release('2026-11', [block]);
  await months('race').release('2026-11', [{ ...block, tokens: 60 }]);
  expect(await released('race')).toEqual([{ month: '2026-11', blocks: [block] }]);
});

test('a month of too few members has no block, and says no more than that', async () => {
  const { send } = workspace('few');
  for (const member of people(4)) await send({ member, at: '2026-11-10T08:00:00Z' });
  await send({ member: 'p0', at: '2026-12-02T00:00:00Z' });
  expect(await released('few')).toEqual([{ month: '2026-11', blocks: [] }]);
});

test('a store that fails after it counted a member never counts them as two', async () => {
  const real = months('fails');
  let fails = true;
  const store: MonthStore = {
    addToMember: (...of) => real.addToMember(...of),
    addToGroup: async (...of) => {
      await real.addToGroup(...of);
      if (fails) throw new Error('the connection was lost');
    },
    groups: (...of) => real.groups(...of),
    isReleased: (...of) => real.isReleased(...of),
    release: (...of) => real.release(...of),
  };
  const { send } = workspace('fails', store);
  await send({ member: 'p0', at: '2026-11-10T08:00:00Z' });
  fails = false;
  await send({ member: 'p0', at: '2026-11-10T08:00:01Z' });
  expect((await real.groups('2026-11'))[0]?.members).toBe(1);
});

test('a count that could not be written waits for five minutes, so that none comes back after an erasure', async () => {
  const real = months('waits');
  let fails = true;
  const store = Object.assign(Object.create(real) as MonthStore, {
    addToMember: (...of: Parameters<MonthStore['addToMember']>) =>
      fails ? Promise.reject(new Error('the table is busy')) : real.addToMember(...of),
  });
  const { send } = workspace('waits', store);
  await send({ member: 'old', at: '2026-11-10T08:00:00Z' });
  await send({ member: 'new', at: '2026-11-10T08:04:00Z' });
  fails = false;
  await send({ member: 'third', at: '2026-11-10T08:06:00Z' });
  expect((await real.groups('2026-11'))[0]?.members).toBe(2);
  const row = (member: string) =>
    table.client.send(
      new GetItemCommand({
        TableName: table.name,
        Key: { pk: { S: 'counter#waits' }, sk: { S: `month#2026-11#${member}` } },
      }),
    );
  expect((await row('old')).Item).toBeUndefined();
});

test('rows of groups and of what is shown name no member, and all expire', async () => {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  const shared = Items.filter(({ sk }) => !sk?.S?.startsWith('month#'));
  expect(shared.length).toBeGreaterThan(5);
  for (const row of shared) expect(JSON.stringify(row)).not.toMatch(/"(p|c|n)\d|late|old|third/);
  for (const { expiresAt } of Items) expect(Number(expiresAt?.N)).toBeGreaterThan(Date.parse('2027-01-01') / 1_000);
});
