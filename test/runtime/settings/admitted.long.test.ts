import type { SettingsPolicy } from '@/lib/contract/policies/settings-policy';
import type { FactLayer } from '@/lib/facts/layers';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { FakeControlPlane } from './support/fake-control-plane';
import { CHECK, event, NOW, PROFILE, providerFor, REGIONS } from './support/settings-handler';

const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
});

const layer = (expires: string): FactLayer => ({
  origin: { kind: 'admitted', requestedBy: 'Grace Hopper', approvedBy: 'Ada Lovelace', reason: 'assistant', expires },
  profiles: [
    {
      id: PROFILE,
      kind: 'inference',
      prefix: 'eu',
      modelId: 'amazon.nova-lite-v1:0',
      routes: { 'eu-central-1': REGIONS },
      status: 'listed',
      source: 'bedrock:GetInferenceProfile',
      asOf: '2026-11-20',
      confidence: 'high',
    },
  ],
});
const policy = (expires = '2027-03-01'): SettingsPolicy =>
  parseSettingsPolicy(JSON.stringify({ ...CHECK, facts: [layer(expires)] }));

/** Runs the check hourly, and at a deployment. */
async function checked(regions: readonly string[], of = policy(), now = NOW) {
  fake.region('eu-central-1').profiles[PROFILE] = [...regions];
  const scheduled = providerFor(fake, of, { now: () => now });
  await scheduled.handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  const deployed = providerFor(fake, of, { now: () => now });
  await deployed.handler(event('Create'));
  const [line] = scheduled.lines as [Record<string, unknown>];
  return { line, answer: deployed.answers[0] };
}
const WORDS = 'admitted by Ada Lovelace for Grace Hopper until 2027-03-01: assistant';

test('the same answer is no finding', async () => {
  const { line, answer } = await checked(REGIONS);
  expect(line).toMatchObject({ admittedDiffer: 0, admittedExpired: 0, findings: [] });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
});

test.each<[string, string[], string, RegExp]>([
  [
    'gained a Region inside',
    [...REGIONS, 'eu-south-2'],
    'admitted-differs',
    /called from eu-central-1 has gained eu-south-2, according to Bedrock now/,
  ],
  ['lost a Region', REGIONS.slice(1), 'admitted-differs', /has lost eu-central-1, according/],
  [
    'gained and lost',
    [...REGIONS.slice(1), 'eu-south-2'],
    'admitted-differs',
    /has gained eu-south-2, and has lost eu-central-1, according/,
  ],
  [
    'gained a Region outside',
    [...REGIONS, 'us-east-1'],
    'destination-outside',
    /may now leave the boundary, to us-east-1, according/,
  ],
])('an admitted profile that has %s is an alarm, and refuses the deployment', async (_, regions, kind, text) => {
  const { line, answer } = await checked(regions);
  const [finding] = line.findings as { kind: string; text: string }[];
  expect(line.findings).toHaveLength(1);
  expect(finding?.kind).toBe(kind);
  expect(finding?.text).toMatch(text);
  expect(finding?.text).toContain(
    `(${WORDS}); admit it again with 'eu-residency facts admit ${PROFILE}', or remove it`,
  );
  expect(line).toMatchObject(kind === 'admitted-differs' ? { admittedDiffer: 1 } : { destinationsOutside: 1 });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(text) });
});

test('the same difference from a row of the package stays drift, which stops nothing', async () => {
  const { line, answer } = await checked([...REGIONS, 'eu-south-2'], CHECK);
  expect(line).toMatchObject({ destinationsDrifted: 1, admittedDiffer: 0 });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
});

test('an expired row is an alarm, and refuses the deployment', async () => {
  const { line, answer } = await checked(REGIONS, policy(), new Date('2027-03-01T00:00:00Z'));
  expect(line).toMatchObject({
    admittedExpired: 1,
    findings: [
      {
        kind: 'admitted-expired',
        region: 'eu-central-1',
        profile: PROFILE,
        text: expect.stringMatching(/^the row that admits 'eu\.amazon\.nova-lite-v1:0' has expired \(admitted by Ada/),
      },
    ],
  });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('has expired') });
  expect((await checked(REGIONS, policy(), new Date('2027-02-28T23:59:59Z'))).line).toMatchObject({
    admittedExpired: 0,
  });
});
