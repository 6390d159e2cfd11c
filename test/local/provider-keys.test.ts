import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readConfig } from '@/lib/config/load';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { SERVED } from '@/lib/config/model/purpose';
import { policiesOf } from '@/lib/local/policies';
import { keyVariable, providerKeys } from '@/lib/local/provider-keys';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
openai: { acceptsWiderEurope: { reason: r } }
providers:
  declared:
    - name: azure-eu
      service: azure
      resource: contoso-eu
      region: germanywestcentral
      acceptsWiderEurope: { reason: r }
      deployments: [{ name: gpt-5-4-eu, sku: DataZoneStandard, model: gpt-5.4 }]
    - { name: stackit, service: stackit }
    - { name: unused, service: ovhcloud }
models:
  - id: assistant
    destinations:
      - openai: gpt-5.4
      - { provider: azure-eu, model: gpt-5-4-eu }
      - { provider: stackit, model: m }
  - id: vectors
    destinations: [{ provider: stackit, model: bge-m3, kind: embedding }]
workspaces: [{ id: sciences, edition: edu, retention: 30d, models: [assistant, vectors] }]
`;
const { deployment } = readConfig(FILE, 'residency.yaml', SERVED);
const config = deployment as DeploymentConfig;
const KEYS = { OPENAI_API_KEY: 'sk', AZURE_EU_API_KEY: 'az', STACKIT_API_KEY: 'st' };

test('each called provider has its key, in its own header', () => {
  expect(providerKeys(config, { ...KEYS, UNUSED_API_KEY: 'no' })).toEqual({
    openAiKey: 'sk',
    keys: new Map([
      ['azure-eu', { 'api-key': 'az' }],
      ['stackit', { authorization: 'Bearer st' }],
    ]),
  });
});

test.each([
  [
    'OPENAI_API_KEY',
    "'OPENAI_API_KEY' is not set, and 'openai/gpt-5.4' needs it; set it to the key of your project at OpenAI",
  ],
  [
    'AZURE_EU_API_KEY',
    "'AZURE_EU_API_KEY' is not set, and 'azure-eu/gpt-5-4-eu' needs it; set it to the key that 'azure-eu' issued to you",
  ],
  [
    'STACKIT_API_KEY',
    "'STACKIT_API_KEY' is not set, and 'stackit/m' needs it; set it to the key that 'stackit' issued to you",
  ],
])('without %s, nothing is served', (name, text) => {
  expect(() => providerKeys(config, { ...KEYS, [name]: '' })).toThrow(new Error(text));
  expect(() => providerKeys(config, { ...KEYS, [name]: undefined })).toThrow(new Error(text));
});

test('no two names of providers have one variable', () => {
  expect(keyVariable('a-b')).toBe('A_B_API_KEY');
  expect(keyVariable('openai')).toBe('OPENAI_API_KEY');
});

test('the gateway decides again on what the file says', () => {
  const [policy] = policiesOf(config, ResidencyBoundary.eu()).workspaces;
  const text = JSON.stringify(policy);
  const { models } = admitPolicy(parsePolicy(text));
  const ids = [...models.values()].flat().map(({ id }) => id);
  expect(ids).toEqual(['openai/gpt-5.4', 'azure-eu/gpt-5-4-eu', 'stackit/m', 'stackit/bge-m3']);
  expect(() => admitPolicy(parsePolicy(text.replaceAll('"DataZoneStandard"', '"GlobalStandard"')))).toThrow(
    /model 'assistant', destination 'gpt-5-4-eu' of 'azure-eu': Azure processes deployment .* in any Azure region .* \(anywhere\)/,
  );
  expect(() => admitPolicy(parsePolicy(text.replace('"provider":"stackit"', '"provider":"other"')))).toThrow(
    /destination 'm' of 'other': 'providers' declares no 'other' \(unknown\)/,
  );
});
