import { alternatives, closestFirst, isVersionOf } from '@/lib/boundary/alternatives';
import { decideDestination } from '@/lib/boundary/destination';
import { decideProfile } from '@/lib/boundary/profile';
import { resolveModels } from '@/lib/config/checks/destinations';
import { DEPLOYED } from '@/lib/config/model/purpose';
import { modelDestination } from '@/lib/guard/rules/model-destination';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { decideChatModel } from '@/lib/runtime/gateway/routing/decide';
import { boundaryOn, model, profile } from '../support/aged-facts';

// A maker that the package's facts don't know, so that no later row changes this test.
const ROWS = {
  models: [
    model('exemple.chat-1', { releasedAt: '2025-01-01', legacyFrom: '2026-06-01', endsAt: '2026-12-01' }),
    model('exemple.chat-2', { releasedAt: '2026-01-01' }),
    model('exemple.chat-3-20260901-v1:0', { releasedAt: '2026-09-01' }),
    model('exemple.chat-0', { endsNotBefore: '2027-05-01' }),
    model('exemple.embed-9', { releasedAt: '2026-10-01', kind: 'embedding' }),
    model('autre.chat-9', { releasedAt: '2026-11-01' }),
  ],
  profiles: [
    profile('eu.exemple.chat-1'),
    profile('eu.exemple.chat-2'),
    profile('eu.exemple.chat-0'),
    profile('eu.exemple.embed-9'),
    profile('eu.autre.chat-9'),
    profile('eu.exemple.chat-3-20260901-v1:0'),
    profile('us.exemple.chat-2', ['us-east-1', 'us-west-2']),
    { ...profile('global.exemple.chat-2'), routes: null },
    { ...profile('apac.exemple.chat-2'), routes: { 'ap-south-1': ['ap-south-1'] } },
    profile('us.exemple.chat-5', ['us-east-1']),
  ],
} as const;
const FRANKFURT = 'eu-central-1';
const before = boundaryOn('2026-11-30', ROWS);
const after = boundaryOn('2026-12-01', ROWS);

const NEWEST = 'include eu.exemple.chat-3-20260901-v1:0, eu.exemple.chat-0, eu.exemple.chat-2';

// biome-ignore format: one row a line
test.each([
  ['the eu. equivalent of a us. profile', 'us.exemple.chat-2', "use 'eu.exemple.chat-2', which stays inside the boundary"],
  ['the eu. equivalent of a global. profile', 'global.exemple.chat-2', "use 'eu.exemple.chat-2', which stays inside the boundary"],
  ['the eu. equivalent of a profile that the facts know from elsewhere', 'apac.exemple.chat-2', "use 'eu.exemple.chat-2', which stays inside the boundary"],
  ['the profile of a model', 'exemple.chat-2', "use 'eu.exemple.chat-2', which stays inside the boundary"],
  ['the full id of a name without a date', 'global.exemple.chat-3', "use 'eu.exemple.chat-3-20260901-v1:0'"],
  ['the newest of the same maker first', 'us.exemple.chat-5', NEWEST],
])('a refusal names %s', (_, id, text) => {
  const decision = decideDestination(after, FRANKFURT, id);
  expect(decision).toMatchObject({ inside: false, detail: expect.stringContaining(text) });
  expect(alternatives(after, FRANKFURT, id)).toContain(text);
});

test('an ended model is refused by name, and no longer named', () => {
  expect(decideDestination(before, FRANKFURT, 'eu.exemple.chat-1')).toMatchObject({
    inside: true,
    destination: { until: '2026-12-01' },
  });
  expect(decideDestination(after, FRANKFURT, 'eu.exemple.chat-1')).toMatchObject({
    inside: false,
    reason: 'ended',
    detail: expect.stringMatching(/^'eu\.exemple\.chat-1' ended on 2026-12-01; models .* include eu\.exemple\.chat-3/),
  });
  expect(alternatives(after, FRANKFURT, 'us.exemple.chat-1')).not.toContain('chat-1');
});

test('the earliest day on which a model can end is no end', () => {
  const old = boundaryOn('2027-11-30', ROWS);
  expect(decideDestination(old, FRANKFURT, 'eu.exemple.chat-0').inside).toBe(true);
});

