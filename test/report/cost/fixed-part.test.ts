import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECK_METRICS } from '@/lib/contract/metrics';
import { SERVICE_PRICES } from '@/lib/facts/generated/service-prices';
import { SOURCES } from '@/lib/facts/generated/sources';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import { sumOfParts } from '@/lib/report/cost/bill';
import { BILLING } from '@/lib/report/cost/billing';
import { fixedPart } from '@/lib/report/cost/fixed-part';
import { servicePrice } from '@/lib/report/cost/price';
import { checkLine } from '@/lib/runtime/settings/settings-log';
import { filesIn, readJson } from '@/test/releases/support/release';

const NOW = new Date('2026-11-30');
const FRANKFURT = 'eu-central-1';

const template = (Resources: object, deployRegion: string | undefined = FRANKFURT): TemplateInput => ({
  file: 'a.json',
  stack: 'a',
  group: 'a',
  template: { Resources },
  ...(deployRegion !== undefined && { deployRegion }),
});
const part = (Type: string, Properties: object = {}, region = FRANKFURT) =>
  fixedPart([template({ One: { Type, Properties } }, region)], NOW);
const counted = (...args: Parameters<typeof part>) =>
  part(...args).lines.map(({ item, quantity, cents }) => [item, quantity, cents]);

const subnets = (count: number) => ({ VpcEndpointType: 'Interface', SubnetIds: Array(count).fill({ Ref: 'Subnet' }) });

