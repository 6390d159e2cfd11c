import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { decideServer } from '@/lib/boundary/server';
import type { ProjectConfig, WorkspaceConfig } from '@/lib/config/model/config';
import { PACKAGED } from '@/lib/facts/packaged';
import { UNRETAINED } from '../support/api-facts';
import { DEPLOYMENT, deploymentStacks, destination, EU, IN_THREE_REGIONS, NOVA } from '../support/deployment';

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

test("members' keys change a workspace's API and its policy, and no permission", () => {
  const [workspace] = DEPLOYMENT.workspaces;
  const templateWith = (keys?: { signInWithinDays: number }) => {
    const { workspaces } = deploymentStacks({ ...DEPLOYMENT, workspaces: workspace ? [{ ...workspace, keys }] : [] });
    return Template.fromStack(workspaces[0] as Stack);
  };
  const [without, withKeys] = [templateWith(), templateWith({ signInWithinDays: 45 })];
  const kinds = (template: Template) =>
    Object.entries(template.toJSON().Resources as Record<string, { Type: string }>).map(
      ([id, { Type }]) => `${Type} ${id}`,
    );
  const isDeployment = (kind: string) => kind.startsWith('AWS::ApiGateway::Deployment');
  const added = kinds(withKeys).filter((kind) => !kinds(without).includes(kind) && !isDeployment(kind));
  expect(added.map((kind) => kind.split(' ')[0]).sort()).toEqual([
    'AWS::ApiGateway::Method',
    ...Array(3).fill('AWS::ApiGateway::Resource'),
    'AWS::Lambda::Permission',
  ]);
  expect(kinds(without).filter((kind) => !kinds(withKeys).includes(kind) && !isDeployment(kind))).toEqual([]);
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::DynamoDB::GlobalTable']) {
    expect(withKeys.findResources(type)).toEqual(without.findResources(type));
  }
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
