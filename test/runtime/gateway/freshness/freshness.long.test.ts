import fc from 'fast-check';
import { type RetentionCheck, retentionCheckKey } from '@/lib/boundary/retention-check';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { CachedReadings } from '@/lib/runtime/gateway/freshness/cached-readings';
import { type Readings, readReadings } from '@/lib/runtime/gateway/freshness/dynamodb-readings';
import { freshness } from '@/lib/runtime/gateway/freshness/freshness';
import { requireVerified } from '@/lib/runtime/gateway/freshness/require-verified';
import { admitPolicy, sourceRegions } from '@/lib/runtime/gateway/policy/admitted-policy';
import { ReadingsStore } from '@/lib/runtime/settings/readings-store';
import { LocalTable } from '@/test/support/local-table';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { FakeServer, TERMS } from '../support/fake-server';
import { chat, errorOf, gatewayFor, HELLO } from '../support/gateway';
import { CLAUDE, PROJECT, WORKSPACE } from '../support/policies';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const HOUR = 3_600_000;
const SERVING = admitPolicy(PROJECT);
const DESTINATIONS = SERVING.models.get('assistant') ?? [];
const REGIONS = [...new Set(DESTINATIONS.flatMap(({ regions, sourceRegion }) => [sourceRegion, ...regions]))].sort();
const CLAUDE_REGIONS = DESTINATIONS.find(({ id }) => id === CLAUDE)?.regions ?? [];
const endpoints = bedrockEndpoints(SERVING.boundary, sourceRegions(SERVING), {});

const regionReading = (region: string, over: object = {}): RetentionCheck =>
  ({ kind: 'region', region, mode: 'none', logging: false, readAt: NOW.toISOString(), ...over }) as RetentionCheck;
const profileReading = (over: object = {}): RetentionCheck =>
  ({
    kind: 'profile',
    sourceRegion: 'eu-central-1',
    id: CLAUDE,
    regions: CLAUDE_REGIONS,
    readAt: NOW.toISOString(),
    ...over,
  }) as RetentionCheck;
const keyed = (readings: readonly RetentionCheck[]): Readings =>
  new Map(readings.map((reading) => [retentionCheckKey(reading), reading]));
const ALL = [profileReading(), ...REGIONS.map((region) => regionReading(region))];

function gatewayWith(read: () => Promise<Readings>, now = () => NOW) {
  const { bedrock, calls } = scriptedBedrock(endpoints, () => ANSWER);
  const readings = new CachedReadings(read);
  const middleware = [requireVerified({ readings, maxAgeMs: 24 * HOUR })];
  return { ...gatewayFor(PROJECT, bedrock, { middleware, now }), calls };
}

test('a project is served by destinations with the retention mode none', async () => {
  const { gateway, calls } = gatewayWith(async () => keyed(ALL));
  expect((await gateway.fetch(chat(HELLO))).status).toBe(200);
  expect(calls.map(({ path }) => path)).toEqual([expect.stringContaining(CLAUDE)]);
});

test('the metrics have the age of the oldest result of a destination, and none without a result', async () => {
  const old = new Date(NOW.getTime() - 5 * HOUR).toISOString();
  const [first = '', ...others] = REGIONS;
  const aged = keyed([
    profileReading(),
    regionReading(first, { readAt: old }),
    ...others.map((code) => regionReading(code)),
  ]);
  // A Region that no destination of the project may reach.
  const unrelated = keyed([regionReading('eu-west-2', { readAt: old })]);
  for (const [readings, age] of [
    [aged, 5 * 3_600],
    [unrelated, undefined],
  ] as const) {
    const { gateway, operations } = gatewayWith(async () => readings);
    await gateway.fetch(chat(HELLO));
    expect(operations[0]?.checkAge).toBe(age);
  }
});

test('an unverified destination is skipped in favour of a verified one', async () => {
  const { gateway, calls } = gatewayWith(async () => keyed([regionReading('eu-north-1')]));
  const response = await gateway.fetch(chat(HELLO));
  expect(response.headers.get('x-residency-region')).toBe('eu-north-1');
  expect(calls).toHaveLength(1);
});

test('the refusal gives the reason and nothing is called without a verified destination', async () => {
  const inherit = keyed([profileReading(), ...REGIONS.map((region) => regionReading(region, { mode: 'inherit' }))]);
  const { gateway, calls, records } = gatewayWith(async () => inherit);
  const response = await gateway.fetch(chat(HELLO));
  expect(response.headers.get('retry-after')).toBe('60');
  expect(await errorOf(response)).toEqual({
    status: 503,
    code: 'residency_unverified',
    type: 'server_error',
    param: 'model',
    message:
      "model 'assistant' is not available now, because no recent check confirms that its destinations retain nothing: the retention mode of " +
      "eu-central-1 isn't 'none'; the retention mode of eu-north-1 isn't 'none'; the operator finds the cause in the log of the " +
      'destination check, and must enable each Region that the account has not enabled, or choose a destination that does not route to it',
  });
  expect(calls).toEqual([]);
  expect(records).toEqual([expect.objectContaining({ outcome: 'failed', reason: 'unverified' })]);
});

test('a project on its own servers is not refused because of Bedrock', async () => {
  const server = await new FakeServer().start();
  try {
    server.mock.onMessage(/.*/, { content: 'Bonjour' });
    const policy = server.policy('vpc');
    const readings = new CachedReadings(async () => new Map());
    const { gateway } = gatewayFor(policy, scriptedBedrock(endpoints, () => ANSWER).bedrock, {
      servers: server.servers(),
      middleware: [requireVerified({ readings, maxAgeMs: HOUR })],
    });
    expect((await gateway.fetch(chat(HELLO))).status).toBe(200);
    expect(server.calls).toHaveLength(1);
    // And it starts without any readings.
    expect(freshness(admitPolicy(policy), {}, {})).toEqual([]);
  } finally {
    await server.stop();
  }
});

