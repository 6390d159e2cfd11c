import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const VPC = {
  id: 'vpc-0123456789abcdef0',
  cidr: '10.40.0.0/20',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  routeTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef0'],
};
const withVpc = (change: object = {}, ranges?: object) =>
  edited('name: exemple\n', `name: exemple\nnetwork: ${JSON.stringify({ ranges, vpc: { ...VPC, ...change } })}\n`);

test('an existing VPC is accepted', () => {
  expect(readConfig(withVpc(), 'residency.yaml').deployment?.network.vpc).toEqual(VPC);
});

// biome-ignore format: one row a line
test.each<[string, object, string]>([
  ['of another Region', { availabilityZones: ['eu-central-1a', 'eu-west-1b'] }, "network.vpc.availabilityZones: found 'eu-west-1b', which isn't a zone of the primary Region 'eu-central-1'"],
  ['of public addresses', { cidr: '8.8.0.0/20' }, "network.vpc.cidr: found '8.8.0.0/20'; allowed: a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24"],
  ['with a zone too few', { availabilityZones: ['eu-central-1a'] }, 'network.vpc.availabilityZones: found 1 for 2 isolated subnets; list one for each subnet, in the same order'],
  ['with a route table too few', { routeTableIds: ['rtb-0123456789abcdef0'] }, 'network.vpc.routeTableIds: found 1 for 2 isolated subnets; list one for each subnet, in the same order'],
  ['with a subnet twice', { isolatedSubnetIds: Array(2).fill('subnet-0123456789abcdef0') }, "network.vpc.isolatedSubnetIds[1]: found 'subnet-0123456789abcdef0' a second time; remove one of them"],
  ['without its subnets', { isolatedSubnetIds: undefined }, 'network.vpc.isolatedSubnetIds: is missing; allowed: a list of subnet ids, at least one'],
  ['by its name', { id: 'shared' }, "network.vpc.id: found 'shared'; allowed: the id of a VPC, such as vpc-0abc1234"],
])('a VPC %s is refused', (_, change, message) => {
  expect(linesOf(withVpc(change)).map((line) => line.replace(/^residency\.yaml:\d+:\d+: /, ''))).toEqual([message]);
});

test('each of its endpoints is created or exists', () => {
  const endpoints = { s3: 'existing', dynamodb: 'existing', kms: 'create' };
  expect(readConfig(withVpc({ endpoints }), 'residency.yaml').deployment?.network.vpc?.endpoints).toEqual(endpoints);
  expect(linesOf(withVpc({ endpoints: { kms: 'shared' } })).join()).toContain(
    "network.vpc.endpoints.kms: found 'shared'; allowed: create, existing",
  );
});

test('zones of a new VPC are refused next to an existing one', () => {
  const file = edited('network: {', 'network: {"zones":{"eu-central-1":["eu-central-1a","eu-central-1c"]},', withVpc());
  expect(linesOf(file).join()).toContain(
    "network.zones.eu-central-1: are zones of a new VPC, but 'network.vpc' names an existing one; remove them",
  );
});

test('a range for a new VPC is refused next to an existing one', () => {
  expect(linesOf(withVpc({}, { 'eu-central-1': '10.9.0.0/16' })).join()).toContain(
    "network.ranges.eu-central-1: is the range of a new VPC, but 'network.vpc' names an existing one; remove it",
  );
});

test('a range of another Region that overlaps the existing VPC is refused', () => {
  const second = 'bedrock: openai.gpt-oss-120b-1:0';
  const text = edited(second, `${second}\n        region: eu-north-1`, withVpc({}, { 'eu-north-1': '10.40.1.0/24' }));
  expect(linesOf(text).join()).toContain("found '10.40.1.0/24', which overlaps 10.40.0.0/20 of eu-central-1");
});

test("an endpoint of Lambda that no destination needs is refused at its place, as the foundation's constructor would", () =>
  expect(linesOf(withVpc({ endpoints: { lambda: 'existing' } }))).toEqual([
    expect.stringMatching(
      /network\.vpc\.endpoints\.lambda: found 'existing', but nothing in the network calls Lambda, .*; remove it, or add a destination outside AWS$/,
    ),
  ]));
