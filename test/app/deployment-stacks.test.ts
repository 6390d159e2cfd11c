import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import * as api from '@/lib';
import type { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ApiGatewayLogRole, FoundationStack } from '@/lib/stacks/foundation-stack';
import { expectResident, templateSerializer } from '@/lib/testing';
import { DEPLOYMENT, deploymentStacks, EU, FAST, NOVA } from '../support/deployment';

const all = ({ foundation, workspaces, projects, ledger }: DeploymentStacks): Stack[] => [
  foundation,
  ...workspaces,
  ...(projects ? [projects] : []),
  ...(ledger ? [ledger] : []),
];

expect.addSnapshotSerializer(templateSerializer);
const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON();

let stacks: DeploymentStacks;
/** Without feature flags, with which CDK itself would write the partition that the Region is in. */
let plain: DeploymentStacks;
const plainApp = new App();
beforeAll(() => {
  stacks = deploymentStacks();
  plain = deploymentStacks(undefined, { app: plainApp });
});

test('stack names begin with the name of the deployment', () => {
  expect(all(stacks).map((stack) => stack.stackName)).toEqual([
    'exemple-foundation',
    'exemple-workspace-sciences',
    'exemple-workspace-office',
    'exemple-projects',
    'exemple-ledger',
  ]);
});

test('every stack is in the primary Region', () => {
  expect(all(stacks).map((stack) => stack.region)).toEqual(Array(5).fill('eu-central-1'));
});

test('stacks that store something have termination protection', () => {
  expect(all(stacks).map((stack) => stack.terminationProtection ?? false)).toEqual(Array(5).fill(true));
});

test('a role that a service assumes accepts it for the own account only', () => {
  const trusts = all(stacks).flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).flatMap(
      ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
    ),
  );
  const byService = trusts.filter(({ Principal }) => Principal.Service !== undefined);
  const free = byService.filter(({ Condition }) => Condition?.StringEquals?.['aws:SourceAccount'] === undefined);
  // Lambda assumes a function's role without naming an account, and API Gateway isn't documented to name one.
  expect([...new Set(free.map(({ Principal }) => Principal.Service))].sort()).toEqual([
    'apigateway.amazonaws.com',
    'lambda.amazonaws.com',
  ]);
  expect(byService.length).toBeGreaterThan(free.length);
});

test('the trail selects the stores of the deployment, or all of the account', () => {
  const objects = (of: DeploymentStacks) => {
    const [trail] = Object.values(Template.fromStack(of.foundation).findResources('AWS::CloudTrail::Trail'));
    return trail?.Properties.AdvancedEventSelectors[2].FieldSelectors[2];
  };
  expect(objects(stacks).StartsWith).toEqual(['arn:aws:s3:::exemple-']);
  const all = deploymentStacks({ ...DEPLOYMENT, trail: { dataEvents: 'account' }, workspaces: [], projects: [] });
  expect(objects(all).StartsWith).toBeUndefined();
});

test('nothing is reserved by default, because an account may have nothing to reserve', () => {
  const templates = JSON.stringify(all(stacks).map(templateOf));
  expect(templates).not.toContain('ReservedConcurrentExecutions');
});

test('only the foundation has a trail and a log policy, whose numbers AWS limits', () => {
  const counts = all(stacks).map((stack) =>
    ['AWS::CloudTrail::Trail', 'AWS::Logs::ResourcePolicy'].map(
      (type) => Object.keys(Template.fromStack(stack).findResources(type)).length,
    ),
  );
  expect(counts).toEqual([[1, 1], ...Array.from({ length: 4 }, () => [0, 0])]);
});

