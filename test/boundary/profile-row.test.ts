import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { profileDifference } from '@/lib/boundary/profile-difference';
import { type ProfileRow, profileAsOf, rowOf, withFurtherRegions } from '@/lib/boundary/profile-row';
import { destinationsOf } from '@/lib/boundary/routes';
import { PACKAGED } from '@/lib/facts/packaged';
import type { ProfileFact } from '@/lib/facts/types';

const EU = ResidencyBoundary.eu();
const PROFILE = 'eu.amazon.nova-lite-v1:0';
const FACT = PACKAGED.profile(PROFILE) as ProfileFact;
const REGIONS = destinationsOf(FACT, 'eu-central-1') as readonly string[];
const decide = (boundary: ResidencyBoundary, named: readonly string[], id = PROFILE) =>
  withFurtherRegions(boundary, decideDestination(boundary, 'eu-central-1', id), named);

test.each([[[]], [['eu-west-1']], [REGIONS]])('%j changes nothing', (named) => {
  expect(decide(EU, named)).toEqual(decideDestination(EU, 'eu-central-1', PROFILE));
});

test("a further Region inside the boundary is added to the facts' Regions, sorted", () => {
  expect(decide(EU, ['eu-south-2', 'eu-south-2'])).toMatchObject({
    inside: true,
    destination: { regions: [...REGIONS, 'eu-south-2'].sort(), furtherRegions: ['eu-south-2'] },
  });
});

test.each(['eu-west-2', 'us-east-1', 'xx-nowhere-1', 'anywhere'])('%s refuses the destination', (code) => {
  expect(decide(EU, ['eu-south-2', code])).toMatchObject({
    inside: false,
    reason: 'routes-outside',
    detail: expect.stringContaining(`may be processed in ${code}, `),
  });
});

test.each([
  ['a profile that the facts refuse', 'global.amazon.nova-2-lite-v1:0'],
  ['a profile of which no list is known', 'eu.anthropic.claude-opus-5'],
])('%s stays refused, whatever the provider named', (_, id) => {
  expect(decide(EU, ['eu-central-1'], id)).toEqual(decideDestination(EU, 'eu-central-1', id));
  expect(decide(EU, ['eu-central-1'], id).inside).toBe(false);
});

test('a model called without a profile runs in the called Region', () => {
  const direct = decide(EU, ['us-east-1'], 'openai.gpt-oss-120b-1:0');
  expect(direct).toMatchObject({ inside: true, destination: { regions: ['eu-central-1'] } });
});

test('a difference lists the Regions outside, the new Regions inside and the missing Regions', () => {
  expect(
    profileDifference(
      EU,
      ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
      ['us-east-1', 'eu-west-2', 'eu-west-1', 'eu-north-1'],
    ),
  ).toEqual({ outside: ['eu-west-2', 'us-east-1'], gained: ['eu-north-1'], lost: ['eu-central-1', 'eu-west-3'] });
});

const row = (over: Partial<ProfileRow> = {}): ProfileRow => ({
  id: PROFILE,
  sourceRegion: 'eu-central-1',
  regions: REGIONS,
  source: 'bedrock:GetInferenceProfile',
  asOf: '2026-11-27',
  confidence: 'high',
  ...over,
});

test.each<[string, ProfileRow | undefined, string]>([
  ['none', undefined, FACT.asOf],
  ['the same, later', row(), '2026-11-27'],
  ['the same, in another order', row({ regions: [...REGIONS].reverse() }), '2026-11-27'],
  ['the same, earlier', row({ asOf: '2025-01-01' }), FACT.asOf],
  ['the same, tomorrow', row({ asOf: '2026-11-29' }), FACT.asOf],
  ['the same, of low confidence', row({ confidence: 'low' }), FACT.asOf],
  ['fewer', row({ regions: ['eu-central-1'] }), FACT.asOf],
  ['more', row({ regions: [...REGIONS, 'eu-south-1'] }), FACT.asOf],
])('a row with %s determines the date of the knowledge about a profile', (_, given, asOf) => {
  expect(profileAsOf(FACT, given, new Date('2026-11-28T00:00:00Z'))).toBe(asOf);
});

test('the row of a profile is that of its source Region', () => {
  const [one, other] = [row(), row({ sourceRegion: 'eu-west-1' })];
  expect(rowOf([one, other], PROFILE, 'eu-west-1')).toBe(other);
  expect([rowOf([one], PROFILE, 'eu-west-1'), rowOf([one], 'x', 'eu-central-1')]).toEqual([undefined, undefined]);
});
