import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { App, FileSystem, Stack, Token } from 'aws-cdk-lib/core';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { DecidedModel } from '@/lib/constructs/checks/inference-model';
import { type HandlerAssetOptions, withHandlerAsset } from '@/lib/constructs/functions/handler-asset';
import { gatewayBundle, gatewayPolicy } from '@/lib/constructs/gateway/gateway-policy-asset';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import type { WorkspaceBudgets } from '@/lib/constructs/gateway/workspace-budgets';
import { POLICY_FILE } from '@/lib/contract/handlers';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { stackIn } from '../../support/in-region';

const registry = new KeyRegistry(stackIn('eu-central-1'), 'Keys', { boundary: ResidencyBoundary.eu() });
const POLICY_MODELS: DecidedModel[] = [
  {
    id: 'assistant',
    destinations: [
      {
        provider: 'bedrock',
        id: 'eu.amazon.nova-lite-v1:0',
        modelId: 'amazon.nova-lite-v1:0',
        throughProfile: true,
        sourceRegion: 'eu-central-1',
        regions: ['eu-central-1', 'eu-south-2', 'eu-west-1'],
        furtherRegions: ['eu-south-2'],
      },
    ],
  },
];
const POLICY = gatewayPolicy(
  ResidencyBoundary.eu(),
  GatewayTenant.projects(registry, { id: 'bot', models: ['assistant'], requestsPerMinute: 60, concurrentRequests: 4 }),
  POLICY_MODELS,
);

const withGatewayAsset = <T>(
  scope: Stack,
  policy: GatewayPolicy,
  use: (directory: string, asset: HandlerAssetOptions) => T,
): T => withHandlerAsset(scope, gatewayBundle(policy), policy, use);

test('the handler accepts the synthesized policy', () => {
  const text = withGatewayAsset(new Stack(), POLICY, (dir) => readFileSync(path.join(dir, 'policy.json'), 'utf8'));
  expect(parsePolicy(text)).toEqual({
    boundary: 'eu',
    keepsContent: false,
    tenant: { kind: 'project', ids: ['bot'] },
    models: [
      {
        id: 'assistant',
        destinations: [{ region: 'eu-central-1', id: 'eu.amazon.nova-lite-v1:0', furtherRegions: ['eu-south-2'] }],
      },
    ],
    maxReadingAgeHours: 24,
    projects: [{ id: 'bot', models: ['assistant'], limits: { requestsPerMinute: 60, concurrentRequests: 4 } }],
  });
});

test('a budget in US dollars brings the prices of the models, and is refused without one', () => {
  const models = POLICY_MODELS;
  const of = (limits: object, id = 'eu.amazon.nova-lite-v1:0') =>
    gatewayPolicy(
      ResidencyBoundary.eu(),
      GatewayTenant.projects(registry, { id: 'bot', ...limits }),
      models.map((model) => ({ ...model, destinations: model.destinations.map((one) => ({ ...one, id })) })),
    );
  const priced = parsePolicy(JSON.stringify(of({ tokensPerMonth: 5, usdPerMonth: 49.9 })));
  expect(priced.projects?.[0]?.limits).toEqual({ tokensPerMonth: 5, usdPerMonth: 49.9 });
  expect(priced.prices).toEqual([
    { id: 'eu.amazon.nova-lite-v1:0', region: 'eu-central-1', input: 0.078, output: 0.312, cacheRead: 0.0195 },
  ]);
  expect(of({ tokensPerMonth: 5 }).prices).toBeUndefined();
  expect(() => of({ usdPerMonth: 5 }, 'eu.unknown')).toThrow(
    "project 'bot': a budget in US dollars can't be counted, because the facts have no reliable price of 'eu.unknown', a destination of model " +
      "'assistant'; set one in tokens instead",
  );
});

test.each([0, 0.005, 1_000_001, Number.NaN, Token.asNumber({ Ref: 'Budget' })])(
  'a budget of %s is refused',
  (usdPerMonth) => {
    expect(() => GatewayTenant.projects(registry, { id: 'bot', usdPerMonth })).toThrow(
      "project 'bot': 'usdPerMonth' must be an amount from 0.01 to 1000000 US dollars with at most two decimals that is known at synthesis",
    );
  },
);

