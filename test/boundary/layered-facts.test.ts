import { throughApi } from '@/lib/boundary/bedrock-api';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { decideHost } from '@/lib/boundary/host';
import { likelyKind } from '@/lib/boundary/model-kind';
import { decideProfile } from '@/lib/boundary/profile';
import { mayServeWithoutRetention, unretainedUntil } from '@/lib/boundary/retention';
import { decideOpenAi } from '@/lib/boundary/server';
import { admittedLayers } from '@/lib/config/admitted-layers';
import type { ModelRetentionFact } from '@/lib/facts/model-facts';
import { PACKAGED } from '@/lib/facts/packaged';
import type { HostFact, ProviderFact } from '@/lib/facts/types';
import { ADMITTED } from '../support/admitted';
import { boundaryOn, model, profile } from '../support/aged-facts';
import { EU_NEXT, NEXT } from '../support/bedrock-answers';
import { told } from './support/told';

const EU = ResidencyBoundary.eu();
const FRANKFURT = 'eu-central-1';
const admittedOn = (day: string) => PACKAGED.with(...admittedLayers([ADMITTED], PACKAGED)).at(() => new Date(day));

describe('a row that the owner admitted', () => {
  test('serves until its day', () => {
    const boundary = EU._withFacts(admittedOn('2027-04-29'));
    expect(decideDestination(boundary, FRANKFURT, EU_NEXT)).toMatchObject({ inside: true });
    expect(told(mayServeWithoutRetention(admittedOn('2027-04-29'), NEXT))).toBe('inside (destination)');
    expect(unretainedUntil(admittedOn('2027-04-29'), NEXT)).toBe('2027-04-30');
  });

  test('is named as the reason from that day on', () => {
    const boundary = EU._withFacts(admittedOn('2027-04-30'));
    expect(told(decideDestination(boundary, FRANKFURT, EU_NEXT))).toBe(
      `expired (unknown): the row that admits '${EU_NEXT}' expired on 2027-04-30; ask Bedrock and your approver again with ` +
        `'eu-residency facts admit ${EU_NEXT}'; or INSTEAD from eu-central-1`,
    );
    expect(told(mayServeWithoutRetention(admittedOn('2027-04-30'), NEXT))).toBe(
      `expired (destination): the row that declares what the provider of '${NEXT}' retains expired on 2027-04-30; declare it ` +
        "again with 'eu-residency facts admit'",
    );
  });
});

describe('a profile', () => {
  test('is decided by its newest row, and an older one that names no routes takes nothing back', () => {
    const boundary = boundaryOn('2026-11-30', { profiles: [profile('eu.anthropic.claude-opus-5')] });
    expect(decideProfile(boundary, FRANKFURT, 'eu.anthropic.claude-opus-5').inside).toBe(true);
  });

  test('for the world is one by its row or by its id', () => {
    const row = { ...profile('eu.exemple.chat-1'), prefix: 'global' };
    const boundary = boundaryOn('2026-11-30', { profiles: [row] });
    expect(decideProfile(boundary, FRANKFURT, 'eu.exemple.chat-1')).toMatchObject({
      inside: false,
      reason: 'anywhere',
    });
  });
});

test('the kind of a model is that of its row, whether or not Regions serve it themselves', () => {
  const facts = boundaryOn('2026-11-30', { models: [model('exemple.vector-1', { kind: 'embedding' })] })._facts;
  expect(facts && likelyKind(facts, 'exemple.vector-1')).toBe('embedding');
});

test('a model that checks prompts is sent chats by either API', () => {
  const safeguard = decideDestination(EU, 'eu-west-1', 'openai.gpt-oss-safeguard-20b');
  expect(safeguard.inside).toBe(true);
  expect(throughApi(EU, safeguard, 'chat-completions')).toMatchObject({
    inside: true,
    destination: { api: 'chat-completions' },
  });
});

describe('a host with several rows', () => {
  const row = (over: Partial<HostFact>) =>
    ({
      host: 'ai.example.eu',
      provider: 'Exemple',
      name: 'x',
      euOnly: true,
      countries: ['DE'],
      confidence: 'high',
      ...over,
    }) as HostFact;
  const decide = (boundary: ResidencyBoundary, ...hosts: HostFact[]) =>
    told(decideHost(boundary._withFacts(PACKAGED._including({ hosts })), 'ai.example.eu'));
  const FRANCE = ResidencyBoundary.countries('FR');

  test.each<[string, Partial<HostFact>[], string]>([
    ['inside', [{ countries: ['FR'] }], 'inside (host)'],
    [
      'in several countries',
      [{ countries: ['FR', 'DE'] }],
      "outside (host): 'ai.example.eu' (Exemple) may process data in FR, DE, which is wider than FR",
    ],
    [
      'in one country, and anywhere',
      [{ countries: ['FR'] }, { countries: null }],
      "outside (host): 'ai.example.eu' (Exemple) may process data anywhere in the EU, which is wider than FR",
    ],
    [
      'of which one is doubtful',
      [{ countries: ['FR'] }, { countries: ['FR'], confidence: 'low' }],
      "unreliable (host): no reliable source confirms where 'ai.example.eu' processes data",
    ],
  ])('%s', (_, rows, expected) =>
    expect(decide(FRANCE, ...rows.map((over, nth) => row({ ...over, name: `${nth}` })))).toBe(expected),
  );
});

test('OpenAI is called at the host of its row, and not at all without one', () => {
  const openai = PACKAGED.provider('OpenAI') as ProviderFact;
  const decide = (...providers: ProviderFact[]) =>
    decideOpenAi(EU._withFacts(PACKAGED._including({ providers })), 'm', undefined, true);
  expect(told(decide())).toBe(
    "unreliable (host): no reliable source confirms where 'eu.api.openai.com' processes data",
  );
  expect(decide({ ...openai, host: 'ai.example.org' }).place.value).toBe('ai.example.org');
});

test('a model whose provider retains something in another mode serves no project', () => {
  const served = PACKAGED.retention('openai.gpt-oss-120b-1:0') as ModelRetentionFact;
  const row = { ...served, modelId: 'exemple.chat-1', keeper: 'Exemple', what: 'all traffic' } as ModelRetentionFact;
  expect(told(mayServeWithoutRetention(PACKAGED._including({ modelRetention: [row] }), 'exemple.chat-1'))).toBe(
    "keeps-content (destination): the provider of 'exemple.chat-1' may retain all traffic unless the retention mode prevents " +
      'it (as of DATE)',
  );
});

test.each([
  ['whose country is unknown', { country: null, confidence: 'high' }],
  ['of low confidence', { country: 'DE', confidence: 'low' }],
])('a location of another cloud %s is refused', (_, row) => {
  jest.isolateModules(() => {
    const CLOUD_LOCATIONS = [{ name: 'somewhere', provider: 'azure', ...row }];
    jest.doMock('@/lib/facts/generated/cloud-locations', () => ({ CLOUD_LOCATIONS }));
    const module: typeof import('@/lib/boundary/cloud-location') = require('@/lib/boundary/cloud-location');
    expect(module.decideCloudLocation(EU, 'somewhere')).toMatchObject({
      inside: false,
      reason: 'unreliable',
      detail: "no reliable source confirms where 'somewhere', a location of Azure, is",
    });
  });
});
