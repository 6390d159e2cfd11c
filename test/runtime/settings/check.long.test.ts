import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { compare } from '@/lib/runtime/settings/check';
import { FakeControlPlane } from './support/fake-control-plane';
import { CHECK, event, NOW, PROFILE, providerFor, REGIONS } from './support/settings-handler';

const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
  fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
});

const CALM = {
  retentionDrift: 0,
  loggingOn: 0,
  destinationsOutside: 0,
  destinationsDrifted: 0,
  admittedDiffer: 0,
  admittedExpired: 0,
  regionsUnusable: 0,
  modelsLegacy: 0,
  modelsEnded: 0,
  lifecyclesUnread: 0,
  admittedExpiring: 0,
  checksFailed: 0,
  factsOld: 0,
};

/** Runs the check as the schedule does, and as a deployment does. */
async function checked() {
  const scheduled = providerFor(fake, CHECK);
  await scheduled.handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  const deployed = providerFor(fake, CHECK);
  await deployed.handler(event('Create'));
  const [line] = scheduled.lines as [Record<string, unknown>];
  return { line, readings: scheduled.readings, answer: deployed.answers[0], answered: scheduled.answers };
}

test('a check reads and stores every setting, without findings', async () => {
  const { line, readings, answer, answered } = await checked();
  expect(line).toMatchObject({ ...CALM, checksRun: 1, function: 'exemple-check', findings: [] });
  expect(answered).toEqual([]);
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Drift: 'none', Unusable: 'none' } });
  expect(readings).toHaveLength(REGIONS.length + 1);
  expect(readings).toContainEqual({
    kind: 'region',
    region: 'eu-west-3',
    mode: 'none',
    logging: false,
    readAt: NOW.toISOString(),
  });
  expect(readings).toContainEqual({
    kind: 'profile',
    sourceRegion: 'eu-central-1',
    id: PROFILE,
    regions: REGIONS,
    readAt: NOW.toISOString(),
  });
});

test('a check changes nothing', async () => {
  fake.region('eu-west-1').mode = 'default';
  await checked();
  expect(fake.calls.filter(({ action }) => !action.startsWith('Get'))).toEqual([]);
});

// biome-ignore format: one row a line
const WRONG: [string, () => void, Partial<typeof CALM>, string][] = [
  ['a mode that drifted', () => { fake.region('eu-west-1').mode = 'inherit'; }, { retentionDrift: 1 }, "the retention mode of Bedrock isn't 'none' in eu-west-1"],
  ['logging that was switched on', () => { fake.region('eu-west-1').logging = { s3Config: { bucketName: 'b' } }; }, { loggingOn: 1 }, 'model invocation logging is on in eu-west-1'],
  ['a profile that gained London', () => { fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-west-2']; }, { destinationsOutside: 1 }, `'${PROFILE}' called from eu-central-1 may be processed in eu-west-2, London (GB), outside the EU`],
  ['a profile that gained Zurich', () => { fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-central-2']; }, { destinationsOutside: 1 }, 'may be processed in eu-central-2, Zurich (CH), outside the EU'],
  ['a profile that gained Virginia', () => { fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'us-east-1']; }, { destinationsOutside: 1 }, 'may be processed in us-east-1'],
  ['a profile that routes to an unknown Region', () => { fake.region('eu-central-1').profiles[PROFILE] = ['eu-central-9']; }, { destinationsOutside: 1 }, 'may be processed in eu-central-9, an unknown place'],
  ['a profile that leads anywhere', () => { fake.region('eu-central-1').profiles[PROFILE] = ['']; }, { destinationsOutside: 1 }, 'may be processed in any Region, outside the EU'],
  ['a profile that leads nowhere that is named', () => { fake.region('eu-central-1').profiles[PROFILE] = []; }, { destinationsOutside: 1 }, 'may be processed in any Region, outside the EU'],
  ['a profile that is unknown', () => { fake.region('eu-central-1').profiles = {}; }, { checksFailed: 1 }, `'${PROFILE}': eu-central-1 no longer has this inference profile`],
  ['a Region that denies', () => { fake.region('eu-west-1').error = { status: 403, name: 'AccessDeniedException' }; }, { checksFailed: 1 }, 'is denied in eu-west-1'],
  ['a Region that fails', () => { fake.region('eu-west-1').error = { status: 500, name: 'InternalServerException' }; }, { checksFailed: 1 }, 'failed in eu-west-1'],
];

test.each(WRONG)('%s stops a deployment, and is counted and named by the schedule', async (_, act, counts, text) => {
  act();
  const { line, answer } = await checked();
  expect(line).toMatchObject({ ...CALM, ...counts });
  expect(JSON.stringify(line.findings)).toContain(text);
  expect(answer?.Status).toBe('FAILED');
  expect(answer?.Reason).toContain(text);
  expect(JSON.stringify([line, answer])).not.toContain('CANARY');
});

// biome-ignore format: one row a line
const INSIDE: [string, readonly string[], string][] = [
  ['gained a Region inside', [...REGIONS, 'eu-south-2'], `'${PROFILE}' called from eu-central-1 has gained eu-south-2, Aragón (ES)`],
  ['lost one', REGIONS.slice(1), 'has lost eu-central-1, Frankfurt (DE)'],
];

test.each(INSIDE)('a profile that has %s is drift, and doesn’t stop a deployment', async (_, regions, text) => {
  fake.region('eu-central-1').profiles[PROFILE] = regions;
  const { line, answer } = await checked();
  expect(line).toMatchObject({ ...CALM, destinationsDrifted: 1 });
  expect(answer?.Status).toBe('SUCCESS');
  expect(answer?.Data?.Drift).toContain(text.slice(0, 60));
});

test('an opt-in Region that is not enabled doesn’t stop a deployment, and its last check result grows old', async () => {
  fake.region('eu-south-1').error = { status: 403, name: 'UnrecognizedClientException' };
  const { line, answer, readings } = await checked();
  expect(line).toMatchObject({ ...CALM, regionsUnusable: 1 });
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Unusable: expect.stringContaining('enable eu-south-1') } });
  expect(readings.map((reading) => reading.kind === 'region' && reading.region)).not.toContain('eu-south-1');
});

