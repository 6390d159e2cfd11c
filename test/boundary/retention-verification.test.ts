import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type RetentionCheck, retentionCheckKey } from '@/lib/boundary/retention-check';
import { oldestCheckMs, parseRetentionCheck, whyUnverified } from '@/lib/boundary/retention-verification';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const HOUR = 3_600_000;
const ID = 'eu.amazon.nova-lite-v1:0';
const at = (hoursAgo: number) => new Date(NOW.getTime() - hoursAgo * HOUR).toISOString();
const region = (code: string, over: object = {}): RetentionCheck =>
  ({ kind: 'region', region: code, mode: 'none', logging: false, readAt: at(1), ...over }) as RetentionCheck;
const profile = (regions: string[], over: object = {}): RetentionCheck =>
  ({ kind: 'profile', sourceRegion: 'eu-central-1', id: ID, regions, readAt: at(1), ...over }) as RetentionCheck;
const destination = {
  id: ID,
  sourceRegion: 'eu-central-1',
  throughProfile: true,
  regions: ['eu-central-1', 'eu-west-1'],
};
const GOOD = [profile(destination.regions), region('eu-central-1'), region('eu-west-1')];

function why(readings: readonly RetentionCheck[], over: object = {}) {
  return whyUnverified(
    {
      boundary: ResidencyBoundary.eu(),
      destination: { ...destination, ...over },
      now: NOW,
      maxAgeMs: 24 * HOUR,
    },
    new Map(readings.map((reading) => [retentionCheckKey(reading), reading])),
  );
}

test('recent checks with mode none are proof', () => expect(why(GOOD)).toBeUndefined());

test('a model in one Region needs no profile check', () => {
  const direct = { id: 'openai.gpt-oss-120b-1:0', throughProfile: false, regions: ['eu-central-1'] };
  expect(why([region('eu-central-1')], direct)).toBeUndefined();
});

// biome-ignore format: one row a line
test.each<[string, readonly RetentionCheck[], string]>([
  ['no check results', [], `the destinations of '${ID}' from eu-central-1 haven't been checked`],
  ['an outdated profile check', [profile(['eu-west-1'], { readAt: at(25) }), ...GOOD.slice(1)], 'were last checked at 2026-11-23T08:00:00.000Z'],
  ['an unchecked Region', GOOD.slice(0, 2), "the retention mode of eu-west-1 hasn't been checked"],
  ['a check of another Region', [...GOOD.slice(0, 2), region('eu-west-3')], "the retention mode of eu-west-1 hasn't been checked"],
  ['an outdated Region check', [...GOOD.slice(0, 2), region('eu-west-1', { readAt: at(24.1) })], 'the retention mode of eu-west-1 was last checked at'],
  ['a check in the future', [...GOOD.slice(0, 2), region('eu-west-1', { readAt: at(-1) })], 'the retention mode of eu-west-1 was last checked at'],
  ['inherit', [...GOOD.slice(0, 2), region('eu-west-1', { mode: 'inherit' })], "the retention mode of eu-west-1 isn't 'none'"],
  ['the source Region at default', [GOOD[0] as RetentionCheck, region('eu-central-1', { mode: 'default' }), region('eu-west-1')], "the retention mode of eu-central-1 isn't 'none'"],
  ['logging', [...GOOD.slice(0, 2), region('eu-west-1', { logging: true })], 'model invocation logging is on in eu-west-1'],
  ['a profile that gained London', [profile([...destination.regions, 'eu-west-2']), ...GOOD.slice(1)], `'${ID}' routes to eu-west-2, London (GB), outside the EU`],
  ['a profile that routes anywhere', [profile(['anywhere']), ...GOOD.slice(1)], `'${ID}' routes to anywhere`],
  ['a profile that gained an unchecked Region', [profile([...destination.regions, 'eu-north-1']), ...GOOD.slice(1)], "the retention mode of eu-north-1 hasn't been checked"],
])('%s is no proof', (_, readings, reason) => expect(why(readings)).toContain(reason));

test("the facts' Regions count even if Bedrock names fewer", () => {
  expect(why([profile(['eu-central-1']), region('eu-central-1')])).toBe(
    "the retention mode of eu-west-1 hasn't been checked",
  );
});

