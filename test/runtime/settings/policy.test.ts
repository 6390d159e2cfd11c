import { endpointOf } from '@/lib/runtime/settings/clients';
import { parseProviderPolicy } from '@/lib/runtime/settings/policy';
import { CHECK, RETENTION } from './support/provider';

test.each([RETENTION, CHECK, { ...CHECK, logging: { region: 'eu-central-1', bucket: 'prompts' } }])(
  'reads what a deployment writes',
  (policy) => {
    expect(parseProviderPolicy(JSON.stringify(policy))).toEqual(policy);
  },
);

// biome-ignore format: one row a line
test.each<[string, unknown, string]>([
  ['no object', [], 'is not an object'],
  ['no task', { ...CHECK, task: 'loosen' }, "has no 'task' that is retention or check"],
  ['no mode', { ...CHECK, mode: 'off' }, "has no 'mode' that is manage or verify"],
  ['no boundary', { ...CHECK, boundary: 1 }, "names no 'boundary'"],
  ['no Regions', { ...CHECK, regions: [] }, "names no 'regions'"],
  ['Regions that are no texts', { ...CHECK, regions: [1] }, "names no 'regions'"],
  ['a destination without Regions', { ...CHECK, destinations: [{ id: 'a', sourceRegion: 'b', throughProfile: true }] }, "has no 'destinations'"],
  ['logging without a Region', { ...CHECK, logging: { bucket: 'prompts' } }, "has a 'logging' without region"],
  ['logging to what is no name', { ...CHECK, logging: { region: 'eu-central-1', bucket: 1 } }, "has a 'logging' without region"],
  ['a key that is not known', { ...CHECK, loosen: true }, 'holds keys that are not known: loosen'],
])('refuses a policy with %s', (_, policy, message) => {
  expect(() => parseProviderPolicy(JSON.stringify(policy))).toThrow(`policy.json ${message}`);
});

test('refuses what is not JSON', () => expect(() => parseProviderPolicy('{')).toThrow('policy.json is not JSON'));

test('endpoints are written out by the facts', () => {
  expect(endpointOf('bedrock', 'eu-central-1')).toBe('https://bedrock.eu-central-1.amazonaws.com');
  expect(endpointOf('bedrock', 'eusc-de-east-1')).toBe('https://bedrock.eusc-de-east-1.amazonaws.eu');
  expect(() => endpointOf('bedrock', 'eu-central-9')).toThrow("'eu-central-9' is no Region that the facts know");
});
