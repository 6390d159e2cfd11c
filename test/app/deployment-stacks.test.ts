import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import * as api from '@/lib';
import type { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideServer } from '@/lib/boundary/server';
import type { DeploymentConfig, ProjectConfig, WorkspaceConfig } from '@/lib/config/model/config';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { PACKAGED } from '@/lib/facts/packaged';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ApiGatewayLogRole, FoundationStack } from '@/lib/stacks/foundation-stack';
import { expectResident, templateSerializer } from '@/lib/testing';
import { UNRETAINED } from '../support/api-facts';
import { DEPLOYMENT, deploymentStacks, destination, EU, FAST, IN_THREE_REGIONS, NOVA } from '../support/deployment';

const all = ({ foundation, workspaces, projects }: DeploymentStacks): Stack[] => [
  foundation,
  ...workspaces,
  ...(projects ? [projects] : []),
];

expect.addSnapshotSerializer(templateSerializer);
const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON();

let stacks: DeploymentStacks;
beforeAll(() => {
  stacks = deploymentStacks();
});

test('stack names begin with the name of the deployment', () => {
  expect(all(stacks).map((stack) => stack.stackName)).toEqual([
    'exemple-foundation',
    'exemple-workspace-sciences',
    'exemple-workspace-office',
    'exemple-projects',
  ]);
});

test('every stack is in the primary Region', () => {
  expect(all(stacks).map((stack) => stack.region)).toEqual(Array(4).fill('eu-central-1'));
});

test('stacks that store something have termination protection', () => {
  expect(all(stacks).map((stack) => stack.terminationProtection ?? false)).toEqual([true, true, true, true]);
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
  const all = deploymentStacks({ ...DEPLOYMENT, trail: { dataEvents: 'account' }, workspaces: [] });
  expect(objects(all).StartsWith).toBeUndefined();
});

test('nothing is reserved by default, because an account may have nothing to reserve', () => {
  const templates = JSON.stringify(all(stacks).map(templateOf));
  expect(templates).not.toContain('ReservedConcurrentExecutions');
});

test('the limits of APIs, tenants and jobs reach what enforces them', () => {
  const [workspace] = DEPLOYMENT.workspaces;
  const made = deploymentStacks({
    ...DEPLOYMENT,
    api: {
      requestsPerAddress: 500,
      requestsWithoutKey: 50,
      requestsPerSecond: 7,
      burstRequests: 9,
      projectsConcurrency: 21,
    },
    jobs: { concurrency: 3 },
    workspaces: workspace ? [{ ...workspace, limits: { concurrency: 11 } }] : [],
  });
  const of = (stack: Stack, type: string) =>
    Object.entries(Template.fromStack(stack).findResources(type)).map(([id, { Properties }]) => ({ id, Properties }));
  const reserved = (stack: Stack) =>
    of(stack, 'AWS::Lambda::Function').flatMap(({ id, Properties }) => {
      const count = Properties.ReservedConcurrentExecutions;
      return count === undefined ? [] : [`${id.replace(/[0-9A-F]{8}$/, '')}: ${count}`];
    });
  expect(reserved(made.projects as Stack)).toEqual(['ProjectsGatewayFunction: 21']);
  expect(reserved(made.workspaces[0] as Stack).sort()).toEqual([
    'WorkspaceGatewayFunction: 11',
    ...['Closer', 'Eraser', 'Exporter', 'Witness'].map((actor) => `WorkspaceRights${actor}Function: 3`),
  ]);
  expect(reserved(made.foundation)).toEqual([]);
  for (const stack of [made.projects as Stack, made.workspaces[0] as Stack]) {
    const [stage] = of(stack, 'AWS::ApiGateway::Stage');
    expect(stage?.Properties.MethodSettings).toContainEqual(
      expect.objectContaining({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 }),
    );
  }
  const [acl] = of(made.foundation, 'AWS::WAFv2::WebACL');
  expect(JSON.stringify(acl?.Properties.Rules).match(/(?<="Limit":)\d+/g)).toEqual(['500', '50']);
});

