import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { Facts } from '@/lib/facts/facts';
import type { FactLayer, FactOrigin, FactTables } from '@/lib/facts/layers';
import type { ModelFact, ModelRetentionFact, OnDemandModelFact } from '@/lib/facts/model-facts';
import { areLayers, wrongTables } from '@/lib/facts/row-forms';
import type { ProfileFact, Sourced } from '@/lib/facts/types';

const ID = 'eu.acme.model-1';
const MODEL = 'acme.model-1';
const FRANKFURT = 'eu-central-1';
const sourced = (over: Partial<Sourced> = {}): Sourced => ({
  source: 'test',
  asOf: '2026-11-01',
  confidence: 'high',
  ...over,
});
const profile = (regions: readonly string[], over: Partial<ProfileFact> = {}): ProfileFact => ({
  id: ID,
  kind: 'inference',
  prefix: 'eu',
  modelId: MODEL,
  routes: { [FRANKFURT]: regions },
  status: 'listed',
  ...sourced(),
  ...over,
});
const served = (regions: readonly string[], over: Partial<OnDemandModelFact> = {}): OnDemandModelFact => ({
  modelId: MODEL,
  kind: 'text',
  regions,
  ...sourced(),
  ...over,
});
const keeps = (days: number | null, over: Partial<ModelRetentionFact> = {}): ModelRetentionFact => ({
  modelId: MODEL,
  underNone: 'served',
  days,
  keeper: null,
  what: 'prompts',
  ...sourced(),
  ...over,
});
const NONE: FactTables = {
  profiles: [],
  onDemandModels: [],
  modelRetention: [],
  models: [],
  modelTraits: [],
  bedrockApis: [],
  hosts: [],
  providers: [],
};
const RELEASE: FactOrigin = { kind: 'release', version: 7 };
const admitted = (expires = '2027-03-01'): FactOrigin => ({
  kind: 'admitted',
  requestedBy: 'Grace Hopper',
  approvedBy: 'Ada Lovelace',
  reason: 'assistant',
  expires,
});
const TODAY = '2026-11-30';
const facts = (packaged: Partial<FactTables>, layers: readonly FactLayer[] = [], today = TODAY) =>
  new Facts({ ...NONE, ...packaged }, layers, () => new Date(`${today}T12:00:00Z`));
const decided = (of: Facts, id = ID, from = FRANKFURT) =>
  decideDestination(ResidencyBoundary.eu()._withFacts(of), from, id);

describe('of the rows of a key', () => {
  test.each<[string, Facts, string[]]>([
    ['the package alone counts', facts({ profiles: [profile(['eu-west-1'])] }), ['eu-west-1']],
    [
      'a newer row of a layer replaces an older one',
      facts({ profiles: [profile(['eu-west-1'])] }, [
        { origin: RELEASE, profiles: [profile(['eu-west-3'], { asOf: '2026-11-20' })] },
      ]),
      ['eu-west-3'],
    ],
    [
      'an older row of a layer does not replace the package',
      facts({ profiles: [profile(['eu-west-1'])] }, [
        { origin: RELEASE, profiles: [profile(['eu-west-3'], { asOf: '2026-10-20' })] },
      ]),
      ['eu-west-1'],
    ],
    [
      'of the same day, the later layer counts',
      facts({ profiles: [profile(['eu-west-1'])] }, [
        { origin: RELEASE, profiles: [profile(['eu-west-3'])] },
        { origin: admitted(), profiles: [profile(['eu-north-1'])] },
      ]),
      ['eu-north-1'],
    ],
    [
      'a newer row of low confidence replaces nothing',
      facts({ profiles: [profile(['eu-west-1'])] }, [
        { origin: RELEASE, profiles: [profile(['eu-west-3'], { asOf: '2026-11-20', confidence: 'low' })] },
      ]),
      ['eu-west-1'],
    ],
    [
      'a month counts as its last day',
      facts({ profiles: [profile(['eu-west-1'], { asOf: '2026-11' })] }, [
        { origin: RELEASE, profiles: [profile(['eu-west-3'], { asOf: '2026-11-20' })] },
      ]),
      ['eu-west-1'],
    ],
  ])('%s', (_, of, regions) => {
    expect(decided(of)).toMatchObject({ inside: true, destination: { regions } });
  });

  test('only a row of low confidence allows nothing', () => {
    const of = facts({}, [{ origin: admitted(), profiles: [profile(['eu-west-1'], { confidence: 'low' })] }]);
    expect(decided(of)).toMatchObject({ inside: false, reason: 'unreliable' });
  });
});