test('same kind, then same maker, then with a life ahead, then newest; each model once', () => {
  const ids = ROWS.profiles.slice(0, 6).map(({ id, modelId }) => ({ id, modelId: modelId as string }));
  expect(
    closestFirst(before, [...ids, { id: 'exemple.chat-2', modelId: 'exemple.chat-2' }], 'us.exemple.chat-5'),
  ).toEqual([
    'eu.exemple.chat-3-20260901-v1:0',
    'eu.exemple.chat-0',
    'eu.exemple.chat-2',
    'eu.exemple.chat-1',
    'eu.autre.chat-9',
    'eu.exemple.embed-9',
  ]);
});

test.each([
  ['exemple.chat-3-20260901-v1:0', 'exemple.chat-3', true],
  ['exemple.chat-3', 'exemple.chat-3', true],
  ['exemple.chat-3-5', 'exemple.chat-3', false],
  ['exemple.chat-30', 'exemple.chat-3', false],
])('%s is a version of %s: %s', (id, name, is) => expect(isVersionOf(id, name)).toBe(is));

describe('the same words reach', () => {
  test('a configuration', () => {
    const draft = {
      models: [{ id: 'a', destinations: [{ bedrock: 'us.exemple.chat-5' }, { bedrock: 'global.exemple.chat-2' }] }],
    };
    const { problems } = resolveModels({
      raw: draft,
      draft,
      boundary: after,
      primary: FRANKFURT,
      profileRows: [],
      azureChecks: [],
      purpose: DEPLOYED,
      directory: '.',
    });
    expect(problems.map(({ text }) => text)).toEqual([
      expect.stringContaining(NEWEST),
      expect.stringContaining("use 'eu.exemple.chat-2'"),
    ]);
  });

  test('a configuration that calls an ended model', () => {
    const draft = { models: [{ id: 'a', destinations: [{ bedrock: 'eu.exemple.chat-1' }] }] };
    const subject = {
      raw: draft,
      draft,
      primary: FRANKFURT,
      profileRows: [],
      azureChecks: [],
      purpose: DEPLOYED,
      directory: '.',
    };
    expect(resolveModels({ ...subject, boundary: before }).problems).toEqual([]);
    expect(resolveModels({ ...subject, boundary: after }).problems.map(({ text }) => text)).toEqual([
      expect.stringMatching(/'eu\.exemple\.chat-1', which ended on 2026-12-01; models .* include eu\.exemple\.chat-3/),
    ]);
  });

  test('a finding of the guard', () => {
    for (const [id, text] of [
      ['us.exemple.chat-5', NEWEST],
      ['global.exemple.chat-2', "use 'eu.exemple.chat-2'"],
    ] as const) {
      expect(decideProfile(after, FRANKFURT, id)).toMatchObject({ detail: expect.stringContaining(text) });
    }
    expect(modelDestination.fix).toContain('eu-residency models lists both, the newest first');
  });

  test('a client of the gateway, by the names of its deployment', () => {
    const target = (id: string) => ({ id, region: FRANKFURT });
    const policy = admitPolicy({
      boundary: 'eu',
      facts: [{ origin: { kind: 'release', version: 1 }, ...ROWS }],
      keepsContent: true,
      tenant: { kind: 'workspace', ids: ['w'] },
      models: [
        { id: 'other', destinations: [target('eu.autre.chat-9')] },
        { id: 'second', destinations: [target('eu.exemple.chat-2')] },
        { id: 'third', destinations: [target('eu.exemple.chat-3-20260901-v1:0')] },
      ],
    } as unknown as Parameters<typeof admitPolicy>[0]);
    const message = (id: string) => decideChatModel(policy, id);
    expect(message('us.exemple.chat-5')).toMatchObject({
      allowed: false,
      message: expect.stringContaining("inside the EU, these are: 'third', 'second', 'other'"),
    });
    expect(message('global.exemple.chat-2')).toMatchObject({
      message: expect.stringContaining("the same model is served inside the EU as 'second'"),
    });
  });
});
