import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
import { refusedBedrock, refusedOwner } from '@/lib/boundary/owner';
import { decideProvider, openAiProvider, openAiTermsOf, type ProviderRules } from '@/lib/boundary/provider';
import { providerOf } from '@/lib/boundary/provider-of';
import { decideOpenAi } from '@/lib/boundary/server';
import { SERVICE_FACTS } from '@/lib/facts/generated/services';
import { PACKAGED } from '@/lib/facts/packaged';
import { SERVICES, type Service } from '@/lib/facts/services';
import type { ServiceFact } from '@/lib/facts/types';

const TODAY = '2026-12-01';
const KEEPS: ProviderRules = { keepsContent: true };
const KEEPS_NOTHING: ProviderRules = { keepsContent: false };
const facts = (over: Partial<Record<Service, Partial<ServiceFact>>> = {}) =>
  PACKAGED._including({
    services: SERVICE_FACTS.map((row) => ({ ...row, confidence: 'high' as const, ...over[row.service] })),
  }).at(() => new Date(`${TODAY}T12:00:00Z`));
const within = (name: string, known = facts()) => ResidencyBoundary.parse(name)._withFacts(known);
const EU = within('eu');
const CHAT = { model: 'm', kind: 'text' } as const;
const of = (service: Service, more: Partial<DeclaredProvider> = {}): DeclaredProvider => ({
  name: `${service}-eu`,
  service,
  ...more,
});
const azure = (more: Partial<DeclaredProvider> = {}, sku = 'DataZoneStandard', readOn?: string): DeclaredProvider =>
  of('azure', {
    resource: 'contoso-eu',
    region: 'germanywestcentral',
    accepted: 'we accept it',
    deployments: [{ name: 'm', sku, model: 'gpt-5.4', ...(readOn && { readOn }) }],
    ...more,
  });
const told = (decision: ReturnType<typeof decideProvider>) =>
  decision.inside ? decision.destination : `${decision.reason}: ${decision.detail}`;

test('a host in the facts is called at the path of its API', () => {
  expect(told(decideProvider(EU, of('ovhcloud'), { model: 'bge-m3', kind: 'embedding' }, KEEPS_NOTHING))).toEqual({
    provider: 'external',
    providerName: 'ovhcloud-eu',
    service: 'ovhcloud',
    id: 'ovhcloud-eu/bge-m3',
    modelId: 'bge-m3',
    kind: 'embedding',
    sourceRegion: 'oai.endpoints.kepler.ai.cloud.ovh.net',
    regions: ['FR'],
    baseUrl: 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1',
    schemasMayLeave: false,
  });
});

test('a wider Europe is accepted with a reason, which the destination repeats', () => {
  expect(told(decideProvider(EU, of('mistral', { accepted: 'our DPO agrees' }), CHAT, KEEPS))).toMatchObject({
    id: 'mistral-eu/m',
    regions: ['EEA', 'CH'],
    baseUrl: 'https://api.eu.mistral.ai/v1',
    accepted: expect.stringMatching(
      /^'api\.eu\.mistral\.ai' processes data in EU and EFTA .*; accepted because our DPO agrees$/,
    ),
  });
});

const WIDER =
  "'api.eu.mistral.ai' processes data in EU and EFTA by the table, EU by the text (as of 2026-08-21), which is wider than";
const ZONE =
  "'contoso-eu.openai.azure.com' processes data in Data Zone EUR = EU Data Boundary; by the list of May 2026 also Norway and Switzerland (as of 2026-03-19), which is wider than";
const AGAIN = "let 'eu-residency doctor --azure' read 'az cognitiveservices account deployment show -o json'";