describe('a definite refusal wins in every layer', () => {
  test.each([
    [
      'an older row of the package',
      [profile([FRANKFURT, 'us-east-1'])],
      [profile([FRANKFURT], { asOf: '2026-11-20' })],
    ],
    ['a newer row of a layer', [profile([FRANKFURT])], [profile([FRANKFURT, 'eu-west-2'], { asOf: '2026-11-20' })]],
    ['an older row of a layer', [profile([FRANKFURT])], [profile([FRANKFURT, 'eu-west-2'], { asOf: '2026-10-01' })]],
  ])('%s that routes outside', (_, profiles, above) => {
    for (const origin of [RELEASE, admitted()]) {
      expect(decided(facts({ profiles }, [{ origin, profiles: above }]))).toMatchObject({ reason: 'routes-outside' });
    }
  });

  test.each<[string, Partial<ModelRetentionFact>]>([
    ['days', { days: 30 }],
    ['a refusal to serve without retention', { underNone: 'blocked', days: null }],
  ])('%s in the package, though a newer row says that nothing is retained', (_, over) => {
    const above = [{ origin: admitted(), modelRetention: [keeps(0, { asOf: '2026-11-20' })] }];
    const of = facts({ modelRetention: [keeps(null, over)] }, above);
    expect(mayServeWithoutRetention(of, MODEL)).toMatchObject({ inside: false, reason: 'keeps-content' });
  });

  test('an unreliable refusal does not', () => {
    const above = [{ origin: admitted(), modelRetention: [keeps(0)] }];
    const of = facts({ modelRetention: [keeps(30, { confidence: 'low' })] }, above);
    expect(mayServeWithoutRetention(of, MODEL).inside).toBe(true);
  });
});

test('a model that retains something in another mode serves nothing that must not be retained', () => {
  const of = facts({ modelRetention: [keeps(0, { keeper: 'AWS', what: 'flagged traffic' })] });
  expect(mayServeWithoutRetention(of, MODEL)).toMatchObject({
    inside: false,
    reason: 'keeps-content',
    detail: expect.stringContaining('may retain flagged traffic unless the retention mode prevents it'),
  });
});

describe('places never come from a layer', () => {
  test.each([
    ['a global profile with Regions of the EU', 'global.acme.model-1', { prefix: 'global' }, 'anywhere'],
    ['a global profile that calls itself eu', 'global.acme.model-1', { prefix: 'eu' }, 'anywhere'],
    ['a profile of another geography than its row says', 'us.acme.model-1', { prefix: 'eu' }, 'malformed'],
  ])('%s', (_, id, over, reason) => {
    const row = profile([FRANKFURT], { id, ...over });
    expect(decided(facts({}, [{ origin: admitted(), profiles: [row] }]), id)).toMatchObject({ inside: false, reason });
  });

  test('an admitted layer with rows about hosts or providers is no layer', () => {
    const host = {
      provider: 'Acme',
      name: 'API',
      host: 'api.acme.com',
      countries: null,
      euOnly: true,
      processingScope: 'EU',
      ...sourced(),
    };
    expect(areLayers([{ origin: RELEASE, hosts: [host] }])).toBe(true);
    expect(areLayers([{ origin: admitted(), hosts: [host] }])).toBe(false);
    expect(areLayers([{ origin: admitted(), profiles: [profile([FRANKFURT])] }])).toBe(true);
    expect(areLayers([{ origin: admitted(), regions: [] }])).toBe(false);
  });
});