test("a project on a provider's servers outside AWS is not refused because of Bedrock: its contract is decided on at start", async () => {
  const server = await new FakeServer().start();
  try {
    server.mock.onMessage(/.*/, { content: 'Bonjour' });
    const policy = server.policy('openai');
    const readings = new CachedReadings(async () => new Map());
    const { gateway } = gatewayFor(policy, scriptedBedrock(endpoints, () => ANSWER).bedrock, {
      servers: server.servers(),
      middleware: [requireVerified({ readings, maxAgeMs: HOUR })],
      now: () => NOW,
    });
    expect((await gateway.fetch(chat(HELLO))).status).toBe(200);
    expect(server.calls).toHaveLength(1);
    expect(freshness(admitPolicy(policy), {}, {})).toEqual([]);
    const uncontracted = server.policy('openai', { openai: { ...TERMS, zeroRetention: false } });
    expect(() => admitPolicy(uncontracted)).toThrow('zeroRetention');
  } finally {
    await server.stop();
  }
});

test('check results are read at most once a minute, even if the table does not answer', async () => {
  let now = NOW;
  let asked = 0;
  let answers = false;
  const read = async () => {
    asked += 1;
    if (!answers) throw new Error('no table');
    return keyed(ALL);
  };
  const { gateway } = gatewayWith(read, () => now);
  const status = async () => (await gateway.fetch(chat(HELLO))).status;
  expect(await Promise.all([status(), status(), status()])).toEqual([503, 503, 503]);
  expect(asked).toBe(1);
  answers = true;
  now = new Date(NOW.getTime() + 61_000);
  expect([await status(), await status()]).toEqual([200, 200]);
  expect(asked).toBe(2);
  answers = false;
  now = new Date(NOW.getTime() + 23 * HOUR);
  expect(await status()).toBe(200);
  now = new Date(NOW.getTime() + 25 * HOUR);
  expect(await status()).toBe(503);
  expect(asked).toBe(4);
});

test('the gateway reads the results that the check writes', async () => {
  const table = new LocalTable();
  await table.start();
  try {
    const store = new ReadingsStore(table.client, table.name);
    for (const reading of ALL) await store.put(reading);
    expect(await readReadings({ client: table.client, name: table.name })).toEqual(keyed(ALL));
  } finally {
    await table.stop();
  }
});

describe('a deployed gateway', () => {
  test('of projects does not start without check results', () => {
    for (const arn of [undefined, 't', 'arn:aws:dynamodb:eu-central-1:1:table/a/index/b', 'arn:aws:s3:::table']) {
      const environment = { READINGS_TABLE_ARN: arn };
      expect(() => freshness(SERVING, { maxReadingAgeHours: 24 }, environment)).toThrow("the gateway doesn't start");
    }
    const outside = { READINGS_TABLE_ARN: 'arn:aws:dynamodb:us-east-1:111122223333:table/t' };
    expect(() => freshness(SERVING, { maxReadingAgeHours: 24 }, outside)).toThrow("isn't inside the EU");
    const environment = { READINGS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/t' };
    expect(() => freshness(SERVING, {}, environment)).toThrow("'maxReadingAgeHours' must be set");
    expect(freshness(SERVING, { maxReadingAgeHours: 24 }, environment)).toHaveLength(1);
  });

  test('of a workspace follows its own setting', () => {
    expect(freshness(admitPolicy(WORKSPACE), {}, {})).toEqual([]);
  });
});

test('I5: whatever was read, no project is served from a Region not read as none within the age', async () => {
  const age = fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: 0, max: 23.9, noNaN: true }) },
    fc.double({ min: -48, max: 96, noNaN: true }),
  );
  const mode = fc.oneof(
    { weight: 6, arbitrary: fc.constant('none') },
    fc.constantFrom('inherit', 'default', 'None', ''),
  );
  const state = fc.record({
    age,
    mode,
    logging: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  });
  const gained = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.constantFrom(['eu-west-2'], ['us-east-1'], ['eu-south-2'], ['anywhere']),
  );
  const world = fc.record({
    states: fc.array(fc.option(state, { freq: 6 }), { minLength: REGIONS.length, maxLength: REGIONS.length }),
    gained,
    lastsHours: age,
  });
  const timeOf = (hours: number) => new Date(NOW.getTime() - hours * HOUR).toISOString();
  let served = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ states, gained: more, lastsHours }) => {
      const readings = REGIONS.flatMap((region, index) => {
        const one = states[index];
        return one == null
          ? []
          : [regionReading(region, { mode: one.mode, logging: one.logging, readAt: timeOf(one.age) })];
      });
      const leads = [...CLAUDE_REGIONS, ...more];
      const profile = profileReading({ regions: leads, readAt: timeOf(lastsHours) });
      const { gateway, calls } = gatewayWith(async () => keyed([profile, ...readings]));
      const response = await gateway.fetch(chat(HELLO));
      expect(response.status).toBe(calls.length === 0 ? 503 : 200);
      for (const call of calls) {
        served += 1;
        const destination = DESTINATIONS.find(({ id }) => call.path.includes(id));
        const reached =
          destination?.provider === 'bedrock' && destination.throughProfile
            ? [...destination.regions, ...more]
            : (destination?.regions ?? []);
        for (const region of [destination?.sourceRegion ?? '', ...reached]) {
          const one = states[REGIONS.indexOf(region)];
          expect(one).toMatchObject({ mode: 'none', logging: false });
          expect(one?.age).toBeLessThanOrEqual(24);
          expect(SERVING.boundary.containsRegion(region)).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(served).toBeGreaterThan(50);
});