test('two workspaces share only what the foundation has, and no table, bucket or key for content', () => {
  const shared = stacks.workspaces.map((stack) =>
    [...JSON.stringify(templateOf(stack)).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name),
  );
  const [sciences, office] = shared.map((names) => [...new Set(names)].sort());
  expect(office).toEqual(sciences);
  const kinds = sciences?.map(
    (name) => /^exemple-foundation:ExportsOutput(?:Ref|FnGetAtt)Foundation([A-Z]\w+?)[0-9A-F]{8}/.exec(name)?.[1],
  );
  expect([...new Set(kinds)]).toEqual([
    'AlertsPublisher',
    'EvidenceBucket',
    'EvidenceKey',
    'LogKey',
    'NetworkClients',
    'WebAcl',
    'AccessLogs',
    'AlertsTopic',
    'NetworkVpcIsolatedSubnet1Subnet',
    'NetworkVpcIsolatedSubnet2Subnet',
  ]);
});

test('the foundation is deployed before the tenants', () => {
  expect(all(stacks).map((stack) => stack.dependencies.map((other) => other.stackName))).toEqual([
    [],
    ['exemple-foundation'],
    ['exemple-foundation'],
    ['exemple-foundation'],
    ['exemple-foundation', 'exemple-workspace-sciences', 'exemple-workspace-office', 'exemple-projects'],
  ]);
});

test('a workspace stores content until it is deleted only if the configuration says so', () => {
  const retentions = stacks.workspaces.map(({ workspace }) => workspace.conversations.retention);
  expect(retentions.map(({ duration }) => duration?.toDays())).toEqual([365, undefined]);
  expect(retentions[1]?.reason).toBe("the deployment's configuration says until-deleted");
});

test('a workspace converts office files only if the configuration says so', () => {
  const [first, ...others] = DEPLOYMENT.workspaces;
  if (first === undefined) throw new Error('the deployment has no workspace');
  const { workspaces } = deploymentStacks({ ...DEPLOYMENT, workspaces: [{ ...first, officeFiles: true }, ...others] });
  const converting = workspaces.map((stack) => JSON.stringify(templateOf(stack)).includes('CONVERSIONS_TABLE_ARN'));
  expect(converting).toEqual([true, ...others.map(() => false)]);
});

test('projects are refused if prompts may be logged', () => {
  const logging: DeploymentConfig = {
    ...DEPLOYMENT,
    bedrock: { retention: 'manage', invocationLogging: { bucket: 'prompts' } },
  };
  expect(() => deploymentStacks(logging)).toThrow(
    "projects must be served without retention because their content isn't stored, got a foundation with 'invocationLogging', which " +
      'may log every prompt and answer of the account; leave it out, or serve projects in another account',
  );
  expect(deploymentStacks({ ...logging, projects: [] }).workspaces).toHaveLength(2);
});