test('a check result that can’t be stored is a failed check', async () => {
  const { handler, lines, answers } = providerFor(fake, CHECK, {
    storeReading: async () => {
      throw Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' });
    },
  });
  await handler(event('Create'));
  expect(lines[0]).toMatchObject({ checksFailed: REGIONS.length + 1 });
  expect(answers[0]?.Reason).toContain("the check result of eu-central-1 couldn't be stored (AccessDeniedException)");
  expect(JSON.stringify([lines, answers])).not.toContain('CANARY');
});

const denied = (only: string) => ({ status: 403, name: 'AccessDeniedException', only });

test.each<[string, () => void, Record<string, number>, object]>([
  [
    'a mode that is not none, while logging can not be read',
    () => {
      fake.region('eu-west-1').mode = 'inherit';
      fake.region('eu-west-1').error = denied('GetModelInvocationLoggingConfiguration');
    },
    { retentionDrift: 1, checksFailed: 1 },
    { region: 'eu-west-1', mode: 'inherit', logging: false },
  ],
  [
    'logging that is on, while the mode can not be read',
    () => {
      fake.region('eu-west-1').logging = { s3Config: { bucketName: 'foreign' } };
      fake.region('eu-west-1').error = denied('GetAccountDataRetention');
    },
    { loggingOn: 1, checksFailed: 1 },
    { region: 'eu-west-1', mode: 'unread', logging: true },
  ],
])('%s, is counted and stored, so that the gateways stop at once', async (_, act, counts, row) => {
  act();
  const { line, readings } = await checked();
  expect(line).toMatchObject({ ...CALM, ...counts });
  expect(readings).toContainEqual(expect.objectContaining(row));
});

test('one good setting alone proves nothing, and isn’t stored', async () => {
  fake.region('eu-west-1').error = denied('GetModelInvocationLoggingConfiguration');
  const { readings } = await checked();
  expect(readings.map((reading) => reading.kind === 'region' && reading.region)).not.toContain('eu-west-1');
});

test('findings count even if the check result can’t be stored', async () => {
  fake.region('eu-west-1').mode = 'inherit';
  const { handler, lines } = providerFor(fake, CHECK, {
    storeReading: async () => {
      throw Object.assign(new Error('full'), { name: 'ThrottlingException' });
    },
  });
  await handler(event('Create'));
  expect(lines[0]).toMatchObject({ retentionDrift: 1, checksFailed: REGIONS.length + 1 });
});

test('a bad mode is also stored, so that the gateways stop at once', async () => {
  fake.region('eu-west-1').mode = 'inherit';
  const { readings } = await checked();
  expect(readings).toContainEqual(expect.objectContaining({ region: 'eu-west-1', mode: 'inherit' }));
});

test('the log line is in CloudWatch’s embedded metric format', async () => {
  const { line } = await checked();
  expect(line._aws).toEqual({
    Timestamp: NOW.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: 'EuResidency/Checks',
        Dimensions: [['function']],
        Metrics: ['checksRun', ...Object.keys(CALM)].map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  });
});

test('equal Regions are no difference', () => {
  const [profile] = CHECK.destinations as [(typeof CHECK.destinations)[0]];
  expect(compare(ResidencyBoundary.eu(), profile, REGIONS)).toBeUndefined();
});