test.each<[string, string, object, unknown[][]]>([
  ['an interface endpoint in three zones', 'AWS::EC2::VPCEndpoint', subnets(3), [['interface endpoints', 2190, 26_28]]],
  ['a gateway endpoint', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, []],
  ['an endpoint without a kind, which is a gateway', 'AWS::EC2::VPCEndpoint', {}, []],
  [
    'an endpoint in subnets that the template does not list',
    'AWS::EC2::VPCEndpoint',
    { VpcEndpointType: 'Interface', SubnetIds: { Ref: 'Subnets' } },
    [['interface endpoints', undefined, undefined]],
  ],
  [
    'an endpoint of another kind',
    'AWS::EC2::VPCEndpoint',
    { VpcEndpointType: 'Resource' },
    [['endpoints of other kinds', undefined, undefined]],
  ],
  ['an alarm', 'AWS::CloudWatch::Alarm', { MetricName: 'a', Period: 300 }, [['alarms', 1, 10]]],
  [
    'an alarm on the hours of the ledger, a metric that is sent in each of them',
    'AWS::CloudWatch::Alarm',
    { Namespace: 'EuResidency/Ledger', MetricName: 'hoursClosed', Period: 3_600 },
    [
      ['alarms', 1, 10],
      ['metrics of the ledger', 1, 30],
    ],
  ],
  [
    'an alarm on two metrics and their sum',
    'AWS::CloudWatch::Alarm',
    { Metrics: [{ Expression: 'a+b' }, { MetricStat: { Period: 60 } }, { MetricStat: { Period: 60 } }] },
    [['alarms', 2, 20]],
  ],
  ['an alarm every ten seconds', 'AWS::CloudWatch::Alarm', { MetricName: 'a', Period: 10 }, [['alarms', 1, 30]]],
  [
    'a web ACL with a managed rule group that may have a fee',
    'AWS::WAFv2::WebACL',
    { Rules: [{ Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesBotControlRuleSet' } } }] },
    [
      ['web ACL', 1, 5_00],
      ['rules of the web ACL', 1, 1_00],
      ['fees of managed rule groups', undefined, undefined],
    ],
  ],
  ['a dashboard', 'AWS::CloudWatch::Dashboard', {}, [['dashboards', 1, 3_00]]],
  ['a secret', 'AWS::SecretsManager::Secret', {}, [['secrets', 1, 40]]],
  ['a role', 'AWS::IAM::Role', {}, []],
  [
    'a firewall in two zones',
    'AWS::NetworkFirewall::Firewall',
    { SubnetMappings: [{ SubnetId: 'a' }, { SubnetId: 'b' }] },
    [['firewall endpoints', 1_460, 576_70]],
  ],
  [
    'a firewall in subnets that the template does not list',
    'AWS::NetworkFirewall::Firewall',
    { SubnetMappings: { Ref: 'Mappings' } },
    [['firewall endpoints', undefined, undefined]],
  ],
  [
    'a NAT gateway, which AWS waives behind a firewall',
    'AWS::EC2::NatGateway',
    {},
    [['NAT gateways behind firewalls', 730, 0]],
  ],
  ['a public address', 'AWS::EC2::EIP', {}, [['public addresses', 730, 3_65]]],
  [
    'a list of 20 names for DNS Firewall',
    'AWS::Route53Resolver::FirewallDomainList',
    { Domains: Array(20).fill('a.eu') },
    [['names of DNS Firewall', 20, 1]],
  ],
  [
    'a list of names in a file',
    'AWS::Route53Resolver::FirewallDomainList',
    { DomainFileUrl: 's3://a/b' },
    [['names of DNS Firewall', undefined, undefined]],
  ],
  ['an unknown type', 'AWS::EC2::Instance', {}, [['AWS::EC2::Instance', undefined, undefined]]],
])('%s', (_, type, properties, expected) => {
  expect(counted(type, properties)).toEqual(expected);
});

test('an unknown type is named, and makes the sum incomplete', () => {
  const { unknown, lines } = part('AWS::EC2::Instance');
  expect(unknown).toEqual(['AWS::EC2::Instance']);
  expect(sumOfParts(lines, 'fixed')).toEqual({ cents: 0, isComplete: false });
});

test.each([
  ['a Region without a sourced price', 'eu-south-1'],
  ['a template without a Region', 'unknown'],
])('in %s, the price is unknown', (_, region) => {
  expect(counted('AWS::EC2::VPCEndpoint', subnets(2), region)).toEqual([['interface endpoints', 1460, undefined]]);
});

test('a price for every Region does not speak of another partition', () => {
  expect(servicePrice('kms-key', 'eu-south-1', NOW)?.usd).toBe(1);
  expect(servicePrice('kms-key', 'eusc-de-east-1', NOW)).toBeUndefined();
});

test('a price of its own Region comes before one for every Region, and grows stale', () => {
  expect(servicePrice('interface-endpoint', 'eu-west-1', NOW)).toMatchObject({ usd: 0.011, stale: false });
  expect(servicePrice('interface-endpoint', 'eu-west-1', new Date('2027-09-01'))).toMatchObject({ stale: true });
});

test('a type that is billed by use has no line, and is listed', () => {
  expect(part('AWS::S3::Bucket')).toMatchObject({
    lines: [],
    byUse: [{ type: 'AWS::S3::Bucket', by: 'storage and requests' }],
  });
});

test('every price that is counted is known in Frankfurt, and every price has a source', () => {
  const ids = [...new Set(SERVICE_PRICES.map(({ id }) => id))] as Parameters<typeof servicePrice>[0][];
  expect(ids.filter((id) => servicePrice(id, FRANKFURT, NOW) === undefined)).toEqual([]);
  expect(SERVICE_PRICES.filter(({ source }) => SOURCES[source]?.url === undefined)).toEqual([]);
  const used = readFileSync(path.join(__dirname, '../../../lib/report/cost/price.ts'), 'utf8');
  expect([...used.matchAll(/^ {2}\| '([\w-]+)'/gm)].map(([, id]) => id).sort()).toEqual([...ids].sort());
});

test('the hourly check sends the metrics that are counted', () => {
  const line = checkLine([], 'check', NOW) as { _aws: { CloudWatchMetrics: [{ Metrics: { Name: string }[] }] } };
  const [{ Metrics }] = line._aws.CloudWatchMetrics;
  expect(Metrics.map(({ Name }) => Name).sort()).toEqual([...CHECK_METRICS].sort());
});

test('every type in the stacks of 0.1.0 is priced, billed by use or free', () => {
  const stacks = filesIn('templates').filter((file) => !file.includes('guarded-app') && !file.includes('sovereign'));
  const types = new Set(
    stacks.flatMap((file) =>
      Object.values(readJson<{ Resources: Record<string, { Type: string }> }>(file).Resources).map(({ Type }) => Type),
    ),
  );
  expect([...types].filter((type) => !(type in BILLING))).toEqual([]);
  expect(types.size).toBeGreaterThan(40);
});
