import { BUDGETS_METADATA, MODELS_METADATA, RUNNING_METADATA, TAGS } from '@/lib/contract/tags';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import { billOf } from '@/lib/report/cost/bill';
import { gatewaysOf } from '@/lib/report/cost/gateways';

const tag = (Key: string, Value: string) => ({ Key, Value });
const TENANT = tag(TAGS.tenant, 'workspace/a');
const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 512, Tags: [TENANT] },
  Metadata: { [MODELS_METADATA]: { assistant: ['eu.anthropic.claude-sonnet-5'] } },
};
const pool = (UserPoolTier: string) => ({ Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTier } });
const PROVIDER = { Type: 'AWS::Cognito::UserPoolIdentityProvider' };
const key = (...tags: object[]) => ({ Type: 'AWS::KMS::Key', Properties: { Tags: tags } });

const template = (Resources: object): TemplateInput => ({
  file: 'a.json',
  stack: 'a',
  group: 'a',
  template: { Resources: { Function: FUNCTION, ...Resources } },
  deployRegion: 'eu-central-1',
});
const one = (resources: object) => gatewaysOf([template(resources)])[0];

test('a gateway has the memory, the models and the tenant of its function', () => {
  expect(one({})).toMatchObject({
    tenant: 'workspace/a',
    region: 'eu-central-1',
    memory: 0.5,
    models: { assistant: ['eu.anthropic.claude-sonnet-5'] },
  });
});

test.each([
  ['a pool of its own', { Pool: pool('LITE') }, { isFederated: false, isLite: true }],
  ['a pool with an identity provider', { Pool: pool('LITE'), PROVIDER }, { isFederated: true, isLite: true }],
  ['a pool of another tier', { Pool: pool('PLUS') }, { isFederated: false, isLite: false }],
  ['no pool, so a shared one', {}, { isFederated: true, isLite: true }],
])('a workspace with %s', (_, resources, expected) => {
  expect(one(resources)).toMatchObject(expected);
});

test.each([
  ['365d', 365],
  ['until-deleted', undefined],
])('the retention %s is that of the key', (value, days) => {
  expect(one({ Key: key(tag(TAGS.retention, value)) })?.days).toBe(days);
});

test('a template without a gateway, or without a Region, has none', () => {
  const { deployRegion, ...anywhere } = template({});
  expect(gatewaysOf([{ ...template({}), template: { Resources: { Pool: pool('LITE') } } }, anywhere])).toEqual([]);
});

test('metrics of requests are counted for the gateways that are used', () => {
  const use = { members: 1, active: 1, turns: 1, requests: 0, inputTokens: 1, outputTokens: 1, cached: 0, files: 0 };
  const bill = (turns: number) =>
    billOf([template({})], {
      use: { ...use, turns },
      now: new Date('2026-11-30'),
      metricsOf: (used) => 16 * used.length,
    }).use.filter(({ item }) => item === 'metrics of requests');
  // 16 × $0.30
  expect(bill(1)).toMatchObject([{ tenant: 'shared', part: 'use', quantity: 16, cents: 4_80 }]);
  expect(bill(0)).toEqual([]);
});

const lambda = (MemorySize: number | undefined, ...names: string[]) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize, Environment: { Variables: Object.fromEntries(names.map((name) => [name, 'x'])) } },
});
const segment = (PathPart: string) => ({ Type: 'AWS::ApiGateway::Resource', Properties: { PathPart } });
const GATEWAY = [['DIRECTORY_TABLE_ARN', 'CONVERSIONS_TABLE_ARN', 'USAGE_TABLE_ARN']] as const;

test.each([
  ['nothing', { Other: lambda(512, 'USAGE_TABLE_ARN'), Path: segment('v1') }, {}],
  ['keys of members', { Path: segment('key') }, { keys: true }],
  ['open projects', { Path: segment('projects') }, { open: true }],
  ['background jobs', { Worker: lambda(512, 'JOB_QUEUE_TABLE_ARN') }, { background: true }],
  [
    'SCIM, whose directory the gateway reads too',
    { Gateway: lambda(1_024, ...GATEWAY[0]), Scim: lambda(512, 'DIRECTORY_TABLE_ARN', 'SCIM_TOKENS_TABLE_ARN') },
    { scim: { gb: 0.5 } },
  ],
  [
    'office files, whose conversion the gateway requests',
    { Gateway: lambda(1_024, ...GATEWAY[0]), Conversion: lambda(2_048, 'CONVERSIONS_TABLE_ARN') },
    { conversion: { gb: 2 } },
  ],
  ['a converter whose memory is unknown', { A: lambda(undefined, 'CONVERSIONS_TABLE_ARN') }, { conversion: {} }],
  ['a count of running requests', { A: { ...FUNCTION, Metadata: { [RUNNING_METADATA]: true } } }, { running: true }],
  [
    'budgets',
    { A: { ...FUNCTION, Metadata: { [BUDGETS_METADATA]: { reads: 2, writes: 3 } } } },
    { budgets: { reads: 2, writes: 3 } },
  ],
  ['budgets in another form', { A: { ...FUNCTION, Metadata: { [BUDGETS_METADATA]: { reads: '2' } } } }, {}],
])('a template with %s', (_, resources, expected) => {
  expect(one(resources)?.features).toEqual({
    keys: false,
    background: false,
    open: false,
    running: false,
    ...expected,
  });
});
