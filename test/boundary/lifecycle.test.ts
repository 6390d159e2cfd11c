import { factsOf } from '@/lib/boundary/facts-of';
import { daysUntil, lifeOf, lifeOn, lifeText, newestFirst } from '@/lib/boundary/lifecycle';
import { boundaryOn, model } from '../support/aged-facts';

const DATES = { legacyFrom: null, endsAt: null };

test.each([
  ['no dates', DATES, { state: 'active' }],
  ['an end today', { ...DATES, endsAt: '2026-11-30' }, { state: 'ended', endsAt: '2026-11-30' }],
  [
    'an end in 120 days',
    { ...DATES, endsAt: '2027-03-30' },
    { state: 'ending', endsAt: '2027-03-30', isLegacy: false, legacyFrom: null },
  ],
  ['an end in 121 days', { ...DATES, endsAt: '2027-03-31' }, { state: 'active' }],
  [
    'a legacy day that has come',
    { legacyFrom: '2026-11-30', endsAt: null },
    { state: 'ending', endsAt: null, isLegacy: true, legacyFrom: '2026-11-30' },
  ],
  ['a legacy day that has not come', { legacyFrom: '2026-12-01', endsAt: null }, { state: 'active' }],
  [
    'the word of the provider, before its day',
    { legacyFrom: '2026-12-01', endsAt: null, isLegacy: true },
    { state: 'ending', endsAt: null, isLegacy: true, legacyFrom: null },
  ],
])('a model with %s', (_, dates, life) => expect(lifeOn('2026-11-30', dates)).toEqual(life));

test.each([
  [{ state: 'active' }, undefined],
  [{ state: 'ended', endsAt: '2026-01-01' }, 'ended on 2026-01-01'],
  [{ state: 'ending', endsAt: '2027-01-01', isLegacy: false, legacyFrom: null }, 'ends on 2027-01-01'],
  [{ state: 'ending', endsAt: null, isLegacy: true, legacyFrom: null }, 'is closed to new customers'],
  [
    { state: 'ending', endsAt: '2027-01-01', isLegacy: true, legacyFrom: '2026-01-01' },
    'has been closed to new customers since 2026-01-01 and ends on 2027-01-01',
  ],
] as const)('%j in words', (life, text) => expect(lifeText(life)).toBe(text));

test('days are counted between dates', () => expect(daysUntil('2026-12-02', '2026-11-30')).toBe(2));

test('a doubtful row ends no model, and an unknown model is active', () => {
  const models = [
    model('exemple.sure', { endsAt: '2026-01-01' }),
    model('exemple.doubtful', { endsAt: '2026-01-01', confidence: 'low' }),
  ];
  const facts = factsOf(boundaryOn('2026-11-30', { models }));
  const states = ['exemple.sure', 'exemple.doubtful', 'exemple.unknown'].map((id) => lifeOf(facts, id).state);
  expect(states).toEqual(['ended', 'active', 'active']);
});

test('models are ordered by release, then by name, with numbers as numbers', () => {
  const models = [
    model('exemple.a', { releasedAt: '2026-05-01' }),
    model('exemple.b', { endsNotBefore: '2027-04-30' }),
    model('exemple.c', { releasedAt: '2026-04-29', endsNotBefore: '2028-01-01' }),
  ];
  const facts = factsOf(boundaryOn('2026-11-30', { models }));
  const ids = ['exemple.v2', 'exemple.c', 'exemple.v10', 'exemple.b', 'exemple.a'];
  const ordered = ['exemple.a', 'exemple.b', 'exemple.c', 'exemple.v10', 'exemple.v2'];
  expect([...ids].sort((a, b) => newestFirst(facts, a, b))).toEqual(ordered);
  expect([...ids].reverse().sort((a, b) => newestFirst(facts, a, b))).toEqual(ordered);
});