test('the handler accepts what is shown of a workspace, and none for projects', () => {
  const perMember = { reason: 'agreed', approver: 'Ada', until: '2027-01-31' };
  const monitoring = { minimumGroup: 20, reportGroups: ['physics'], perMember };
  const members = { _tokenGroups: { groupsClaim: 'cognito:groups', groups: { member: [], admin: [], auditor: [] } } };
  const tenant = GatewayTenant.workspace('sciences', members as never, {}, [], undefined, monitoring);
  const model = { id: 'assistant', destinations: [] };
  const policy = gatewayPolicy(ResidencyBoundary.eu(), tenant, [model]);
  const target = { region: 'eu-central-1', id: 'eu.amazon.nova-lite-v1:0' };
  const text = JSON.stringify({ ...policy, models: [{ id: 'assistant', destinations: [target] }] });
  expect(parsePolicy(text).monitoring).toEqual({ minimumGroup: 20, groups: ['physics'], perMember });
  expect(POLICY.monitoring).toBeUndefined();
  expect(() => parsePolicy(text.replace('"minimumGroup":20', '"minimumGroup":4'))).toThrow('monitoring.minimumGroup');
});

const MEMBERS = { _tokenGroups: { groupsClaim: 'cognito:groups', groups: { member: [], admin: [], auditor: [] } } };

test('the handler accepts the budgets of groups and courses, with the prices of what they may call', () => {
  const groups = [{ name: 'physics', usdPerMonth: 5 }];
  const course = { courseId: 'algebra', group: 'a', models: ['assistant'], until: '2027-02-28', budget: { tokens: 5 } };
  const tenant = GatewayTenant.workspace('sciences', MEMBERS as never, { tokensPerMonth: 9 }, [], {}, undefined, {
    groups,
    courses: [course],
  });
  const destination = {
    provider: 'bedrock' as const,
    id: 'eu.anthropic.claude-sonnet-4-6',
    modelId: 'anthropic.claude-sonnet-4-6',
    throughProfile: true,
    sourceRegion: 'eu-central-1',
    regions: ['eu-central-1'],
  };
  const policy = gatewayPolicy(ResidencyBoundary.eu(), tenant, [{ id: 'assistant', destinations: [destination] }]);
  const read = parsePolicy(JSON.stringify(policy));
  expect([read.groups, read.limits, read.prices]).toEqual([
    groups,
    { tokensPerMonth: 9 },
    [expect.objectContaining({ id: destination.id, region: 'eu-central-1' })],
  ]);
  const { courseId: id, ...declared } = course;
  expect(read.courses).toEqual([{ id, ...declared }]);
});

const COURSE = { courseId: 'a', group: 'a', until: '2027-02-28' };

test('a course has models of its workspace only', () => {
  const tenant = GatewayTenant.workspace('sciences', MEMBERS as never, {}, [], {}, undefined, {
    courses: [{ ...COURSE, models: ['assistent'], budget: { usd: 5 } }],
  });
  const make = () => gatewayPolicy(ResidencyBoundary.eu(), tenant, [{ id: 'assistant', destinations: [] }]);
  expect(make).toThrow("course 'a': 'models' must be models of the workspace (assistant), got 'assistent'");
});

