import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
import { openAiProvider } from '@/lib/boundary/provider';
import { type EgressDestination, egressPolicy } from '@/lib/constructs/egress/egress-policy-asset';
import { PACKAGED } from '@/lib/facts/packaged';

const EU = ResidencyBoundary.eu();
const STACKIT: DeclaredProvider = { name: 'stackit-eu', service: 'stackit' };
const OPENAI = openAiProvider({ reason: 'r', zeroRetention: true, schemasMayLeave: false });
const UNUSED: DeclaredProvider = { name: 'unused', service: 'ovhcloud' };
const to = (providerName: string, model: string, servesProjects = false): EgressDestination => ({
  providerName,
  model,
  kind: 'text',
  servesProjects,
});
const policyOf = (destinations: EgressDestination[], euOwnedOnly = false, boundary = EU) =>
  egressPolicy(boundary, [UNUSED, STACKIT, OPENAI], destinations, euOwnedOnly, (name) => `exemple/${name}`);

test('a provider has its secret and its models, each once', () => {
  const policy = policyOf([
    to('stackit-eu', 'b'),
    to('openai', 'gpt-5.4', true),
    to('stackit-eu', 'a', true),
    to('stackit-eu', 'b', true),
    to('stackit-eu', 'a'),
  ]);
  expect(JSON.parse(JSON.stringify(policy))).toEqual({
    boundary: 'eu',
    providers: [
      {
        name: 'openai',
        service: 'openai',
        accepted: 'r',
        zeroRetention: 'declared',
        secret: 'exemple/openai',
        models: [{ model: 'gpt-5.4', kind: 'text', servesProjects: true }],
      },
      {
        ...STACKIT,
        secret: 'exemple/stackit-eu',
        models: [
          { model: 'a', kind: 'text', servesProjects: true },
          { model: 'b', kind: 'text', servesProjects: true },
        ],
      },
    ],
  });
});

test('without a destination there is no provider', () => {
  expect(policyOf([]).providers).toEqual([]);
});

test('only EU companies are called if the owner requires it', () => {
  expect(policyOf([to('stackit-eu', 'a')], true).euOwnedOnly).toBe(true);
  expect(() => policyOf([to('openai', 'gpt-5.4')], true)).toThrow(
    /^the egress can't call 'openai\/gpt-5\.4': 'euOwnedOnly' allows only/,
  );
});

test('newer rows of the called providers come along, and no others', () => {
  const rows = PACKAGED.hosts.filter(({ provider }) => ['STACKIT', 'OVHcloud'].includes(provider));
  const layer = { origin: { kind: 'release', version: 2 } as const, hosts: rows };
  const { facts } = policyOf([to('stackit-eu', 'a')], false, EU._withFacts(PACKAGED.with(layer)));
  expect(facts?.flatMap(({ hosts }) => hosts?.map(({ provider }) => provider))).toEqual(['STACKIT']);
});

test.each([
  [
    to('other', 'm'),
    "the egress can't call provider 'other', which isn't declared, got 'unused', 'stackit-eu', 'openai'; declare it in 'providers', or remove its destinations",
  ],
])('%j is refused', (destination, text) => {
  expect(() => policyOf([destination])).toThrow(new Error(text));
});

test('a project is refused where content is retained', () => {
  const keeping = openAiProvider({ reason: 'r', zeroRetention: false, schemasMayLeave: false });
  const make = (servesProjects: boolean) =>
    egressPolicy(EU, [keeping], [to('openai', 'gpt-5.4', servesProjects)], false, (name) => name);
  expect(make(false).providers).toHaveLength(1);
  expect(() => make(true)).toThrow(/^the egress can't call 'openai\/gpt-5\.4': OpenAI retains the content/);
});
