import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const STOCKHOLM = edited(SECOND, `${SECOND}\n        region: eu-north-1`);
const ranges = (text: string, file = STOCKHOLM) =>
  edited('name: exemple\n', `name: exemple\nnetwork: { ranges: ${text} }\n`, file);
const ALLOWED = 'allowed: a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24';

test('a destination may be called in another Region', () => {
  const { deployment } = readConfig(STOCKHOLM, 'residency.yaml');
  expect(deployment?.models[0]?.destinations[1]).toMatchObject({ sourceRegion: 'eu-north-1', regions: ['eu-north-1'] });
  expect(deployment?.networkRanges).toEqual({});
});

test('ranges may be given', () => {
  const given = { 'eu-central-1': '10.20.0.0/20', 'eu-north-1': '10.20.16.0/24' };
  expect(readConfig(ranges(JSON.stringify(given)), 'residency.yaml').deployment?.networkRanges).toEqual(given);
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['of public addresses', '{ eu-north-1: 8.8.8.0/24 }', `3:34: network.ranges.eu-north-1: found '8.8.8.0/24'; ${ALLOWED}`],
  ['that is too large', '{ eu-north-1: 10.0.0.0/8 }', `3:34: network.ranges.eu-north-1: found '10.0.0.0/8'; ${ALLOWED}`],
  ['that is too small', '{ eu-north-1: 10.9.0.0/28 }', `3:34: network.ranges.eu-north-1: found '10.9.0.0/28'; ${ALLOWED}`],
  ['that begins between two', '{ eu-north-1: 10.9.0.1/24 }', `3:34: network.ranges.eu-north-1: found '10.9.0.1/24'; ${ALLOWED}`],
  ['without a length', '{ eu-north-1: 10.9.0.0 }', `3:34: network.ranges.eu-north-1: found '10.9.0.0'; ${ALLOWED}`],
  ['of the primary network as it is by default', '{ eu-north-1: 10.0.7.0/24 }', "3:34: network.ranges.eu-north-1: found '10.0.7.0/24', which overlaps 10.0.0.0/16 of eu-central-1; give ranges without a common address"],
  ['of the primary network', '{ eu-central-1: 10.9.0.0/16, eu-north-1: 10.9.1.0/24 }', "3:61: network.ranges.eu-north-1: found '10.9.1.0/24', which overlaps 10.9.0.0/16 of eu-central-1; give ranges without a common address"],
  ['of a Region in which nothing is called', '{ eu-west-3: 10.9.0.0/24 }', '3:22: network.ranges.eu-west-3: is for a Region in which no destination is called; leave it out, or call one there'],
  ['of a Region outside', '{ eu-west-2: 10.9.0.0/24 }', '3:22: network.ranges.eu-west-2: is no key of this file; allowed: eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3, eusc-de-east-1'],
])('a range %s is refused', (_, text, line) => {
  const [first, ...others] = linesOf(ranges(text));
  expect(first).toContain(`residency.yaml:${line}`);
  expect(others).toEqual([]);
});

test('a range that another Region has by default is refused where it is given', () => {
  const three = edited(
    'bedrock: eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'bedrock: eu.anthropic.claude-sonnet-4-5-20250929-v1:0\n        region: eu-west-3',
    STOCKHOLM,
  );
  expect(linesOf(ranges('{ eu-north-1: 10.1.5.0/25 }', three))).toEqual([
    "residency.yaml:3:34: network.ranges.eu-north-1: found '10.1.5.0/25', which overlaps 10.1.5.0/24 of eu-west-3; give ranges without a common address",
  ]);
  expect(linesOf(ranges('{ eu-west-3: 10.1.1.0/25 }', three))).toEqual([
    "residency.yaml:3:33: network.ranges.eu-west-3: found '10.1.1.0/25', which overlaps 10.1.1.0/24 of eu-north-1; give ranges without a common address",
  ]);
});

test('a primary range moves the others aside', () => {
  expect(linesOf(ranges('{ eu-central-1: 10.1.0.0/16 }'))).toEqual([]);
});