test('the limit of requests without a key follows what API Gateway accepts', () => {
  const { foundation } = deploymentStacks({
    ...DEPLOYMENT,
    api: { requestsPerSecond: 7 },
    workspaces: [],
    projects: [],
  });
  const rules = Object.values(Template.fromStack(foundation).findResources('AWS::WAFv2::WebACL'))[0]?.Properties.Rules;
  expect(rules[2].Statement.RateBasedStatement).toMatchObject({ AggregateKeyType: 'CONSTANT', Limit: 7 * 60 });
});

test('only the foundation has a trail and a log policy, whose numbers AWS limits', () => {
  const counts = all(stacks).map((stack) =>
    ['AWS::CloudTrail::Trail', 'AWS::Logs::ResourcePolicy'].map(
      (type) => Object.keys(Template.fromStack(stack).findResources(type)).length,
    ),
  );
  expect(counts).toEqual([[1, 1], ...Array.from({ length: 3 }, () => [0, 0])]);
});

test('the foundation is deployed before the tenants', () => {
  expect(all(stacks).map((stack) => stack.dependencies.map((other) => other.stackName))).toEqual([
    [],
    ['exemple-foundation'],
    ['exemple-foundation'],
    ['exemple-foundation'],
  ]);
});

test('a workspace stores content until it is deleted only if the configuration says so', () => {
  const retentions = stacks.workspaces.map(({ workspace }) => workspace.conversations.retention);
  expect(retentions.map(({ duration }) => duration?.toDays())).toEqual([365, undefined]);
  expect(retentions[1]?.reason).toBe("the deployment's configuration says until-deleted");
});

test('a Region that Bedrock reports beyond the facts reaches the settings, the policies and the gateways', () => {
  const further = { ...destination(`eu.${NOVA}`), furtherRegions: ['eu-south-2'] };
  const { foundation, projects } = deploymentStacks({
    ...DEPLOYMENT,
    models: [{ id: 'fast', destinations: [further] }],
    workspaces: [],
  });
  expect(foundation.foundation.destinations[0]?.regions).toContain('eu-south-2');
  const arn = `::foundation-model/${NOVA}`;
  expect(JSON.stringify(Template.fromStack(projects as Stack).toJSON())).toMatch(
    new RegExp(`bedrock:eu-south-2${arn}`),
  );
});

test('an API of Bedrock reaches the policies of all gateways, and changes no permission', () => {
  const boundary = EU._withFacts(PACKAGED.with(UNRETAINED));
  const withApi = (api?: 'chat-completions') => {
    const app = new App();
    const models = DEPLOYMENT.models.map((model) => ({
      ...model,
      destinations: model.destinations.map((one) => (one.provider === 'bedrock' ? { ...one, api } : one)),
    }));
    const { foundation, projects } = deploymentStacks({ ...DEPLOYMENT, models, workspaces: [] }, { app, boundary });
    const { directory } = app.synth();
    const targets = readdirSync(directory)
      .map((name) => path.join(directory, name, 'policy.json'))
      .filter((file) => existsSync(file))
      .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).models ?? [])
      .flatMap(({ destinations }: { destinations: { api?: string }[] }) => destinations.map((one) => one.api));
    const allowed = [foundation, projects as Stack].map((stack) => {
      const template = Template.fromStack(stack);
      return ['AWS::IAM::Policy', 'AWS::EC2::VPCEndpoint'].map((type) =>
        Object.values(template.findResources(type)).map(({ Properties }) => Properties.PolicyDocument),
      );
    });
    return { targets, allowed };
  };
  const [converse, chat] = [withApi(), withApi('chat-completions')];
  expect(new Set(converse.targets)).toEqual(new Set([undefined]));
  expect(new Set(chat.targets)).toEqual(new Set(['chat-completions']));
  expect(JSON.stringify(chat.allowed)).toContain('bedrock:InvokeModelWithResponseStream');
  expect(chat.allowed).toEqual(converse.allowed);
});

