import { Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork } from '@/lib/constructs/egress/egress-network';
import { sumOfParts } from '@/lib/report/cost/bill';
import { costTable } from '@/lib/report/cost/cost-table';
import { fixedPart } from '@/lib/report/cost/fixed-part';
import { type Gateway, gatewaysOf } from '@/lib/report/cost/gateways';
import { usePart } from '@/lib/report/cost/use-part';
import { stackIn } from '@/test/support/in-region';

const NOW = new Date('2026-11-30');
const HOST = EgressHost.inside('openai.inference.de-txl.ionos.com');

function costIn(letters: readonly string[]) {
  const stack = stackIn('eu-central-1');
  const availabilityZones = letters.map((letter) => `eu-central-1${letter}`);
  new EgressNetwork(stack, 'Egress', { boundary: ResidencyBoundary.eu(), hosts: [HOST], availabilityZones });
  const template = Template.fromStack(stack).toJSON();
  return fixedPart([{ file: 'a.json', stack: 'a', group: 'a', template, deployRegion: 'eu-central-1' }], NOW);
}

test.each([
  [1, 293_00],
  [2, 585_00],
  [3, 877_00],
])('the network of egress in %d zones costs %d cents, all of them known', (zones, cents) => {
  const { lines, unknown } = costIn(['a', 'b', 'c'].slice(0, zones));
  expect(unknown).toEqual([]);
  expect(sumOfParts(lines, 'fixed')).toEqual({ cents, isComplete: true });
  expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual(
    expect.arrayContaining([
      ['firewall endpoints', 730 * zones],
      ['NAT gateways behind firewalls', 730 * zones],
      ['public addresses', 730 * zones],
      ['names of DNS Firewall', expect.any(Number)],
    ]),
  );
});

const gateway = (destination: string, over: Partial<Gateway> = {}): Gateway => ({
  tenant: 'projects',
  region: 'eu-central-1',
  memory: 1,
  models: { large: [destination] },
  isFederated: false,
  isLite: true,
  ...over,
});
const USE = {
  members: 0,
  active: 0,
  turns: 0,
  requests: 1_000_000,
  inputTokens: 1_000,
  outputTokens: 100,
  cached: 0,
  files: 0,
};
const egressOf = (destination: string, over?: Partial<Gateway>) =>
  usePart([gateway(destination, over)], USE, NOW)
    .filter(({ item }) => item.startsWith('egress: '))
    .map(({ item, cents }) => [item.replace('egress: ', ''), cents]);

test.each([
  'eu.anthropic.claude-sonnet-5',
  'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/a',
  'vpc/llama',
])('%s needs no egress', (destination) => {
  expect(egressOf(destination)).toEqual([]);
});

test.each(['openai/gpt-5.4', 'azure-eu/gpt-5-4-eu'])('%s is called through the egress', (destination) => {
  expect(egressOf(destination, { egressMemory: 0.25 })).toEqual([
    ['calls of functions', 20],
    // 10 seconds of 0.25 GB
    ['time of functions', 33_33],
    // 5,000 bytes are sent and 30,000 received: 32.6 GB.
    ['data through interface endpoints', 33],
    ['data through firewalls', 2_12],
    ['data to the internet', 42],
    ['queries of DNS', 1_80],
    ['reads of keys', 5_00],
    ['logs, written', 2_40],
  ]);
});

test('without the template of the function, the cost of its time is unknown', () => {
  expect(egressOf('openai/gpt-5.4')).toContainEqual(['time of functions', undefined]);
});

test('the memory is that of the function with an alias for each kind of tenant', () => {
  const file = { file: 'a.json', stack: 'a', group: 'a', deployRegion: 'eu-central-1' };
  const models = { 'residency:models': { large: ['openai/gpt-5.4'] } };
  const one = { Type: 'AWS::Lambda::Function', Metadata: models, Properties: { MemorySize: 1_024 } };
  const egress = (Name: string) => ({
    Function: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 256 } },
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { Name, FunctionName: { Ref: 'Function' } } },
  });
  const memoryWith = (name: string) =>
    gatewaysOf([
      { ...file, template: { Resources: { Gateway: one } } },
      { ...file, template: { Resources: egress(name) } },
    ])[0]?.egressMemory;
  expect(memoryWith('workspaces')).toBe(0.25);
  expect(memoryWith('live')).toBeUndefined();
});

test.each<[string, string[], string[]]>([
  [
    'providers outside AWS',
    ['openai/gpt-5.4', 'openai/gpt-5.4', 'mistral/mistral-large'],
    [
      'Not in the sums: the tokens of openai/gpt-5.4, mistral/mistral-large. Their providers bill them themselves. The facts have no price of ' +
        'them, and the configuration takes none: add what your contract says.',
    ],
  ],
  [
    'a server and an unknown profile',
    ['vpc/llama', 'eu.unknown.model-v1:0'],
    [
      'Not in the sums: the servers of vpc/llama, which are in your own network.',
      'Not in the sums: the tokens of eu.unknown.model-v1:0, of which no reliable source has the price.',
    ],
  ],
  ['a model whose price is known', ['eu.anthropic.claude-sonnet-5'], []],
])('the sums say what they lack of %s', (_, destinations, notes) => {
  const gateways = destinations.map((destination) => gateway(destination));
  const bill = { fixed: fixedPart([], NOW), use: usePart(gateways, USE, NOW), gateways };
  const found = costTable(bill, { use: USE, additions: [] })
    .split('\n')
    .filter((line) => line.startsWith('Not in the sums: '));
  expect(found).toEqual(notes);
});