describe('a stored check result', () => {
  test.each(GOOD)('is parsed as it was written', (reading) => {
    expect(parseRetentionCheck(retentionCheckKey(reading), JSON.stringify(reading))).toEqual(reading);
  });

  // biome-ignore format: one row a line
  test.each<[string, string, unknown]>([
    ['of another Region', 'region#eu-west-1', region('eu-central-1')],
    ['of another kind', 'profile#eu-central-1#x', region('eu-central-1')],
    ['without mode', 'region#eu-west-1', { ...region('eu-west-1'), mode: undefined }],
    ['without logging', 'region#eu-west-1', { ...region('eu-west-1'), logging: 'no' }],
    ['without time', 'region#eu-west-1', region('eu-west-1', { readAt: undefined })],
    ['with a time of another form', 'region#eu-west-1', region('eu-west-1', { readAt: 'tomorrow' })],
    ['with no such time', 'region#eu-west-1', region('eu-west-1', { readAt: '2026-13-45T99:00:00.000Z' })],
    ['of no Regions', `profile#eu-central-1#${ID}`, profile([])],
    ['that is a list', 'region#eu-west-1', []],
    ['that is null', 'region#eu-west-1', null],
  ])('%s counts as missing', (_, key, value) => expect(parseRetentionCheck(key, JSON.stringify(value))).toBeUndefined());

  test("counts as missing if it isn't JSON", () =>
    expect(parseRetentionCheck('region#eu-west-1', '{')).toBeUndefined());
});

test.each<[string, Record<string, unknown>, string | undefined]>([
  ['as old as allowed', { readAt: at(24) }, undefined],
  ['older by a millisecond', { readAt: new Date(NOW.getTime() - 24 * HOUR - 1).toISOString() }, 'was last checked at'],
  ['ahead by five minutes', { readAt: at(-5 / 60) }, undefined],
  ['ahead by more', { readAt: new Date(NOW.getTime() + 300_001).toISOString() }, 'was last checked at'],
])('a check that is %s', (_, over, reason) => {
  const found = why([...GOOD.slice(0, 2), region('eu-west-1', over)]);
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(reason);
});

test('a check counts only as what it is of', () => {
  const checks = new Map(GOOD.map((check) => [retentionCheckKey(check), check]));
  const question = { boundary: ResidencyBoundary.eu(), destination, now: NOW, maxAgeMs: HOUR };
  const swapped = (key: string) =>
    new Map([...checks, [key, (key.startsWith('profile') ? GOOD[1] : GOOD[0]) as RetentionCheck]]);
  expect(whyUnverified(question, swapped(`profile#eu-central-1#${ID}`))).toMatch(
    /^the destinations of .* haven't been checked$/,
  );
  expect(whyUnverified(question, swapped('region#eu-west-1'))).toBe(
    "the retention mode of eu-west-1 hasn't been checked",
  );
});

test('the oldest check of a destination', () => {
  const ageOf = (checks: readonly RetentionCheck[], over: object = {}) =>
    oldestCheckMs(
      { destination: { ...destination, ...over }, now: NOW },
      new Map(checks.map((one) => [retentionCheckKey(one), one])),
    );
  expect(ageOf(GOOD)).toBe(HOUR);
  expect(ageOf([...GOOD, region('eu-west-1', { readAt: at(3) })])).toBe(3 * HOUR);
  expect(ageOf([profile(['eu-north-1'], { readAt: at(2) }), region('eu-north-1', { readAt: at(5) })])).toBe(5 * HOUR);
  expect(ageOf([profile([], { readAt: at(2) })])).toBe(2 * HOUR);
  expect(ageOf([profile([], { readAt: at(2) })], { throughProfile: false })).toBeUndefined();
  expect(ageOf([region('eu-west-3')])).toBeUndefined();
  expect(ageOf([region('eu-central-1', { readAt: at(-1) })])).toBe(0);
});

test.each<[string, object]>([
  ['a Region that is no text', { kind: 'region', region: 7 }],
  ['another kind', { kind: 'zone' }],
  ['no kind', { kind: undefined }],
  ['a source Region that is no text', { sourceRegion: 7 }],
  ['an id that is no text', { id: 7 }],
  ['Regions that are no list', { regions: 'eu-west-1' }],
  ['a Region in the list that is no text', { regions: ['eu-west-1', 7] }],
  ['a time that is no text', { readAt: 7 }],
  ['a day as its time', { readAt: '2026-11-24' }],
  ['a comment after its time', { readAt: `${at(1)} (UTC)` }],
  ['something before its time', { readAt: `x ${at(1)}` }],
  ['something after its time', { readAt: `${at(1)} x` }],
])('a stored profile with %s counts as missing', (_, over) => {
  const value = { ...profile(['eu-west-1']), ...over };
  const key = retentionCheckKey(value as RetentionCheck);
  expect(parseRetentionCheck(key, JSON.stringify(value))).toBeUndefined();
});
