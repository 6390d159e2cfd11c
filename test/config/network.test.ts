import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const STOCKHOLM = edited(SECOND, `${SECOND}\n        region: eu-north-1`);
const ranges = (text: string, file = STOCKHOLM) =>
  edited('name: exemple\n', `name: exemple\nnetwork: { ranges: ${text} }\n`, file);
const ALLOWED = 'allowed: a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24';

test('a destination in another Region is accepted', () => {
  const { deployment } = readConfig(STOCKHOLM, 'residency.yaml');
  expect(deployment?.models[0]?.destinations[1]).toMatchObject({ sourceRegion: 'eu-north-1', regions: ['eu-north-1'] });
  expect(deployment?.network.ranges).toEqual({});
});

test('ranges are accepted', () => {
  const given = { 'eu-central-1': '10.20.0.0/20', 'eu-north-1': '10.20.16.0/24' };
  expect(readConfig(ranges(JSON.stringify(given)), 'residency.yaml').deployment?.network.ranges).toEqual(given);
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['of public addresses', '{ eu-north-1: 8.8.8.0/24 }', `3:34: network.ranges.eu-north-1: found '8.8.8.0/24'; ${ALLOWED}`],
  ['that is too large', '{ eu-north-1: 10.0.0.0/8 }', `3:34: network.ranges.eu-north-1: found '10.0.0.0/8'; ${ALLOWED}`],
  ['that is too small', '{ eu-north-1: 10.9.0.0/28 }', `3:34: network.ranges.eu-north-1: found '10.9.0.0/28'; ${ALLOWED}`],
  ['that begins between two', '{ eu-north-1: 10.9.0.1/24 }', `3:34: network.ranges.eu-north-1: found '10.9.0.1/24'; ${ALLOWED}`],
  ['without a length', '{ eu-north-1: 10.9.0.0 }', `3:34: network.ranges.eu-north-1: found '10.9.0.0'; ${ALLOWED}`],
  ['of the primary network as it is by default', '{ eu-north-1: 10.0.7.0/24 }', "3:34: network.ranges.eu-north-1: found '10.0.7.0/24', which overlaps 10.0.0.0/16 of eu-central-1; choose ranges that don't overlap"],
  ['of the primary network', '{ eu-central-1: 10.9.0.0/16, eu-north-1: 10.9.1.0/24 }', "3:61: network.ranges.eu-north-1: found '10.9.1.0/24', which overlaps 10.9.0.0/16 of eu-central-1; choose ranges that don't overlap"],
  ['of a Region without destinations', '{ eu-west-3: 10.9.0.0/24 }', '3:22: network.ranges.eu-west-3: is for a Region that no destination uses; remove it, or add a destination there'],
  ['of a Region outside the boundary', '{ eu-west-2: 10.9.0.0/24 }', "3:22: network.ranges.eu-west-2: isn't a known key; allowed: eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3, eusc-de-east-1"],
])('a range %s is refused', (_, text, line) => {
  const [first, ...others] = linesOf(ranges(text));
  expect(first).toContain(`residency.yaml:${line}`);
  expect(others).toEqual([]);
});

test('a range that is the default of another Region is refused', () => {
  const three = edited(
    'bedrock: eu.anthropic.claude-sonnet-4-6',
    'bedrock: eu.anthropic.claude-sonnet-4-6\n        region: eu-west-3',
    STOCKHOLM,
  );
  expect(linesOf(ranges('{ eu-north-1: 10.1.5.0/25 }', three))).toEqual([
    "residency.yaml:3:34: network.ranges.eu-north-1: found '10.1.5.0/25', which overlaps 10.1.5.0/24 of eu-west-3; choose ranges that don't overlap",
  ]);
  expect(linesOf(ranges('{ eu-west-3: 10.1.1.0/25 }', three))).toEqual([
    "residency.yaml:3:33: network.ranges.eu-west-3: found '10.1.1.0/25', which overlaps 10.1.1.0/24 of eu-north-1; choose ranges that don't overlap",
  ]);
});

test('default ranges avoid the range of the primary Region', () => {
  expect(linesOf(ranges('{ eu-central-1: 10.1.0.0/16 }'))).toEqual([]);
});

const zones = (text: string, file = STOCKHOLM) =>
  edited('name: exemple\n', `name: exemple\nnetwork: { zones: ${text} }\n`, file);

test('zones are accepted for each Region with a network', () => {
  const given = {
    'eu-central-1': ['eu-central-1a', 'eu-central-1c'],
    'eu-north-1': ['eu-north-1a', 'eu-north-1b', 'eu-north-1c'],
    'eu-west-1': ['eu-west-1b', 'eu-west-1c'],
  };
  const recovering = edited('primary:', 'recovery: eu-west-1, primary:', zones(JSON.stringify(given)));
  expect(readConfig(recovering, 'residency.yaml').deployment?.network.zones).toEqual(given);
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['of another Region', '{ eu-north-1: [eu-north-1a, eu-west-1b] }', "network.zones.eu-north-1: found 'eu-west-1b', which isn't a zone of 'eu-north-1'"],
  ['of a Region without a network', '{ eu-west-3: [eu-west-3a, eu-west-3b] }', 'network.zones.eu-west-3: are for a Region without a network of this deployment; remove them'],
  ['that is the only one', '{ eu-north-1: [eu-north-1a] }', 'network.zones.eu-north-1: found a list; allowed: a list of two or three zones of the Region'],
  ['named twice', '{ eu-north-1: [eu-north-1a, eu-north-1a] }', "network.zones.eu-north-1[1]: found 'eu-north-1a' a second time; remove one of them"],
  ['by its letter', '{ eu-north-1: [a, b] }', "network.zones.eu-north-1[0]: found 'a'; allowed: a zone such as eu-central-1a"],
])('a zone %s is refused', (_, text, line) => {
  expect(linesOf(zones(text)).join('\n')).toContain(line);
});
