import type { SettingsPolicy } from '@/lib/contract/policies/settings-policy';
import type { FactLayer } from '@/lib/facts/layers';
import { FakeControlPlane } from './support/fake-control-plane';
import { CHECK, event, PROFILE, providerFor, REGIONS } from './support/settings-handler';

const MODEL = 'amazon.nova-lite-v1:0';
const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
  fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
});

type Lifecycle = Record<string, unknown> | 'missing';
const everywhere = (lifecycle: Lifecycle) => {
  for (const code of REGIONS) fake.region(code).lifecycles = { [MODEL]: lifecycle };
};
const inParis = (lifecycle: Lifecycle) => {
  fake.region('eu-west-3').lifecycles = { [MODEL]: lifecycle };
};

/** The findings of a scheduled check, and the answer at a deployment. */
async function checked(policy: SettingsPolicy = CHECK) {
  const scheduled = providerFor(fake, policy);
  await scheduled.handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  const deployed = providerFor(fake, policy);
  await deployed.handler(event('Create'));
  const [line] = scheduled.lines as [Record<string, unknown> & { findings: { kind: string; text: string }[] }];
  return { line, kinds: line.findings.map(({ kind }) => kind), status: deployed.answers[0]?.Status };
}

const withLife = (legacyFrom: string | null, endsAt: string | null): SettingsPolicy => ({
  ...CHECK,
  destinations: CHECK.destinations.map((one) => (one.id === PROFILE ? { ...one, life: { legacyFrom, endsAt } } : one)),
});
const day = (text: string) => `${text}T00:00:00Z`;

// NOW is 2026-11-24, so 120 days later is 2027-03-24.
// biome-ignore format: one row a line
const LIVES: [string, () => void, SettingsPolicy, string | undefined, string][] = [
  ['is active', () => everywhere({ status: 'ACTIVE', startOfLifeTime: day('2025-01-01') }), CHECK, undefined, ''],
  ['becomes legacy', () => everywhere({ status: 'LEGACY' }), CHECK, 'model-legacy', "'eu.amazon.nova-lite-v1:0') is closed to new customers according to Bedrock; before it ends, name a newer model"],
  ['becomes legacy, with its dates', () => everywhere({ status: 'LEGACY', legacyTime: day('2026-11-20'), endOfLifeTime: day('2027-05-20') }), CHECK, 'model-legacy', 'has been closed to new customers since 2026-11-20 and ends on 2027-05-20 according to Bedrock'],
  ['becomes legacy in one Region that may serve it', () => inParis({ status: 'LEGACY' }), CHECK, 'model-legacy', 'is closed to new customers according to Bedrock'],
  ['ends in 120 days', () => everywhere({ status: 'ACTIVE', endOfLifeTime: day('2027-03-24') }), CHECK, 'model-legacy', 'ends on 2027-03-24 according to Bedrock'],
  ['ends in 121 days', () => everywhere({ status: 'ACTIVE', endOfLifeTime: day('2027-03-25') }), CHECK, undefined, ''],
  ['ends soon by the facts alone', () => undefined, withLife(null, '2027-01-08'), 'model-legacy', 'ends on 2027-01-08 according to the facts'],
  ['ended today', () => everywhere({ status: 'LEGACY', endOfLifeTime: day('2026-11-24') }), CHECK, 'model-ended', "ended on 2026-11-24 according to Bedrock, so it can't answer"],
  ['ended in one Region of its profile', () => inParis({ status: 'LEGACY', endOfLifeTime: day('2026-11-01') }), CHECK, 'model-legacy', 'ended on 2026-11-01 in some Regions according to Bedrock, and is still served in others'],
  ['is missing from every Region', () => everywhere('missing'), CHECK, 'model-ended', 'no longer exists according to Bedrock'],
  ['is listed in some Regions only', () => inParis('missing'), CHECK, undefined, ''],
  ['ended by the facts, while Bedrock still lists it', () => undefined, withLife('2026-05-01', '2026-11-01'), 'model-ended', 'ended on 2026-11-01 according to the facts, so no gateway uses it'],
];