test.each<[string, WorkspaceBudgets, boolean]>([
  ["'courses' need API keys of members", { courses: [{ courseId: 'a', group: 'a', until: '2027-02-28' }] }, false],
  ["'groups' must have 1 to 100 entries", { groups: [] }, true],
  [
    "'groups' must have each entry once",
    {
      groups: [
        { name: 'a', tokensPerMonth: 1 },
        { name: 'a', tokensPerMonth: 2 },
      ],
    },
    true,
  ],
  [
    "group 'a': 'tokensPerMonth' must be a whole number from 1 to",
    { groups: [{ name: 'a', tokensPerMonth: 0.5 }] },
    true,
  ],
  [
    "course 'a': 'usd' must be an amount from 0.01 to 1000000 US dollars",
    { courses: [{ courseId: 'a', group: 'a', until: '2027-02-28', budget: { usd: 0 } }] },
    true,
  ],
  ["'usdPerMonth' must be an amount from 0.01", { groups: [{ name: 'a', usdPerMonth: 0.001 }] }, true],
  ["'usdPerMonth' must be an amount", { groups: [{ name: 'a', usdPerMonth: 1.005 }] }, true],
  ["'tokensPerMonth' must be a whole number", { groups: [{ name: 'a', tokensPerMonth: 1e12 + 1 }] }, true],
  ["group 'a': a budget must have 'tokensPerMonth' or 'usdPerMonth'", { groups: [{ name: 'a' }] }, true],
  [
    'a group must have a name in one line of at most 128 characters',
    { groups: [{ name: '', tokensPerMonth: 1 }] },
    true,
  ],
  ["got ' a'; name it as tokens or SCIM do", { groups: [{ name: ' a', tokensPerMonth: 1 }] }, true],
  ['a group must have a name', { groups: [{ name: 'a'.repeat(129), tokensPerMonth: 1 }] }, true],
  ["course 'a': a group must have a name", { courses: [{ ...COURSE, group: 'a\nb' }] }, true],
  ["'courseId' must have lower-case letters", { courses: [{ ...COURSE, courseId: 'Algebra 1' }] }, true],
  ["'courseId' must have lower-case letters", { courses: [{ ...COURSE, courseId: '' }] }, true],
  ["'courseId' must have lower-case letters", { courses: [{ ...COURSE, courseId: 'a'.repeat(65) }] }, true],
  ["course 'a': 'models' must name at least one model", { courses: [{ ...COURSE, models: [] }] }, true],
  ["course 'a': a budget must have 'tokens' or 'usd'", { courses: [{ ...COURSE, budgetPerMember: {} }] }, true],
  ["'until' must be a day", { courses: [{ courseId: 'a', group: 'a', until: '2027-02-30' }] }, true],
])('%s', (message, budgets, hasKeys) => {
  const make = () =>
    GatewayTenant.workspace('sciences', MEMBERS as never, {}, [], hasKeys ? {} : undefined, undefined, budgets);
  expect(make).toThrow(message);
});

test('the handler is in the same directory as the policy', () => {
  expect(withGatewayAsset(new Stack(), POLICY, (dir) => existsSync(path.join(dir, 'index.mjs')))).toBe(true);
});

test('the same policy has the same asset hash in any directory', () => {
  const hash = () => withGatewayAsset(new Stack(), POLICY, (_, { assetHash }) => assetHash);
  expect(hash()).toBe(hash());
  const content = () => withGatewayAsset(new Stack(), POLICY, (dir) => FileSystem.fingerprint(dir));
  expect(content()).toBe(content());
});

test('another policy has another asset hash', () => {
  const hash = (boundary: string) =>
    withGatewayAsset(new Stack(), { ...POLICY, boundary }, (_, { assetHash }) => assetHash);
  expect(hash('eea')).not.toBe(hash('eu'));
});

test('CDK stages files, not links', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const staged = withGatewayAsset(stack, POLICY, (dir, asset) => new Asset(stack, 'Code', { path: dir, ...asset }));
  const folder = path.join(app.synth().directory, staged.assetPath);
  expect(readdirSync(folder).sort()).toEqual(['index.mjs', 'policy.json']);
  for (const file of readdirSync(folder)) expect(lstatSync(path.join(folder, file)).isFile()).toBe(true);
});

test('the temporary directory is deleted, even after a failure', async () => {
  let used = '';
  const fail = () =>
    withGatewayAsset(new Stack(), POLICY, (dir) => {
      used = dir;
      throw new Error('staging failed');
    });
  expect(fail).toThrow('staging failed');
  expect(existsSync(path.join(used, POLICY_FILE))).toBe(false);
  await nextTurn();
  expect(existsSync(used)).toBe(false);
});

test('the directory is kept if CDK refers to it', () => {
  const stack = new Stack();
  stack.node.setContext(DISABLE_ASSET_STAGING_CONTEXT, true);
  const directory = withGatewayAsset(stack, POLICY, (dir) => dir);
  expect(existsSync(directory)).toBe(true);
  rmSync(directory, { recursive: true });
});
