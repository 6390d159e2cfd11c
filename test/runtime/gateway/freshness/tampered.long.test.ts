import fc from 'fast-check';
import { decideHost } from '@/lib/boundary/host';
import { profileKey, regionKey } from '@/lib/boundary/retention-check';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import type { Table } from '@/lib/runtime/aws/table';
import { CachedReadings } from '@/lib/runtime/gateway/freshness/cached-readings';
import { readReadings } from '@/lib/runtime/gateway/freshness/dynamodb-readings';
import { requireVerified } from '@/lib/runtime/gateway/freshness/require-verified';
import { admitPolicy, sourceRegions } from '@/lib/runtime/gateway/policy/admitted-policy';
import { AWAY, asked, outcomes } from '../support/any-request';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { gatewayFor } from '../support/gateway';
import { CLAUDE, PROJECT } from '../support/policies';

jest.setTimeout(60_000);

const NOW = new Date('2026-11-24T09:00:00.000Z');
const HOUR = 3_600_000;
const SERVING = admitPolicy(PROJECT);
const DESTINATIONS = [...SERVING.models.values()].flat().filter(({ provider }) => provider === 'bedrock');
const REGIONS = [...new Set(DESTINATIONS.flatMap(({ regions, sourceRegion }) => [sourceRegion, ...regions]))].sort();
const LEADS = DESTINATIONS.find(({ id }) => id === CLAUDE)?.regions ?? [];
const endpoints = bedrockEndpoints(SERVING.boundary, sourceRegions(SERVING), {});

type Row = Record<string, unknown>;
/** The changes that a writer to the table may make to a row; the result proves nothing, or isn't a check result of that Region. */
type Change = (row: Row) => string;
const as =
  (over: Row): Change =>
  (row) =>
    JSON.stringify({ ...row, ...over });
const CHANGES: readonly Change[] = [
  as({ mode: 'inherit' }),
  as({ mode: 'NONE' }),
  as({ mode: ['none'] }),
  as({ mode: { toString: 'none' } }),
  as({ logging: true }),
  as({ logging: 'false' }),
  as({ logging: undefined }),
  as({ region: 'eu-west-2' }),
  as({ kind: 'profile' }),
  as({ readAt: new Date(NOW.getTime() - 25 * HOUR).toISOString() }),
  as({ readAt: new Date(NOW.getTime() + HOUR).toISOString() }),
  as({ readAt: '2026-11-24' }),
  as({ readAt: NOW.getTime() }),
  (row) => JSON.stringify([row]),
  (row) => JSON.stringify(row).slice(1),
  () => '',
  () => 'null',
];
const PROFILE_CHANGES: readonly Change[] = [
  as({ regions: [] }),
  as({ regions: 'eu-central-1' }),
  as({ regions: [...LEADS, 'eu-west-2'] }),
  as({ regions: [...LEADS, 'us-east-1'] }),
  as({ regions: [null] }),
  as({ sourceRegion: 'eu-north-1' }),
  as({ id: 'global.anthropic' }),
  as({ kind: 'region', region: 'eu-central-1', mode: 'none', logging: false }),
  as({ readAt: new Date(NOW.getTime() - 25 * HOUR).toISOString() }),
];

const state = (changes: readonly Change[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant<'good'>('good') }, fc.constant<'missing'>('missing'), {
    weight: 2,
    arbitrary: fc.constantFrom(...changes),
  });
const world = fc.record({
  regions: fc.tuple(...REGIONS.map(() => state(CHANGES))),
  profile: state(PROFILE_CHANGES),
});

/** A table that returns its rows, regardless of their writer. */
function tableOf(rows: readonly (readonly [string, string])[]): Table {
  const Items = rows.map(([sk, reading]) => ({ sk: { S: sk }, reading: { S: reading } }));
  return { client: { send: async () => ({ Items }) }, name: 'readings' } as unknown as Table;
}

const written = (row: Row, what: 'good' | Change) => (what === 'good' ? JSON.stringify(row) : what(row));

test('I1 with I5: whatever is asked, fails and was read, only what is inside and was read as keeping nothing is called', async () => {
  const readAt = new Date(NOW.getTime() - HOUR).toISOString();
  let called = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(asked, outcomes, world, async ({ request }, fails, { regions, profile }) => {
      const rows = REGIONS.flatMap((region, index): [string, string][] => {
        const what = regions[index] ?? 'missing';
        const row = { kind: 'region', region, mode: 'none', logging: false, readAt };
        return what === 'missing' ? [] : [[regionKey(region), written(row, what)]];
      });
      if (profile !== 'missing') {
        const row = { kind: 'profile', sourceRegion: 'eu-central-1', id: CLAUDE, regions: LEADS, readAt };
        rows.push([profileKey('eu-central-1', CLAUDE), written(row, profile)]);
      }
      const { bedrock, calls } = scriptedBedrock(endpoints, (_, attempt) => {
        const result = fails[attempt] ?? 200;
        if (typeof result === 'string') return Object.assign(new Error('failed'), { code: result });
        return result === 200 ? ANSWER : { status: result, body: `{"location":"${AWAY}"}` };
      });
      const readings = new CachedReadings(() => readReadings(tableOf(rows)));
      const middleware = [requireVerified({ readings, maxAgeMs: 24 * HOUR })];
      const { gateway, records } = gatewayFor(PROJECT, bedrock, { middleware, now: () => NOW });
      await (await gateway.fetch(request)).text();

      if (records[0]?.reason === 'unverified') refused += 1;
      for (const call of calls) {
        called += 1;
        expect(decideHost(SERVING.boundary, call.host).inside).toBe(true);
        const served = DESTINATIONS.filter(
          ({ id }) => call.path.includes(encodeURIComponent(id)) || call.path.includes(id),
        );
        expect(served.length).toBeGreaterThan(0);
        for (const destination of served) {
          for (const region of new Set([destination.sourceRegion, ...destination.regions])) {
            expect([region, regions[REGIONS.indexOf(region)]]).toEqual([region, 'good']);
          }
          if (destination.id === CLAUDE) expect(profile).toBe('good');
        }
      }
    }),
    { numRuns: 2_000 },
  );
  expect(called).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
