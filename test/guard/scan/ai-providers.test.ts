import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { HOSTS } from '@/lib/facts/generated/hosts';
import { OUTSIDE_HOSTS } from '@/lib/facts/generated/outside-hosts';
import { refusedPlaces } from '@/lib/guard/scan/places-in-text';

const EU = ResidencyBoundary.eu();
const FRANCE = ResidencyBoundary.countries('FR');
const found = (text: string, boundary = EU) =>
  refusedPlaces(boundary, text, 'eu-central-1').map(
    ({ value, decision }) => `${value}: ${decision.inside ? '' : decision.reason}`,
  );

test.each([
  ['https://generativelanguage.googleapis.com/v1beta', 'generativelanguage.googleapis.com'],
  ['https://openrouter.ai/api/v1', 'openrouter.ai'],
  ['https://api.deepseek.com', 'api.deepseek.com'],
  ['https://api.groq.com/openai/v1', 'api.groq.com'],
  ['https://api.cohere.com/v2', 'api.cohere.com'],
  ['https://us-central1-aiplatform.googleapis.com', 'us-central1-aiplatform.googleapis.com'],
  ['https://contoso.openai.azure.com', 'contoso.openai.azure.com'],
  ['https://api.mistral.ai', 'api.mistral.ai'],
])('%s is refused as the host of an AI provider', (text, host) => {
  expect(found(text)).toContain(`${host}: outside`);
});

test('Claude Platform on AWS is worldwide, whatever Region its host names', () => {
  expect(found('https://aws-external-anthropic.eu-central-1.api.aws')).toEqual([
    'aws-external-anthropic.eu-central-1.api.aws: anywhere',
  ]);
});

test.each([
  'https://aiplatform.eu.rep.googleapis.com',
  'https://europe-west4-aiplatform.googleapis.com',
  'https://api.scaleway.ai/v1',
])('%s is inside the EU', (text) => {
  expect(found(text)).toEqual([]);
});

test('a host whose provider names its country is inside a boundary of that country', () => {
  expect(found('https://api.scaleway.ai/v1', FRANCE)).toEqual([]);
  expect(found('https://openai.inference.de-txl.ionos.com', FRANCE)).toEqual([
    'openai.inference.de-txl.ionos.com: outside',
  ]);
});

test.each([
  ['AZURE_LOCATION=eastus', ['eastus: outside']],
  ['uksouth', ['uksouth: outside']],
  ['switzerlandnorth', ['switzerlandnorth: outside']],
  ['norwayeast', ['norwayeast: outside']],
  ['us-central1', ['us-central1: outside']],
  ['europe-west2', ['europe-west2: outside']],
  ['europe-west6', ['europe-west6: outside']],
  ['swedencentral', []],
  ['germanywestcentral', []],
  ['europe-west4', []],
  ['a lakeside in eastusia', []],
  ['the-eastus-team', []],
  ['projects/europe-west2x', []],
  ['projects/p/locations/us-central1/publishers', ['us-central1: outside']],
  ['zone us-central1-a', ['us-central1-a: outside']],
  ['Write to us at help.example.eu', []],
  ['Global alerts of service-1', []],
  ['COUNTRIES=DE,US (ISO-3166)', []],
  ['eu data, central storage', []],
  ['sold in asia and west of it', []],
])('in "%s", the locations outside the EU are %j', (text, places) => {
  expect(found(text)).toEqual(places);
});

test('no AI provider outside the boundary is listed as inside', () => {
  const inside = HOSTS.filter(({ euOnly }) => euOnly).map(({ host }) => host);
  expect(OUTSIDE_HOSTS.length).toBeGreaterThan(100);
  expect(OUTSIDE_HOSTS.filter(({ host }) => inside.includes(host))).toEqual([]);
});
