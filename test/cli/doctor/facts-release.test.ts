import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { withLayers } from '@/lib/boundary/facts-of';
import { factsRelease } from '@/lib/cli/aws/doctor/facts-release';
import type { Subject } from '@/lib/cli/aws/doctor/subject';
import type { FactLayer } from '@/lib/facts/layers';

const layer: FactLayer = {
  origin: { kind: 'release', version: 4 },
  release: {
    version: 4,
    digest: 'f'.repeat(64),
    checkedAt: '2026-12-01',
    nextCheck: '2027-01-30',
    expires: '2027-03-01',
  },
};

const examined = (day: string, ...layers: FactLayer[]) =>
  factsRelease({
    boundary: withLayers(ResidencyBoundary.eu(), layers),
    now: new Date(`${day}T12:00:00Z`),
  } as Subject);

test('without a release there is no line', async () => expect(await examined('2030-01-01')).toEqual([]));

// biome-ignore format: one row a line
test.each([
  ['2027-01-29', 'ok', 'version 4 of 2026-12-01; the next one is due on 2027-01-30'],
  ['2027-01-30', 'missing', 'version 4 of 2026-12-01, due for renewal since 2027-01-30'],
  ['2027-03-01', 'missing', 'version 4 of 2026-12-01, expired on 2027-03-01'],
])('on %s it is %s', async (day, state, found) => {
  expect(await examined(day, layer)).toMatchObject([{ check: 'facts release', state, found }]);
});
