import { endpointOf } from '@/lib/runtime/settings/clients';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { CHECK, RETENTION } from './support/settings-handler';

test.each([
  RETENTION,
  CHECK,
  {
    ...CHECK,
    destinations: CHECK.destinations.map((one) => ({ ...one, life: { legacyFrom: null, endsAt: '2027-04-08' } })),
  },
  { ...CHECK, logging: { region: 'eu-central-1', bucket: 'prompts' } },
])('a policy that a deployment writes is accepted', (policy) => {
  expect(parseSettingsPolicy(JSON.stringify(policy))).toEqual(policy);
});

// biome-ignore format: one row a line
test.each<[string, unknown, string]>([
  ['no object', [], 'is not an object'],
  ['no task', { ...CHECK, task: 'loosen' }, "must have a 'task': retention or check"],
  ['no mode', { ...CHECK, mode: 'off' }, "must have a 'mode': manage or verify"],
  ['no boundary', { ...CHECK, boundary: 1 }, "must name a 'boundary'"],
  ['no Regions', { ...CHECK, regions: [] }, "must name 'regions'"],
  ['Regions that are not text', { ...CHECK, regions: [1] }, "must name 'regions'"],
  ['a destination without Regions', { ...CHECK, destinations: [{ id: 'a', sourceRegion: 'b', throughProfile: true }] }, "must have 'destinations'"],
  ['a model that is no text', { ...CHECK, destinations: [{ ...CHECK.destinations[0], modelId: 1 }] }, "must have 'destinations'"],
  ['a life without its end', { ...CHECK, destinations: [{ ...CHECK.destinations[0], life: { legacyFrom: null } }] }, "must have 'destinations'"],
  ['an end that is no day', { ...CHECK, destinations: [{ ...CHECK.destinations[0], life: { legacyFrom: null, endsAt: 'soon' } }] }, "must have 'destinations'"],
  ['logging without a Region', { ...CHECK, logging: { bucket: 'prompts' } }, "has an invalid 'logging'"],
  ['logging to an invalid name', { ...CHECK, logging: { region: 'eu-central-1', bucket: 1 } }, "has an invalid 'logging'"],
  ['an unknown key', { ...CHECK, loosen: true }, 'contains unknown keys: loosen'],
])('a policy with %s is refused', (_, policy, message) => {
  expect(() => parseSettingsPolicy(JSON.stringify(policy))).toThrow(`policy.json ${message}`);
});

test('a policy that isn’t JSON is refused', () =>
  expect(() => parseSettingsPolicy('{')).toThrow('policy.json is not JSON'));

test('endpoints come from the facts', () => {
  expect(endpointOf('bedrock', 'eu-central-1')).toBe('https://bedrock.eu-central-1.amazonaws.com');
  expect(endpointOf('bedrock', 'eusc-de-east-1')).toBe('https://bedrock.eusc-de-east-1.amazonaws.eu');
  expect(() => endpointOf('bedrock', 'eu-central-9')).toThrow("'eu-central-9' isn't a Region in the facts");
});
