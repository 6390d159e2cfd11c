import type { ProjectLimits } from '@/lib/contract/policies/gateway-policy';
import { policyPrices } from '@/lib/contract/policy-prices';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { chat, errorOf, HELLO } from '../support/gateway';
import { keyedGateway, TWO_PROJECTS } from '../support/keyed-gateway';
import { MemoryCounters } from '../support/memory-store';
import { CLAUDE } from '../support/policies';
import { ScriptedBedrock } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

/** 20 tokens, of which the last 10 are the answer's. */
const answers = (usage: object = { inputTokens: 10, outputTokens: 10 }) =>
  bedrock.replies(() => ({
    json: { output: { message: { content: [{ text: 'x' }] } }, stopReason: 'end_turn', usage },
  }));

/** One model with one destination that has a price. */
const PRICED = (limits: ProjectLimits) => ({
  ...TWO_PROJECTS(limits),
  models: [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: CLAUDE }] }],
  projects: ['helpdesk-bot', 'search'].map((id) => ({ id, models: ['assistant'], limits })),
  prices: policyPrices([{ provider: 'bedrock', id: CLAUDE, sourceRegion: 'eu-central-1' }]),
});

function budgeted(limits: ProjectLimits, counters = new MemoryCounters(), policy = PRICED(limits)) {
  answers();
  const fixture = keyedGateway({ upstream: bedrock.client(), counters, policy });
  const ask = async (key: string) => {
    const response = await fixture.gateway.fetch(chat(HELLO, { authorization: `Bearer ${key}` }));
    const body = response.clone();
    await response.text();
    await fixture.projectLimits.settled();
    return body;
  };
  return { ...fixture, counters, ask };
}

const MONTH = 'helpdesk-bot month#2026-11';

test('a budget warns from 80 % on and refuses at 100 %, until the next month in UTC', async () => {
  const { ask, make, clock, operations } = budgeted({ tokensPerMonth: 100 });
  const { key } = await make();
  const warnings: (string | null)[] = [];
  for (let n = 0; n < 5; n += 1) warnings.push((await ask(key)).headers.get('x-residency-budget'));
  expect(warnings).toEqual([
    ...[null, null, null, null],
    'project; unit=tokens; used=80%; cap=100; resets=2026-12-01T00:00:00Z',
  ]);
  const refused = await ask(key);
  expect(refused.headers.get('retry-after')).toBe(`${6 * 86_400 + 13 * 3_600 + 59 * 60 + 30}`);
  expect(refused.headers.get('x-should-retry')).toBe('false');
  expect(refused.headers.get('x-residency-budget')).toContain('used=100%');
  // An alarm can watch both.
  expect(operations.map(({ budgetWarnings = 0 }) => budgetWarnings)).toEqual([0, 0, 0, 0, 1, 1]);
  expect(operations.at(-1)).toMatchObject({ refusals: 1, reason: 'insufficient_quota', tenant: 'helpdesk-bot' });
  const sent = (name: string) =>
    operations
      .at(-1)
      ?._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.some(({ Name }) => Name === name) ? Dimensions.map((of) => `${Namespace} ${of}`) : [],
      );
  // As OPERATIONS.md names them.
  expect(sent('budgetWarnings')).toContain('EuResidency/Gateway tenant');
  expect(sent('refusals')).toContain('EuResidency/Gateway reason');
  expect(await errorOf(refused)).toEqual({
    status: 429,
    type: 'tokens',
    code: 'insufficient_quota',
    param: null,
    message: 'the project has used its 100 tokens for this month; it has more from 2026-12-01 (UTC)',
  });
  clock.time = Date.parse('2026-11-30T23:59:59.999Z');
  expect((await ask(key)).status).toBe(429);
  clock.time += 1;
  expect((await ask(key)).status).toBe(200);
});

test('a project that has used up its budget can still read', async () => {
  const { counters, make, withKey } = budgeted({ tokensPerMonth: 100 });
  counters.counts.set(MONTH, 100);
  expect((await withKey((await make()).key)).status).toBe(200);
});

test('an answer counts in the month of its request, and each project has its own', async () => {
  const { ask, make, clock, counters } = budgeted({});
  clock.time = Date.parse('2026-12-31T23:59:59Z');
  await ask((await make()).key);
  clock.time = Date.parse('2027-01-01T00:00:00Z');
  await ask((await make('search')).key);
  expect([...counters.counts].filter(([name]) => name.includes('month#'))).toEqual([
    ['helpdesk-bot month#2026-12', 20],
    ['search month#2027-01', 20],
  ]);
});

test('of concurrent requests at the cap, those that began below it are served, and no later one', async () => {
  const { ask, make, counters } = budgeted({ tokensPerMonth: 100 });
  const { key } = await make();
  counters.counts.set(MONTH, 99);
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => ask(key)))).map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(counters.counts.get(MONTH)).toBe(99 + 20 * statuses.filter((status) => status === 200).length);
  expect((await ask(key)).status).toBe(429);
});