test.each(LIVES)('a model that %s', async (_, act, policy, kind, text) => {
  act();
  const { line, kinds, status } = await checked(policy);
  expect(kinds).toEqual(kind === undefined ? [] : [kind]);
  expect(line).toMatchObject({
    modelsLegacy: kind === 'model-legacy' ? 1 : 0,
    modelsEnded: kind === 'model-ended' ? 1 : 0,
    lifecyclesUnread: 0,
    checksFailed: 0,
  });
  expect(line.findings[0]?.text ?? '').toContain(text);
  // The end of a model moves no data, and the deployment that replaces it must not be stopped by it.
  expect(status).toBe('SUCCESS');
});

const failsIn = (codes: readonly string[], status: number, name: string) => {
  for (const code of codes) fake.region(code).error = { status, name, only: 'GetFoundationModel' };
};

test('one Region that answers is enough', async () => {
  failsIn(REGIONS.slice(1), 403, 'AccessDeniedException');
  everywhere({ status: 'LEGACY' });
  expect((await checked()).kinds).toEqual(['model-legacy']);
});

test('a life that no Region tells raises an alarm of its own, and doesn’t stop a deployment', async () => {
  failsIn(REGIONS, 403, 'AccessDeniedException');
  const { line, kinds, status } = await checked();
  expect(kinds).toEqual(['lifecycle-unread', 'lifecycle-unread']);
  expect(line).toMatchObject({ lifecyclesUnread: 2, checksFailed: 0 });
  expect(line.findings[0]?.text).toMatch(
    /^the life of '.+' can't be read, so its end may go unnoticed: GetFoundationModel is denied/,
  );
  expect(JSON.stringify(line)).not.toContain('CANARY');
  expect(status).toBe('SUCCESS');
});

test('an answer without a lifecycle is no word that the model is active', async () => {
  everywhere({});
  expect((await checked()).kinds).toEqual(['lifecycle-unread']);
});

test('a policy of an earlier version names no models, and asks for none', async () => {
  const { destinations } = CHECK;
  const { kinds } = await checked({ ...CHECK, destinations: destinations.map(({ modelId: _, ...rest }) => rest) });
  expect(kinds).toEqual([]);
  expect(fake.calls.filter(({ action }) => action === 'GetFoundationModel')).toEqual([]);
});

const admitted = (expires: string): FactLayer => ({
  origin: {
    kind: 'admitted',
    requestedBy: 'ada@example.eu',
    approvedBy: 'blaise@example.eu',
    reason: 'a pilot',
    expires,
  },
  profiles: [
    {
      id: PROFILE,
      kind: 'inference',
      prefix: 'eu',
      modelId: MODEL,
      routes: { 'eu-central-1': REGIONS },
      status: 'listed',
      source: 'bedrock',
      asOf: '2026-11-01',
      confidence: 'high',
    },
  ],
});

// biome-ignore format: one row a line
test.each<[string, string, string | undefined, string, string]>([
  ['expires in 15 days', '2026-12-09', undefined, '', 'SUCCESS'],
  ['expires in 14 days', '2026-12-08', 'admitted-expiring', "expires in 14 days (admitted by blaise@example.eu for ada@example.eu until 2026-12-08: a pilot), and no gateway serves it then; admit it again with 'eu-residency facts admit eu.amazon.nova-lite-v1:0'", 'SUCCESS'],
  ['expires tomorrow', '2026-11-25', 'admitted-expiring', 'expires in 1 day (admitted by', 'SUCCESS'],
  ['expires today', '2026-11-24', 'admitted-expired', 'has expired (admitted by blaise@example.eu for ada@example.eu until 2026-11-24: a pilot)', 'FAILED'],
  ['expired long ago', '2026-01-01', 'admitted-expired', 'until 2026-01-01', 'FAILED'],
])('an admitted row that %s', async (_, expires, kind, text, deployment) => {
  const { line, kinds, status } = await checked({ ...CHECK, facts: [admitted(expires)] });
  expect(kinds).toEqual(kind === undefined ? [] : [kind]);
  expect(line).toMatchObject({
    admittedExpiring: kind === 'admitted-expiring' ? 1 : 0,
    admittedExpired: kind === 'admitted-expired' ? 1 : 0,
  });
  expect(line.findings[0]?.text ?? '').toContain(text);
  expect(status).toBe(deployment);
});

test('a row of a facts release doesn’t expire here', async () => {
  const { profiles } = admitted('2026-01-01');
  const { kinds } = await checked({ ...CHECK, facts: [{ origin: { kind: 'release', version: 7 }, profiles }] });
  expect(kinds).toEqual([]);
});