// biome-ignore format: one row a line
test.each<[string, string, DeclaredProvider, ProviderRules, string]>([
  ['a wider Europe that is not accepted', 'eu', of('mistral'), KEEPS, `outside: ${WIDER} the EU; accept it with 'acceptsWiderEurope: { reason: ... }' of provider 'mistral-eu', or remove the destination`],
  ['a wider Europe in a narrow boundary', 'DE,FR', of('mistral', { accepted: 'r' }), KEEPS, `outside: ${WIDER} DE,FR and can't be accepted there`],
  ['a host in another country', 'DE', of('scaleway', { accepted: 'r' }), KEEPS, "outside: 'api.scaleway.ai' (Scaleway) may process data in FR, which is wider than DE"],
  ['a boundary of Regions', 'eu-west-3', of('scaleway'), KEEPS, "outside: 'api.scaleway.ai' (Scaleway) may process data in FR, which is wider than eu-west-3"],
  ['a data zone that is not accepted', 'eea', azure({ accepted: undefined }), KEEPS, `outside: ${ZONE} the EEA; accept it with 'acceptsWiderEurope: { reason: ... }' of provider 'azure-eu', or remove the destination`],
  ['a data zone in a narrow boundary', 'DE', azure(), KEEPS, `outside: ${ZONE} DE and can't be accepted there`],
  ['a resource in Switzerland', 'eu', azure({ region: 'switzerlandnorth' }), KEEPS, "outside: 'switzerlandnorth' is in CH, and only a resource in an EU member state is in the EU's data zone"],
  ['a resource in the United States', 'eu', azure({ region: 'eastus' }), KEEPS, "outside: 'eastus' is in US, and only a resource in an EU member state is in the EU's data zone"],
  ['a Region of Google', 'eu', azure({ region: 'europe-west3' }), KEEPS, "unknown: the facts contain no Region 'europe-west3' of Azure"],
  ['a typo in a Region', 'eu', azure({ region: 'germanywestcentra' }), KEEPS, "unknown: the facts contain no Region 'germanywestcentra' of Azure; did you mean 'germanywestcentral'?"],
  ['no Region', 'eu', azure({ region: undefined }), KEEPS, "unknown: the facts contain no Region '' of Azure"],
  ['a Global SKU', 'eu', azure({}, 'GlobalStandard'), KEEPS, "anywhere: Azure processes deployment 'm' of SKU 'GlobalStandard' in any Azure region (as of 2026-08-06); deploy the model with SKU DataZoneStandard or DataZoneProvisionedManaged or Standard or ProvisionedManaged"],
  ['a SKU for developers', 'eu', azure({}, 'DeveloperTier'), KEEPS, "anywhere: Azure processes deployment 'm' of SKU 'DeveloperTier' in any Azure region (as of 2026-08-06); deploy the model with SKU DataZoneStandard or DataZoneProvisionedManaged or Standard or ProvisionedManaged"],
  ['a SKU for batches', 'eu', azure({}, 'DataZoneBatch'), KEEPS, "not-served: deployment 'm' of SKU 'DataZoneBatch' answers batches only; deploy the model with SKU DataZoneStandard"],
  ['a typo in a SKU', 'eu', azure({}, 'DatazoneStandrd'), KEEPS, "unknown: the facts contain no SKU 'DatazoneStandrd' of Azure; use one of DataZoneStandard, DataZoneProvisionedManaged, Standard, ProvisionedManaged; did you mean 'DataZoneStandard'?"],
  ['an undeclared SKU', 'eu', azure({ deployments: [{ name: 'mm', sku: 'Standard', model: 'x' }] }), KEEPS, "unknown: the SKU of deployment 'm', which decides where Azure processes its requests, isn't declared; add it to 'deployments' of 'azure-eu', such as { name: m, sku: DataZoneStandard, model: gpt-5.4 }; did you mean 'mm'?"],
  ['a regional SKU that may move to another country', 'IE', azure({ region: 'northeurope' }, 'Standard'), KEEPS, "outside: Azure may process deployment 'm' of SKU 'Standard' in northeurope in IE, NL, outside IE"],
  ['a regional SKU outside the boundary', 'eu', azure({ region: 'norwayeast' }, 'Standard'), KEEPS, "outside: Azure may process deployment 'm' of SKU 'Standard' in norwayeast in NO, outside the EU"],
  ['a resource with a dot', 'eu', azure({ resource: 'evil.example/x' }), KEEPS, "malformed: 'evil.example/x' isn't the name of a resource, which is the first label of '<resource>.openai.azure.com': lower-case letters, digits and inner hyphens"],
  ['a resource that begins with a hyphen', 'eu', azure({ resource: '-contoso' }), KEEPS, "malformed: '-contoso' isn't the name of a resource, which is the first label of '<resource>.openai.azure.com': lower-case letters, digits and inner hyphens"],
  ['a reserved name', 'eu', of('scaleway', { name: 'vpc' }), KEEPS, "malformed: 'vpc' can't be the name of a declared provider"],
  ['a name with a slash', 'eu', of('scaleway', { name: 'openai/x' }), KEEPS, "malformed: 'openai/x' can't be the name of a declared provider"],
  ['a service without a lasting key', 'eu', of('google'), KEEPS, "not-served: 'aiplatform.eu.rep.googleapis.com' accepts only short-lived tokens, and this version doesn't obtain any; use another provider"],
  ['a claim, for projects', 'eu', azure({ zeroRetention: 'M-1' }), KEEPS_NOTHING, `unreliable: no check result confirms the SKU of deployment 'm' of 'azure-eu', which only its owner claims; ${AGAIN}`],
  ['a check result that is too old, for projects', 'eu', azure({ zeroRetention: 'M-1' }, 'DataZoneStandard', '2026-09-01'), KEEPS_NOTHING, `expired: the check result of deployment 'm' of 'azure-eu' is of 2026-09-01, and must be at most 90 days old; ${AGAIN} again`],
  ['a check result older than the owner permits', 'eu', azure({ zeroRetention: 'M-1', maxCheckAgeDays: 7 }, 'DataZoneStandard', '2026-11-23'), KEEPS_NOTHING, `expired: the check result of deployment 'm' of 'azure-eu' is of 2026-11-23, and must be at most 7 days old; ${AGAIN} again`],
  ['a check result of tomorrow', 'eu', azure({ zeroRetention: 'M-1' }, 'DataZoneStandard', '2026-12-02'), KEEPS_NOTHING, `expired: the check result of deployment 'm' of 'azure-eu' is of 2026-12-02, and must be at most 90 days old; ${AGAIN} again`],
  ['content that is retained without a contract', 'eu', azure({}, 'DataZoneStandard', TODAY), KEEPS_NOTHING, "keeps-content: Azure retains the content that it receives for up to 30 days, unless it has promised a customer zero retention (as of 2026-03-19); if it has promised you, set 'zeroRetention: { contract: ... }' of provider 'azure-eu'"],
  ['a deployment whose model caches prompts for a day', 'eu', azure({ zeroRetention: 'M-1', deployments: [{ name: 'm', sku: 'DataZoneStandard', model: 'gpt-5.5', readOn: TODAY }] }), KEEPS_NOTHING, "keeps-content: Azure caches prompts of 'gpt-5.5' for up to 24 hours, not only in memory, and no request can prevent it (as of 2026-12-01); models before gpt-5.5 can be limited to a cache in memory"],
  ['content that is retained for every customer, whatever a contract says', 'eu', of('scaleway', { zeroRetention: 'M-1' }), KEEPS_NOTHING, 'keeps-content: Scaleway retains the content that it receives for up to 14 days (as of 2025-10-03), and the facts know of no contract by which it retains nothing'],
])('%s is refused', (_, name, declared, rules, text) => {
  expect(told(decideProvider(within(name), declared, CHAT, rules))).toBe(text);
});

