import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { retentionCheckKey } from '@/lib/boundary/retention-check';
import { whyUnverified } from '@/lib/boundary/retention-verification';
import { CHECKS_NAMESPACE } from '@/lib/contract/metrics';
import type { SettingsPolicy } from '@/lib/contract/policies/settings-policy';
import { Facts } from '@/lib/facts/facts';
import type { FactLayer } from '@/lib/facts/layers';
import { profile } from '@/test/support/aged-facts';
import { FakeControlPlane } from './support/fake-control-plane';
import { CHECK, event, NOW, PROFILE, providerFor, REGIONS } from './support/settings-handler';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/OPERATIONS.md'), 'utf8');
const [, table = ''] = PAGE.split('### What a change at Bedrock causes');
/** The rows of the page by their change: finding, alarm, deployment and requests. */
const ROWS = new Map(
  table
    .split('\n')
    .filter((line) => line.startsWith('| a'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, change = '', finding = '', alarm = '', deployment = '', requests = '']) => [
      change,
      { finding: finding.replaceAll('`', ''), alarm: alarm.replaceAll('`', ''), deployment, requests },
    ]),
);

const MODEL = 'amazon.nova-lite-v1:0';
const DESTINATION = CHECK.destinations[0] as SettingsPolicy['destinations'][number];
const everywhere = (lifecycle: Record<string, unknown>) => {
  for (const code of REGIONS) fake.region(code).lifecycles = { [MODEL]: lifecycle };
};
const admitted = (expires: string): FactLayer => ({
  origin: { kind: 'admitted', requestedBy: 'ada', approvedBy: 'blaise', reason: 'a pilot', expires },
  profiles: [profile(PROFILE, REGIONS)],
});

const CHANGES: Readonly<Record<string, { act?: () => void; policy?: SettingsPolicy }>> = {
  'a profile gains a Region inside the boundary': {
    act: () => {
      fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-south-2'];
    },
  },
  'a profile gains a Region outside the boundary': {
    act: () => {
      fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-west-2'];
    },
  },
  'a model becomes legacy': { act: () => everywhere({ status: 'LEGACY' }) },
  'a model ends within 120 days': {
    act: () => everywhere({ status: 'ACTIVE', endOfLifeTime: '2027-01-01T00:00:00Z' }),
  },
  'a model has ended': { act: () => everywhere({ status: 'LEGACY', endOfLifeTime: '2026-11-01T00:00:00Z' }) },
  'an admitted row expires within 14 days': { policy: { ...CHECK, facts: [admitted('2026-12-01')] } },
  'an admitted row has expired': { policy: { ...CHECK, facts: [admitted('2026-11-20')] } },
};

const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
  fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
});

test('each change of the page is tested', () => expect([...ROWS.keys()]).toEqual(Object.keys(CHANGES)));

test.each(Object.entries(CHANGES))('the page says what happens if %s', async (change, { act, policy = CHECK }) => {
  act?.();
  const { handler, lines, answers, readings } = providerFor(fake, policy);
  await handler(event('Create'));
  const row = ROWS.get(change);
  const { findings, _aws, ...counts } = lines[0] as Record<string, unknown> & {
    findings: { kind: string }[];
    _aws: { CloudWatchMetrics: { Namespace: string; Metrics: { Name: string }[] }[] };
  };
  expect(findings.map(({ kind }) => kind)).toEqual([row?.finding]);
  expect(answers[0]?.Status).toBe(row?.deployment === 'is refused' ? 'FAILED' : 'SUCCESS');
  // The alarm is on the one metric that the finding raises.
  const [embedded] = _aws.CloudWatchMetrics;
  const raised = (embedded?.Metrics ?? [])
    .map(({ Name }) => Name)
    .filter((name) => name !== 'checksRun' && counts[name] === 1);
  expect([embedded?.Namespace, raised]).toEqual([CHECKS_NAMESPACE, [METRICS[row?.alarm ?? '']]]);
  expect(isServed(readings, policy)).toBe(!row?.requests.startsWith('refused'));
});

/** The metrics of the alarms; `test/constructs/checks` compares the alarms themselves. */
const METRICS: Readonly<Record<string, string>> = {
  none: 'destinationsDrifted',
  DestinationOutside: 'destinationsOutside',
  ModelLegacy: 'modelsLegacy',
  ModelEnded: 'modelsEnded',
  AdmittedExpiring: 'admittedExpiring',
  AdmittedExpired: 'admittedExpired',
};

/** Whether a project is served: by the facts in force, and by the check results that were stored. A model that has ended fails over. */
function isServed(readings: Parameters<typeof retentionCheckKey>[0][], { facts }: SettingsPolicy): boolean {
  const boundary = ResidencyBoundary.eu();
  const stored = new Map(readings.map((reading) => [retentionCheckKey(reading), reading]));
  const question = { boundary, destination: DESTINATION, now: NOW, maxAgeMs: 3_600_000 };
  const decided =
    facts === undefined || decideDestination(boundary._withFacts(EMPTY.with(...facts)), 'eu-central-1', PROFILE).inside;
  return decided && whyUnverified(question, stored) === undefined;
}

/** What no release of the facts knows, so that only the admitted row allows it. */
const EMPTY = new Facts(
  {
    profiles: [],
    onDemandModels: [],
    modelRetention: [],
    models: [],
    modelTraits: [],
    bedrockApis: [],
    hosts: [],
    providers: [],
  },
  [],
  () => NOW,
);