test('the maximum age of a check reaches the gateway of projects, and limits each gateway', () => {
  const app = new App();
  const limited = <T extends object>(tenants: readonly T[], concurrentRequests: number) =>
    tenants.slice(0, 1).map((tenant) => ({ ...tenant, limits: { concurrentRequests } }));
  const deployment = {
    ...DEPLOYMENT,
    bedrock: { retention: 'manage', maxReadingAgeHours: 48 },
    workspaces: limited(DEPLOYMENT.workspaces, 3).map((workspace) => ({
      ...workspace,
      limits: { ...workspace.limits, requestsPerMemberPerMinute: 5, storedBytesPerMemberPerDay: 6 },
    })),
    projects: limited(DEPLOYMENT.projects, 4),
  } as const;
  deploymentStacks(deployment, { app });
  const { directory } = app.synth();
  const policies = readdirSync(directory)
    .map((name) => path.join(directory, name, 'policy.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const ages = policies.map(({ maxReadingAgeHours }) => maxReadingAgeHours);
  expect(ages.filter((age) => age !== undefined)).toEqual([48]);
  const limits = policies.flatMap((policy) => policy.projects?.[0].limits ?? policy.limits ?? []);
  expect(limits.map(({ concurrentRequests }) => concurrentRequests).sort()).toEqual([3, 4]);
  expect(limits).toContainEqual({
    concurrentRequests: 3,
    requestsPerMemberPerMinute: 5,
    storedBytesPerMemberPerDay: 6,
  });
});

test.each([{}, { interchangeable: true, caching: false }, { interchangeable: false, caching: true }])(
  'the declarations of a model, %j, reach the policies of all gateways',
  (declared) => {
    const app = new App();
    deploymentStacks({ ...DEPLOYMENT, models: DEPLOYMENT.models.map((model) => ({ ...model, ...declared })) }, { app });
    const { directory } = app.synth();
    const models: object[] = readdirSync(directory)
      .map((name) => path.join(directory, name, 'policy.json'))
      .filter((file) => existsSync(file))
      .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).models ?? []);
    expect(models.length).toBeGreaterThan(2);
    for (const { id: _id, destinations: _destinations, ...others } of models as {
      id: string;
      destinations: unknown;
    }[]) {
      expect(others).toEqual(declared);
    }
  },
);

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