// biome-ignore format: one row a line
test.each<[string, string, DeclaredProvider, ProviderRules, object]>([
  ['a data zone', 'eu', azure(), KEEPS, { baseUrl: 'https://contoso-eu.openai.azure.com/openai/v1', regions: ['EEA', 'CH'] }],
  ['a regional SKU inside the boundary', 'DE', azure({ accepted: undefined }, 'Standard'), KEEPS, { regions: ['DE'] }],
  ['a regional SKU of a geography inside the boundary', 'IE,NL', azure({ region: 'westeurope', accepted: undefined }, 'ProvisionedManaged'), KEEPS, { regions: ['IE', 'NL'] }],
  ['a checked data zone under contract, for projects', 'eu', azure({ zeroRetention: 'M-1' }, 'DataZoneStandard', '2026-09-02'), KEEPS_NOTHING, { until: '2026-12-02' }],
  ['Mistral under contract, for projects', 'eea', of('mistral', { accepted: 'r', zeroRetention: 'M-1' }), KEEPS_NOTHING, { regions: ['EEA', 'CH'] }],
  ['a provider that retains nothing of any customer, for projects', 'eu', of('stackit'), KEEPS_NOTHING, { regions: ['AT', 'DE'] }],
  ['schemas that may leave', 'eu', of('stackit', { schemasMayLeave: true }), KEEPS, { schemasMayLeave: true }],
])('%s is accepted', (_, name, declared, rules, destination) => {
  expect(told(decideProvider(within(name), declared, CHAT, rules))).toMatchObject(destination);
});

