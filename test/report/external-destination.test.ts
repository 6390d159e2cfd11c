import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
import { providersMetadata } from '@/lib/contract/metadata/providers-metadata';
import { PROVIDERS_METADATA } from '@/lib/contract/tags';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import { wholeInventory } from '@/lib/report/inventory';
import { inventoryTable } from '@/lib/report/inventory-table';

const NOW = new Date('2026-12-01');
const AZURE: DeclaredProvider = {
  name: 'azure-eu',
  service: 'azure',
  resource: 'contoso-eu',
  region: 'germanywestcentral',
  accepted: 'the board decided on it',
  zeroRetention: 'Amendment M-123',
  deployments: [{ name: 'gpt-eu', sku: 'DataZoneStandard', model: 'gpt-5.4', readOn: '2026-11-20' }],
};
const OVH: DeclaredProvider = { name: 'ovh', service: 'ovhcloud' };
const OPENAI = { reason: 'approved by Ada', zeroRetention: false, schemasMayLeave: false };

function gateway(ids: readonly string[], providers: unknown): TemplateInput {
  const Metadata = {
    'residency:models': { assistant: ids },
    ...(providers !== undefined && { [PROVIDERS_METADATA]: providers }),
  };
  const Resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } } },
    Function: { Type: 'AWS::Lambda::Function', Metadata },
  };
  return { file: 'a.json', stack: 'chat', group: 'app', deployRegion: 'eu-central-1', template: { Resources } };
}
const linesOf = (ids: readonly string[], providers: unknown, boundary = ResidencyBoundary.eu()) =>
  wholeInventory([gateway(ids, providers)], { boundaryOf: () => boundary, now: NOW, profileRows: [] });
const destinationsOf = (...args: Parameters<typeof linesOf>) => linesOf(...args).flatMap((line) => line.destinations);

test('a host of a provider is shown with its place, its company, its owner and what it retains', () => {
  expect(destinationsOf(['ovh/gpt-oss-120b'], providersMetadata({ providers: [OVH] }))).toEqual([
    {
      id: 'ovh/gpt-oss-120b',
      sourceRegion: 'eu-central-1',
      regions: [],
      models: ['assistant 1'],
      processedIn: { text: 'FR', basis: expect.objectContaining({ kind: 'claimed', by: 'OVHcloud' }) },
      providerRetains: { text: 'nothing', basis: expect.objectContaining({ kind: 'claimed', by: 'OVHcloud' }) },
      external: {
        name: 'ovh',
        service: 'ovhcloud',
        provider: 'OVHcloud',
        host: 'oai.endpoints.kepler.ai.cloud.ovh.net',
        company: 'OVH SAS',
        ownerCountry: 'FR',
        sharedCdn: null,
        retainsAnyway: 'usage metrics; files of the Batch and Files API',
      },
    },
  ]);
});

test('an accepted place, a contract and a check result are repeated', () => {
  const [line] = destinationsOf(['azure-eu/gpt-eu'], providersMetadata({ providers: [AZURE] }));
  expect(line).toMatchObject({
    processedIn: { text: 'EEA, CH' },
    providerRetains: { text: 'nothing', basis: { kind: 'set', by: 'the declared contract' } },
    external: {
      host: 'contoso-eu.openai.azure.com',
      ownerCountry: 'US',
      accepted: 'the board decided on it',
      contract: 'Amendment M-123',
      deployment: { sku: 'DataZoneStandard', readOn: '2026-11-20' },
    },
  });
});

test('without a contract, the days are those of the facts', () => {
  const [line] = destinationsOf(['openai/gpt-5.4'], providersMetadata({ openai: OPENAI }));
  expect(line).toMatchObject({
    providerRetains: { text: 'content, 30 days', basis: { kind: 'claimed', by: 'OpenAI' } },
    external: { name: 'openai', accepted: 'approved by Ada', sharedCdn: true },
  });
});

test.each<[string, string[], unknown, string]>([
  ['that no metadata declares', ['azure-eu/gpt-eu'], undefined, 'opaque'],
  [
    'of which the metadata was edited',
    ['azure-eu/gpt-eu'],
    { providers: [{ name: 'azure-eu', service: 'evil' }] },
    'opaque',
  ],
  ['whose place is not accepted', ['azure-eu/gpt-eu'], { providers: [{ ...AZURE, accepted: undefined }] }, 'outside'],
  [
    'whose owner is not under EU law, where that is required',
    ['azure-eu/gpt-eu'],
    providersMetadata({ providers: [AZURE], euOwnedOnly: true }),
    'not-eu-owned',
  ],
])('a destination %s is refused', (_, ids, providers, reason) => {
  expect(destinationsOf(ids, providers)).toMatchObject([{ refused: { reason } }]);
});

test('the table says that it is outside AWS, and what its place rests on', () => {
  const text = inventoryTable(
    linesOf(['azure-eu/gpt-eu', 'openai/gpt-5.4'], providersMetadata({ providers: [AZURE], openai: OPENAI })),
  );
  expect(text).toContain(`    calls azure-eu/gpt-eu (assistant 1)
      processed in EEA, CH: claimed by Azure, as of 2026-07-31
      its provider retains nothing: set by the declared contract
      outside AWS, at contoso-eu.openai.azure.com of Microsoft Ireland Operations Limited; its owner is under the law of US
      of every customer, it retains state of Responses, Files, Assistants, batches and preview features; metadata
      its contract, as declared: Amendment M-123
      its wider definition of Europe is accepted because the board decided on it
      its SKU is DataZoneStandard, as read from Azure on 2026-11-20
`);
  expect(text).toContain('its host is behind a CDN that others share, so the place rests on its claim alone');
  expect(text).not.toContain('The platform itself is AWS');
});

test('with only EU-owned companies, the table says that the platform is not one', () => {
  const text = inventoryTable(
    linesOf(['ovh/gpt-oss-120b'], providersMetadata({ providers: [OVH], euOwnedOnly: true })),
  );
  expect(text).toContain(
    'The platform itself is AWS: Amazon Web Services EMEA SARL, whose owner, Amazon.com, Inc., is under',
  );
});

test('a policy without providers has no metadata, and its report has no word of them', () => {
  expect(providersMetadata({})).toBeUndefined();
  expect(linesOf([], undefined)).toEqual([expect.not.objectContaining({ euOwnedOnly: true })]);
});
