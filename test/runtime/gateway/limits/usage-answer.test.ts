import { policyPrices } from '@/lib/contract/policy-prices';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { errorOf } from '../support/gateway';
import { keyedGateway, TWO_PROJECTS } from '../support/keyed-gateway';
import { MemoryCounters } from '../support/memory-store';

const PRICES = policyPrices([
  { provider: 'bedrock', id: 'eu.anthropic.claude-sonnet-4-6', sourceRegion: 'eu-central-1' },
]);

function usageOf(fixture: ReturnType<typeof keyedGateway>) {
  return (key: string) =>
    fixture.gateway.fetch(
      new Request('https://gateway.test/v1/usage', { headers: { authorization: `Bearer ${key}` } }),
    ) as Promise<Response>;
}

test('a project without limits is told what it used, and when that starts again at 0', async () => {
  const counters = new MemoryCounters();
  counters.counts.set('helpdesk-bot tokens#2026-11-24', 20);
  counters.counts.set('helpdesk-bot month#2026-11', 120);
  counters.counts.set('search month#2026-11', 7);
  const fixture = keyedGateway({ counters });
  const response = await usageOf(fixture)((await fixture.make()).key);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    object: 'usage',
    data: [
      {
        owner: 'project',
        id: 'helpdesk-bot',
        day: { resets_at: '2026-11-25T00:00:00Z', tokens: { used: 20, cap: null } },
        month: { resets_at: '2026-12-01T00:00:00Z', tokens: { used: 120, cap: null }, usd: null },
      },
    ],
  });
  expect(fixture.records[0]).toMatchObject({ tenant: 'helpdesk-bot', outcome: 'answered' });
});

test('a key with a budget is told both its own and that of its project, also when they are used up', async () => {
  const counters = new MemoryCounters();
  const limits = { tokensPerDay: 50, tokensPerMonth: 100, usdPerMonth: 0.5 };
  const fixture = keyedGateway({ counters, policy: { ...TWO_PROJECTS(limits), prices: PRICES } });
  const { key, record } = newKey({
    kind: 'deployment',
    project: 'helpdesk-bot',
    created: fixture.now(),
    tokensPerMonth: 10,
    usdPerMonth: 0.25,
  });
  await fixture.store.add(record);
  counters.counts.set('helpdesk-bot month#2026-11', 100);
  counters.parts.set('helpdesk-bot month#2026-11', { nanoUsd: 123_456_789 });
  counters.counts.set(`helpdesk-bot keymonth#2026-11#${record.id}`, 10);
  const response = await usageOf(fixture)(key);
  const resets_at = '2026-12-01T00:00:00Z';
  expect(await response.json()).toEqual({
    object: 'usage',
    data: [
      {
        owner: 'key',
        id: record.id,
        day: null,
        month: { resets_at, tokens: { used: 10, cap: 10 }, usd: { used: 0, cap: 0.25 } },
      },
      {
        owner: 'project',
        id: 'helpdesk-bot',
        day: { resets_at: '2026-11-25T00:00:00Z', tokens: { used: 0, cap: 50 } },
        month: { resets_at, tokens: { used: 100, cap: 100 }, usd: { used: 0.123456789, cap: 0.5 } },
      },
    ],
  });
});

/** A key of a customer, whose project other customers use too. */
async function labelled(fixture: ReturnType<typeof keyedGateway>, label: string, over: object = {}) {
  const { key, record } = newKey({
    kind: 'deployment',
    project: 'helpdesk-bot',
    created: fixture.now(),
    label,
    ...over,
  });
  await fixture.store.add(record);
  return key;
}

/** What a project with two customers has counted. */
function twoCustomers(others: number) {
  const counters = new MemoryCounters();
  const count = (name: string, tokens: number, nanoUsd: number) => {
    counters.counts.set(`helpdesk-bot ${name}`, tokens);
    counters.parts.set(`helpdesk-bot ${name}`, { nanoUsd });
  };
  count('labels#2026-11-24#Stadt A', 7, 0);
  count('labelmonth#2026-11#Stadt A', 13, 123_000_000);
  count('tokens#2026-11-24', 7 + others, 0);
  count('month#2026-11', 13 + others, 123_000_000 + others * 1_000);
  return counters;
}

describe('a key with a label', () => {
  const limits = { tokensPerDay: 5_000, requestsPerMinute: 60, tokensPerMonth: 1_000, usdPerMonth: 9 };
  const policy = { ...TWO_PROJECTS(limits), prices: PRICES };
  const resets_at = '2026-12-01T00:00:00Z';

  test('is told what its label used, and of the project no figure', async () => {
    const fixture = keyedGateway({ counters: twoCustomers(200), policy });
    const response = await usageOf(fixture)(await labelled(fixture, 'Stadt A'));
    const shared = (cap: number) => ({ used: null, cap, state: 'open' });
    expect(await response.json()).toEqual({
      object: 'usage',
      data: [
        {
          owner: 'label',
          id: 'Stadt A',
          day: { resets_at: '2026-11-25T00:00:00Z', tokens: { used: 7, cap: null } },
          month: { resets_at, tokens: { used: 13, cap: null }, usd: { used: 0.123, cap: null } },
        },
        {
          owner: 'project',
          id: 'helpdesk-bot',
          day: { resets_at: '2026-11-25T00:00:00Z', tokens: shared(5_000) },
          month: { resets_at, tokens: shared(1_000), usd: shared(9) },
        },
      ],
    });
  });

  test('is told nothing of a project without limits, and of its own budget the figures', async () => {
    const fixture = keyedGateway({ counters: twoCustomers(200) });
    const key = await labelled(fixture, 'Stadt A', { tokensPerMonth: 50 });
    const { data } = (await (await usageOf(fixture)(key)).json()) as { data: { owner: string; month: object }[] };
    expect(data.map(({ owner }) => owner)).toEqual(['key', 'label']);
    expect(data[0]).toMatchObject({ month: { tokens: { used: 0, cap: 50 } } });
  });

  test.each([
    ['open', 200, 250],
    ['nearly used up', 880, 890],
  ])('gets the same answers whatever other customers used, while the budget is %s', async (_, one, other) => {
    const told = async (others: number) => {
      const fixture = keyedGateway({ counters: twoCustomers(others), policy });
      const key = await labelled(fixture, 'Stadt A');
      const response = await usageOf(fixture)(key);
      const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
      return JSON.stringify([headers, await response.text()]);
    };
    expect(await told(one)).toBe(await told(other));
    expect(await told(other)).not.toMatch(/\d%|remaining/);
    expect((await told(other)).includes('x-residency-budget')).toBe(other > 800);
  });
});

test('usage that can not be read is not reported as 0', async () => {
  const counters = new MemoryCounters();
  const fixture = keyedGateway({ counters });
  const { key } = await fixture.make();
  counters.failing = true;
  expect(await errorOf(await usageOf(fixture)(key))).toMatchObject({ status: 503, code: 'limits_unavailable' });
});

test('the path accepts no other method, and a request without a key is refused', async () => {
  const fixture = keyedGateway();
  const authorization = `Bearer ${(await fixture.make()).key}`;
  const post = await fixture.gateway.fetch(
    new Request('https://gateway.test/v1/usage', { method: 'POST', headers: { authorization } }),
  );
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect((await usageOf(fixture)('eur_none')).status).toBe(401);
});