test('an unreliable row allows nothing', () => {
  const boundary = within('eu', facts({ stackit: { confidence: 'low' } }));
  expect(told(decideProvider(boundary, of('stackit'), CHAT, KEEPS))).toBe(
    'unreliable: no reliable source confirms how STACKIT is called and what it does with data',
  );
});

test('a newer row of a host that widens it refuses the provider', () => {
  const layer = {
    origin: { kind: 'release', version: 2 } as const,
    hosts: PACKAGED.hosts
      .filter(({ provider }) => provider === 'STACKIT')
      .map((row) => ({ ...row, euOnly: false, asOf: '2026-11-30', processingScope: 'anywhere' })),
  };
  expect(told(decideProvider(within('eu', facts().with(layer)), of('stackit'), CHAT, KEEPS))).toMatch(/^outside: /);
});

describe('only companies under EU law', () => {
  const rules = { keepsContent: true, euOwnedOnly: true };
  const LAW = "'euOwnedOnly' allows only companies whose owner is under the law of an EU member state, and";
  const FIX = "remove the destination, or set 'providers: { euOwnedOnly: false }'";

  test.each<Service>(['scaleway', 'ovhcloud', 'stackit'])('%s is accepted', (service) => {
    expect(decideProvider(EU, of(service), CHAT, rules).inside).toBe(true);
  });

  test('a company under the law of another country is refused', () => {
    expect(told(decideProvider(EU, azure(), CHAT, rules))).toBe(
      `not-eu-owned: ${LAW} the owner of Microsoft Ireland Operations Limited is under the law of US; ${FIX}`,
    );
    const terms = { reason: 'r', zeroRetention: true, schemasMayLeave: false };
    expect(told(decideOpenAi(EU, 'gpt-5.4', terms, true, true))).toMatch(
      /^not-eu-owned: .* OpenAI Ireland Limited is under the law of US; /,
    );
    expect(refusedBedrock('eu.anthropic.claude-sonnet-5')?.detail).toBe(
      `${LAW} the owner of Amazon Web Services EMEA SARL is under the law of US; ${FIX}`,
    );
  });

  test('a company of which no reliable row names the owner is refused', () => {
    const boundary = within('eu', facts({ stackit: { ownerCountry: null } }));
    expect(told(decideProvider(boundary, of('stackit'), CHAT, rules))).toMatch(
      /^not-eu-owned: .* no reliable source says that the owner of Schwarz Digits .* is; /,
    );
    const place = { kind: 'host', value: 'h' } as const;
    expect(refusedOwner(place, 'x', { ownerCountry: 'DE', confidence: 'low' })?.reason).toBe('not-eu-owned');
    expect(refusedOwner(place, 'x')?.reason).toBe('not-eu-owned');
    expect(refusedOwner(place, 'x', { ownerCountry: 'NO', confidence: 'high' })?.reason).toBe('not-eu-owned');
  });
});

test('OpenAI in the form of a declared provider is decided as by its terms', () => {
  const terms = { reason: 'r', zeroRetention: true, schemasMayLeave: true };
  const declared = openAiProvider(terms);
  expect(openAiTermsOf(declared)).toEqual(terms);
  for (const rules of [KEEPS, KEEPS_NOTHING]) {
    expect(decideProvider(EU, declared, CHAT, rules)).toEqual(decideOpenAi(EU, 'm', terms, rules.keepsContent));
  }
  const lesser = { ...terms, zeroRetention: false, schemasMayLeave: false };
  expect(openAiTermsOf(openAiProvider(lesser))).toEqual(lesser);
});

test('every service has a row, and no destination has the ID of another kind', () => {
  for (const service of SERVICES) {
    expect(PACKAGED.service(service)?.service).toBe(service);
    const declared = service === 'azure' ? azure() : of(service, { accepted: 'r' });
    const decision = decideProvider(EU, declared, CHAT, KEEPS);
    if (decision.inside) expect(providerOf(decision.destination.id)).toBe(decision.destination.provider);
  }
});
