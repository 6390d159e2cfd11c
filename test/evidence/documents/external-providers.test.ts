import type { Evidence, ModelRow } from '@/lib/evidence/core/evidence';
import { documentTrees } from '@/lib/evidence/documents/document-trees';
import { subProcessorChanges, subProcessors } from '@/lib/evidence/statements/sub-processors';
import { html } from '@/lib/evidence/tree/html';
import type { ExternalLine } from '@/lib/report/inventory-line';
import { EVIDENCE, model } from './evidence-fixture';

const AZURE: ExternalLine = {
  name: 'azure-eu',
  service: 'azure',
  provider: 'Azure',
  host: 'contoso-eu.openai.azure.com',
  company: 'Microsoft Ireland Operations Limited',
  ownerCountry: 'US',
  sharedCdn: null,
  retainsAnyway: 'metadata',
  contract: 'Amendment M-123',
  accepted: 'the board decided on it',
  deployment: { sku: 'DataZoneStandard', readOn: '2026-11-20' },
};
const external = (destination: string, places: string, retains: string, line: ExternalLine): ModelRow => ({
  ...model(destination, [], retains),
  processedIn: { text: places, basis: { kind: 'claimed', by: line.provider, asOf: '2026-07-31', stale: false } },
  external: line,
});
const PLATFORM = {
  company: 'Amazon Web Services EMEA SARL',
  owner: 'Amazon.com, Inc.',
  ownerCountry: 'US',
  asOf: '2025-12-31',
  euOwnedOnly: false,
};
const WITH: Evidence = {
  ...EVIDENCE,
  models: [...EVIDENCE.models, external('azure-eu/gpt-eu', 'EEA, CH', 'nothing', AZURE)],
  platform: PLATFORM,
};
const named = (evidence: Evidence, language: 'en' | 'de' | 'fr', name: RegExp): string => {
  const found = documentTrees(evidence, { language }).find((one) => name.test(one.name));
  return found === undefined ? '' : html(found.tree);
};

test('a provider is a sub-processor of its own, with all its models', () => {
  const models = ['a', 'b'].map((id) => external(`azure-eu/${id}`, 'EEA, CH', 'nothing', AZURE));
  expect(subProcessors({ ...EVIDENCE, models }).slice(1)).toEqual([
    { name: 'azure-eu', role: 'provider', regions: ['CH', 'EEA'], retains: 'nothing', external: AZURE },
  ]);
});

describe('a provider with the name of a maker', () => {
  const maker = model('openai.gpt-oss-120b-1:0', ['eu-central-1'], 'nothing');
  const provider = external('openai/gpt-5.4', 'EEA', 'nothing', { ...AZURE, name: 'openai', service: 'openai' });

  test.each([
    ['after it', [maker, provider]],
    ['before it', [provider, maker]],
  ])('is a sub-processor of its own, %s', (_, models) => {
    const evidence = { ...EVIDENCE, models };
    const rows = subProcessors(evidence).slice(1);
    expect(rows.map(({ name, role, regions }) => [name, role, regions])).toEqual([
      ['openai', 'maker', ['eu-central-1']],
      ['openai', 'provider', ['EEA']],
    ]);
    expect(named(evidence, 'en', /article-13/)).toContain('<code>openai</code>');
  });

  test('is added and removed by itself', () => {
    const [without, both] = [[maker], [maker, provider]].map((models) => ({ ...EVIDENCE, models }));
    const changes = (before = EVIDENCE, after = EVIDENCE) =>
      subProcessorChanges(before, after).map(({ kind, before, after }) => [kind, (after ?? before)?.role]);
    expect(changes(without, both)).toEqual([['added', 'provider']]);
    expect(changes(both, without)).toEqual([['removed', 'provider']]);
  });
});

test.each([
  ['en', 'Provider of the model outside AWS: Microsoft Ireland Operations Limited', 'The platform is AWS'],
  ['de', 'Anbieter des Modells außerhalb von AWS: Microsoft Ireland Operations Limited', 'Die Plattform ist AWS'],
  ['fr', 'Fournisseur du modèle hors d’AWS : Microsoft Ireland Operations Limited', 'La plateforme est AWS'],
] as const)('the annex in %s states company, place, contract and the platform', (language, role, platform) => {
  const annex = named(WITH, language, /article-28/);
  for (const text of [role, platform, 'Amendment M-123', 'the board decided on it', 'DataZoneStandard', '2026-11-20']) {
    expect(annex).toContain(text);
  }
});

test('with only EU-owned companies, the annex says what that does not change', () => {
  const annex = named({ ...WITH, platform: { ...PLATFORM, euOwnedOnly: true } }, 'en', /article-28/);
  expect(annex).toContain('Only models of companies whose owner is under the law of an EU member state are called.');
});

test('a third country of a provider is a transfer, and one of the EEA is none', () => {
  const record = (evidence: Evidence) => named(evidence, 'en', /chapter-5/);
  expect(record(WITH)).toContain('At providers outside AWS, data may reach these third countries:');
  expect(record(WITH)).toContain('CH (Azure)');
  const inEea = [external('azure-eu/gpt-eu', 'EEA', 'nothing', AZURE)];
  expect(record({ ...WITH, models: inEea })).not.toContain('At providers outside AWS');
});

test('without providers, no document has a word of them', () => {
  for (const language of ['en', 'de', 'fr'] as const) {
    const all = documentTrees(EVIDENCE, { language }).map(({ tree }) => html(tree));
    expect(all.join()).not.toMatch(/outside AWS|außerhalb von AWS|hors d’AWS|EMEA SARL/);
  }
});