test('what is shown of use is that of the file: for each workspace its groups, for all of them the rest', () => {
  const perMember = { reason: 'agreed', approver: 'Ada', until: '2027-01-31' };
  const [first, ...others] = DEPLOYMENT.workspaces;
  if (first === undefined) throw new Error('no workspace');
  const app = new App();
  const { workspaces } = deploymentStacks(
    {
      ...DEPLOYMENT,
      monitoring: { minimumGroup: 20, perMember },
      workspaces: [{ ...first, reportGroups: ['physics'] }, ...others],
    },
    { app },
  );
  const { directory } = app.synth();
  const shown = readdirSync(directory)
    .map((name) => path.join(directory, name, 'policy.json'))
    .flatMap((file) => (existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8'))] : []))
    .filter(({ tenant }) => tenant?.kind === 'workspace')
    .map(({ tenant, monitoring }) => [tenant.ids[0], monitoring])
    .sort();
  expect(shown).toEqual([
    ['office', { minimumGroup: 20, perMember }],
    ['sciences', { minimumGroup: 20, perMember, groups: ['physics'] }],
  ]);
  for (const stack of workspaces) expect(JSON.stringify(templateOf(stack))).toContain('2027-02-01T00:00:00Z');
});

test('a deployment without projects has no projects stack, and one without tenants no ledger', () => {
  const workspacesOnly = deploymentStacks({ ...DEPLOYMENT, projects: [] });
  expect(workspacesOnly.projects).toBeUndefined();
  expect(workspacesOnly.ledger).toBeDefined();
  expect(deploymentStacks({ ...DEPLOYMENT, workspaces: [], projects: [] }).ledger).toBeUndefined();
});

test.each([
  ['is a new one by default', undefined, 1],
  ['stays the existing one on request', ApiGatewayLogRole.EXISTING, 0],
])('the log role of API Gateway %s', (_, apiGatewayLogRole, count) => {
  const foundation = new FoundationStack(new App(), 'Shared', {
    env: { account: '111122223333', region: 'eu-central-1' },
    boundary: EU,
    models: [FAST],
    alerts: Alerts.none('a test'),
    apiGatewayLogRole,
  });
  Template.fromStack(foundation).resourceCountIs('AWS::ApiGateway::Account', count);
});

test('the public API is enough to create a foundation', () => {
  const app = new api.ResidencyApp();
  const stack = new api.FoundationStack(app, 'Shared', {
    env: { region: 'eu-central-1' },
    boundary: api.ResidencyBoundary.eu(),
    models: [FAST],
    alerts: api.Alerts.to('security@example.eu'),
  });
  expect(stack.foundation.destinations.map(({ id }) => id)).toEqual([`eu.${NOVA}`]);
});

test('synthesis looks nothing up, with an account or without', () => {
  const app = new App();
  deploymentStacks(undefined, { app, account: 'none' });
  for (const one of [app, plainApp]) expect(one.synth().manifest.missing).toBeUndefined();
});

test('the stacks pass the guard for their own boundary', () => {
  const app = new ResidencyApp({ boundary: EU });
  deploymentStacks(undefined, { app });
  expect(() => app.synth()).not.toThrow();
});

test.each(['eu-west-2', 'us-east-1', 'eu-central-2'])('a deployment in %s is refused', (primaryRegion) => {
  expect(() => deploymentStacks({ ...DEPLOYMENT, primaryRegion })).toThrow(
    `exemple-foundation/Foundation must be deployed inside the EU because personal data passes through it, got '${primaryRegion}'`,
  );
});

test('the tag of a boundary is one that AWS accepts', () => {
  const app = new App();
  const boundary = ResidencyBoundary.countries('DE', 'FR', 'SE', 'IE', 'ES', 'IT');
  deploymentStacks({ ...DEPLOYMENT, workspaces: [] }, { app, boundary });
  const tags = [plainApp, app].map((one) => one.synth().stacks.map((stack) => stack.tags['residency:boundary']));
  expect(tags).toEqual([Array(5).fill('eu'), Array(3).fill('DE+ES+FR+IE+IT+SE')]);
  for (const tag of tags.flat()) expect(tag).toMatch(/^[\w\s.:/=+\-@]{1,256}$/);
});

test.each([
  ['foundation', (made: DeploymentStacks) => made.foundation],
  ['workspace', (made: DeploymentStacks) => made.workspaces[0] as Stack],
  ['projects', (made: DeploymentStacks) => made.projects as Stack],
  ['ledger', (made: DeploymentStacks) => made.ledger as Stack],
])('the %s stack matches its snapshot', (_, pick) => {
  expect(templateOf(pick(stacks))).toMatchSnapshot();
});

test('each stack is resident', () => {
  for (const stack of all(plain)) expectResident(stack);
});

test('no template names a Region outside the boundary', () => {
  const named = JSON.stringify(all(stacks).map(templateOf)).match(/\b[a-z]{2,4}(?:-[a-z]+){1,3}-\d\b/g) ?? [];
  const outside = [...new Set(named)].filter((code) => !EU.containsRegion(code));
  expect(named.length).toBeGreaterThan(0);
  expect(outside).toEqual([]);
});

test('no template names a partition, which differs in the sovereign cloud', () => {
  expect(JSON.stringify(all(plain).map(templateOf))).not.toMatch(/arn:aws[a-z-]*:/);
});