test('a deployment without projects has no projects stack', () => {
  expect(deploymentStacks({ ...DEPLOYMENT, projects: [] }).projects).toBeUndefined();
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

test('projects that use a server of the network have a route to it', () => {
  const server = decideServer({
    url: 'http://vllm.internal:8000/v1',
    model: 'BAAI/bge-m3',
    kind: 'embedding',
    addresses: ['10.0.3.0/24'],
    region: 'eu-central-1',
  });
  if (!server.inside) throw new Error(server.detail);
  const { projects, foundation } = deploymentStacks({
    ...DEPLOYMENT,
    models: [...DEPLOYMENT.models, { id: 'embed', destinations: [server.destination] }],
    projects: [{ id: 'search', models: ['fast', 'embed'], limits: {} }],
  });
  const rule = { CidrIp: '10.0.3.0/24', FromPort: 8000, ToPort: 8000, IpProtocol: 'tcp' };
  Template.fromStack(projects as Stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [Match.objectLike(rule)],
  });
  Template.fromStack(projects as Stack).hasResource('AWS::Lambda::Function', {
    Metadata: { 'residency:models': { embed: ['vpc/BAAI/bge-m3'] } },
  });
  expect(foundation.foundation.destinations.map(({ provider }) => provider)).toEqual(['bedrock', 'bedrock', 'bedrock']);
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

test.each(['111122223333', 'none'])('synthesis with account %s looks nothing up', (account) => {
  const app = new App();
  deploymentStacks(undefined, { app, account });
  expect(app.synth().manifest.missing).toBeUndefined();
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

test.each([
  ['eu', ResidencyBoundary.eu(), 'eu'],
  ['countries', ResidencyBoundary.countries('DE', 'FR', 'SE', 'IE', 'ES', 'IT'), 'DE+ES+FR+IE+IT+SE'],
])('the tag of a boundary of %s is one that AWS accepts', (_, boundary, tag) => {
  const app = new App();
  deploymentStacks(undefined, { app, boundary });
  for (const stack of app.synth().stacks) expect(stack.tags['residency:boundary']).toBe(tag);
  expect(tag).toMatch(/^[\w\s.:/=+\-@]{1,256}$/);
});

test.each([
  ['foundation', (made: DeploymentStacks) => made.foundation],
  ['workspace', (made: DeploymentStacks) => made.workspaces[0] as Stack],
  ['projects', (made: DeploymentStacks) => made.projects as Stack],
])('the %s stack matches its snapshot', (_, pick) => {
  expect(templateOf(pick(stacks))).toMatchSnapshot();
});

test('each stack is resident', () => {
  for (const stack of all(deploymentStacks(undefined, { app: new App() }))) expectResident(stack);
});

test('no template names a Region outside the boundary', () => {
  const named = JSON.stringify(all(stacks).map(templateOf)).match(/\b[a-z]{2,4}(?:-[a-z]+){1,3}-\d\b/g) ?? [];
  const outside = [...new Set(named)].filter((code) => !EU.containsRegion(code));
  expect(named.length).toBeGreaterThan(0);
  expect(outside).toEqual([]);
});

test('no template names a partition, which differs in the sovereign cloud', () => {
  // A flag of the app lets CDK itself write the partition that the Region is in.
  const withoutFlags = deploymentStacks(undefined, { app: new App() });
  expect(JSON.stringify(all(withoutFlags).map(templateOf))).not.toMatch(/arn:aws[a-z-]*:/);
});

test('guardrails of the file reach each gateway, its role, and the endpoint of each Region', () => {
  const at = (region: string) => ({ id: `gr${region.replaceAll('-', '')}`, version: '3', region });
  const guardrails = ['eu-central-1', 'eu-north-1', 'eu-west-3'].map(at);
  const [sciences, office] = IN_THREE_REGIONS.workspaces;
  const [bot] = IN_THREE_REGIONS.projects;
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/k';
  const stacks = deploymentStacks({
    ...IN_THREE_REGIONS,
    workspaces: [{ ...(sciences as WorkspaceConfig), guardrails }, office as WorkspaceConfig],
    projects: [{ ...(bot as ProjectConfig), guardrails: [{ ...at('eu-central-1'), key }, ...guardrails.slice(1)] }],
  });
  const text = (stack: Stack | undefined) => JSON.stringify(Template.fromStack(stack as Stack).toJSON());
  for (const stack of [stacks.workspaces[0], stacks.projects]) {
    expect(text(stack)).toMatch(/"GUARDRAILS":.*greucentral1:3 .*greunorth1:3 .*greuwest3:3/);
    expect(text(stack)).toContain('"OnlyWithGuardrail"');
  }
  expect(text(stacks.workspaces[1])).not.toMatch(/GUARDRAILS|ApplyGuardrail/);
  expect(text(stacks.projects)).toMatch(/GuardrailKeys|kms:Decrypt/);
  expect(text(stacks.foundation)).toContain('guardrail/greucentral1');
  const [north, west] = stacks.regionalEndpoints.map(text);
  expect(north).toContain('guardrail/greunorth1');
  expect(west).toContain('guardrail/greuwest3');
  expect(west).not.toContain('guardrail/greunorth1');
});