describe('an admitted row ends', () => {
  const layers = [{ origin: admitted('2027-03-01'), profiles: [profile([FRANKFURT])] }];

  test('on its day of expiry, by the clock', () => {
    const of = facts({}, layers, '2027-02-28');
    expect(decided(of)).toMatchObject({ inside: true, destination: { until: '2027-03-01' } });
    const later = of.at(() => new Date('2027-03-01T00:00:00Z'));
    const refused = decided(later);
    expect(refused).toMatchObject({ inside: false, reason: 'expired' });
    expect(refused).toHaveProperty(
      'detail',
      expect.stringMatching(
        /^the row that admits 'eu\.acme\.model-1' expired on 2027-03-01; ask Bedrock and your approver again with 'eu-residency facts admit eu\.acme\.model-1'; or /,
      ),
    );
  });

  test('and the row of the package counts again, so that its expiry ends nothing', () => {
    const profiles = [profile(['eu-west-1'], { asOf: '2026-01-01' })];
    expect(decided(facts({ profiles }, layers))).toMatchObject({ destination: { regions: [FRANKFURT] } });
    expect(decided(facts({ profiles }, layers))).not.toHaveProperty('destination.until');
    expect(decided(facts({ profiles }, layers, '2027-03-01'))).toMatchObject({
      destination: { regions: ['eu-west-1'] },
    });
  });

  test('what it declared of retention ends too', () => {
    const above = [{ origin: admitted('2027-03-01'), modelRetention: [keeps(0)] }];
    expect(mayServeWithoutRetention(facts({}, above), MODEL).inside).toBe(true);
    expect(mayServeWithoutRetention(facts({}, above, '2027-03-01'), MODEL)).toMatchObject({ reason: 'expired' });
  });

  test('one with a Region outside the boundary is refused as such', () => {
    const outside = [{ origin: admitted('2027-03-01'), profiles: [profile(['us-east-1'])] }];
    expect(decided(facts({}, outside))).toMatchObject({ reason: 'routes-outside' });
  });
});

test('an admitted row of one Region leaves what other rows say of other Regions', () => {
  const above = [{ origin: admitted(), onDemandModels: [served(['eu-west-3'], { asOf: '2026-11-20' })] }];
  const of = facts({ onDemandModels: [served([FRANKFURT])] }, above);
  expect(decided(of, MODEL)).toMatchObject({ inside: true });
  expect(decided(of, MODEL, 'eu-west-3')).toMatchObject({ inside: true, destination: { until: '2027-03-01' } });
  expect(decided(of, MODEL, 'eu-north-1')).toMatchObject({ inside: false, reason: 'not-served' });
});

test('a newer row withdraws a route, unless it is an admitted row of another Region', () => {
  const packaged = {
    profiles: [profile([FRANKFURT], { routes: { [FRANKFURT]: [FRANKFURT], 'eu-north-1': ['eu-north-1'] } })],
  };
  const newer = profile([FRANKFURT], sourced({ asOf: '2026-11-20' }));
  const withdrawn = facts(packaged, [{ origin: RELEASE, profiles: [newer] }]);
  expect(decided(withdrawn, ID, 'eu-north-1')).toMatchObject({ inside: false, reason: 'no-route' });
  const spoken = facts(packaged, [{ origin: admitted(), profiles: [newer] }]);
  expect(decided(spoken, ID, 'eu-north-1')).toMatchObject({ inside: true });
});

test.each<[string, string | null, string | null]>([
  ['later', '2026-11-01', '2027-11-01'],
  ['never', '2026-11-01', null],
])('a newer row that says %s puts off no end', (_, before, after) => {
  const model = (endsAt: string | null, asOf: string): ModelFact => ({
    ...{ modelId: MODEL, name: 'Model 1', maker: 'acme', kind: 'text', releasedAt: null, legacyFrom: null },
    ...{ endsAt, endsNotBefore: null },
    ...sourced({ asOf }),
  });
  const packaged = { profiles: [profile([FRANKFURT])], models: [model(before, '2026-10-01')] };
  const layered = facts(packaged, [{ origin: RELEASE, models: [model(after, '2026-11-20')] }]);
  expect(decided(layered)).toMatchObject({ inside: false, reason: 'ended' });
});

describe('a row of unknown origin is refused', () => {
  const tables = (over: Partial<ProfileFact>) => wrongTables({ profiles: [profile([FRANKFURT], over)] });
  test.each<[string, Partial<ProfileFact>, RegExp]>([
    ['for a month that does not exist', { asOf: '2025-99' }, /asOf/],
    ['for a day that does not exist', { asOf: '2026-02-31' }, /asOf/],
    ['for a route that leads nowhere', { routes: { [FRANKFURT]: [] } }, /routes/],
    ['for the name of another model', { modelId: 'acme.model-2' }, /id/],
    ['for the name of another geography', { id: `us.${MODEL}` }, /id/],
  ])('%s', (_, over, field) => {
    expect(tables({})).toBeUndefined();
    expect(tables(over)).toMatch(field);
  });

  test('for an approver who requested it', () => {
    const origin = { ...admitted(), approvedBy: 'Grace Hopper' };
    expect(areLayers([{ origin, profiles: [profile([FRANKFURT])] }])).toBe(false);
  });
});