test('a budget in US dollars counts each kind of tokens at its price, rounded up for each request', async () => {
  const { ask, make, counters } = budgeted({ usdPerMonth: 0.01 });
  const { key } = await make();
  answers({ inputTokens: 7, outputTokens: 10, cacheReadInputTokens: 2, cacheWriteInputTokens: 1 });
  await ask(key);
  // $3.30 in, $16.50 out, $0.33 from the cache and $4.125 to it for a million tokens: 7, 10, 2 and 1 of them.
  expect(counters.parts.get(MONTH)).toEqual({ nanoUsd: Math.ceil(7 * 3_300 + 10 * 16_500 + 2 * 330 + 4_125) });
  counters.parts.set(MONTH, { nanoUsd: 9_999_999 });
  expect((await ask(key)).status).toBe(200);
  const refused = await ask(key);
  expect(await errorOf(refused)).toMatchObject({
    code: 'insufficient_quota',
    message: 'the project has used its 0.01 US dollars for this month; it has more from 2026-12-01 (UTC)',
  });
});

test('a budget in US dollars refuses what it can not count', async () => {
  const { ask, make, withKey, records } = budgeted(
    { usdPerMonth: 1 },
    new MemoryCounters(),
    TWO_PROJECTS({ usdPerMonth: 1 }) as ReturnType<typeof PRICED>,
  );
  const { key } = await make();
  expect(await errorOf(await ask(key))).toMatchObject({ status: 403, code: 'budget_unpriced' });
  expect(records[0]).toMatchObject({ outcome: 'refused', reason: 'budget_unpriced' });
  expect((await withKey(key)).status).toBe(200);
});

test('a key has its own budget, and its use counts for its project too', async () => {
  const { ask, store, make, counters, now } = budgeted({});
  const capped = newKey({ kind: 'deployment', project: 'helpdesk-bot', created: now(), tokensPerMonth: 20 });
  await store.add(capped.record);
  expect((await ask(capped.key)).status).toBe(200);
  expect(await errorOf(await ask(capped.key))).toMatchObject({
    code: 'insufficient_quota',
    message: 'your key has used its 20 tokens for this month; it has more from 2026-12-01 (UTC)',
  });
  expect((await ask((await make()).key)).status).toBe(200);
  expect(counters.counts.get(MONTH)).toBe(40);
  expect(counters.counts.get(`helpdesk-bot keymonth#2026-11#${capped.record.id}`)).toBe(20);
});

test('the tokens of a label are counted apart, and those of a label of version 0.1.0 are not', async () => {
  const { ask, store, counters, now } = budgeted({});
  const labelled = newKey({ kind: 'deployment', project: 'helpdesk-bot', created: now(), label: 'Stadt #1|a' });
  const { countsLabel: _, ...old } = newKey({
    kind: 'deployment',
    project: 'search',
    created: now(),
    label: 'Server',
  }).record;
  await store.add(labelled.record);
  await ask(labelled.key);
  await ask(labelled.key);
  expect(counters.counts.get('helpdesk-bot labels#2026-11-24#Stadt #1|a')).toBe(40);
  expect(counters.parts.get('helpdesk-bot labels#2026-11-24#Stadt #1|a')).toMatchObject({
    'tokens#assistant': 40,
    [`input|eu-central-1|assistant|${CLAUDE}`]: 20,
    [`output|eu-central-1|assistant|${CLAUDE}`]: 20,
  });
  expect(counters.counts.get('helpdesk-bot labelmonth#2026-11#Stadt #1|a')).toBe(40);
  // No row could have it as its name.
  const long = newKey({ kind: 'deployment', project: 'search', created: now(), label: 'x'.repeat(2_000) });
  await store.add(long.record);
  expect((await ask(long.key)).status).toBe(200);
  const other = newKey({ kind: 'deployment', project: 'search', created: now(), label: 'Server' });
  await store.add({ ...old, id: other.record.id, salt: other.record.salt, hash: other.record.hash });
  expect((await ask(other.key)).status).toBe(200);
  expect([...counters.counts.keys()].filter((name) => name.startsWith('search label'))).toEqual([]);
});

test('nothing is served while a budget can not be read, and what could not be counted is counted later', async () => {
  const counters = new MemoryCounters();
  const { ask, make } = budgeted({ usdPerMonth: 1 }, counters);
  const { key } = await make();
  const read = jest.spyOn(counters, 'readAll').mockRejectedValueOnce(new Error('STORE-CANARY'));
  expect(await errorOf(await ask(key))).toMatchObject({ status: 503, code: 'limits_unavailable' });
  read.mockRestore();
  const add = jest.spyOn(counters, 'add').mockRejectedValue(new Error('STORE-CANARY'));
  expect((await ask(key)).status).toBe(200);
  expect(counters.parts.get(MONTH)).toBeUndefined();
  add.mockRestore();
  await ask(key);
  expect(counters.counts.get(MONTH)).toBe(40);
  expect(counters.parts.get(MONTH)).toEqual({ nanoUsd: 2 * 198_000 });
});

test('the largest budget and counts beyond what numbers hold exactly are compared', async () => {
  const { ask, make, counters } = budgeted({ usdPerMonth: 1_000_000, tokensPerMonth: 1_000_000_000_000 });
  const { key } = await make();
  counters.counts.set(MONTH, 999_999_999_999);
  counters.parts.set(MONTH, { nanoUsd: 999_999_999_999_999 });
  expect((await ask(key)).status).toBe(200);
  counters.counts.set(MONTH, 0);
  counters.parts.set(MONTH, { nanoUsd: Number.MAX_SAFE_INTEGER * 8 });
  const refused = await ask(key);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-residency-budget')).toContain('unit=usd; used=999%; cap=1000000;');
});
