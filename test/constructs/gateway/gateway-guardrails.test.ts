import { Template } from 'aws-cdk-lib/assertions';
import { type App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { decideModels, type InferenceModel } from '@/lib/constructs/checks/inference-model';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { GatewayGuardrails } from '@/lib/constructs/gateway/gateway-guardrails';
import { gatewayPolicy } from '@/lib/constructs/gateway/gateway-policy-asset';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { InferenceGateway } from '@/lib/constructs/gateway/inference-gateway';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import type { Project } from '@/lib/constructs/gateway/project';
import type { InferenceGuardrail } from '@/lib/constructs/guardrails/inference-guardrail';
import { ResidencyGuardrail } from '@/lib/constructs/guardrails/residency-guardrail';
import { gatewaySchema } from '@/lib/contract/schemas/gateway-schema';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

const env = { account: '111122223333', region: 'eu-central-1' };
const FRANKFURT: InferenceGuardrail = { id: 'gr1frankfurt', version: '3' };
const ROUTED: InferenceGuardrail = { id: 'gr2routed', version: '5', profile: 'eu.guardrail.v1:0' };
const EMBED: InferenceModel = { id: 'embed', destinations: [{ id: 'amazon.titan-embed-text-v2:0' }] };
const NORTH: InferenceModel = { id: 'north', destinations: [{ id: 'openai.gpt-oss-120b-1:0', region: 'eu-north-1' }] };
const ALL = [FAST, EMBED, NORTH];

/** A foundation with the guardrails, which tests of refusals share. */
function foundationIn(app: App, guardrails: InferenceGuardrail[], models = [FAST]) {
  const shared = new Stack(app, 'Shared', { env });
  return new Foundation(shared, 'Foundation', { boundary: EU, models, guardrails, alerts: Alerts.none('a test') });
}

function gatewayOf(projects: Project[], models: InferenceModel[] = [FAST]) {
  const app = plainApp();
  const foundation = foundationIn(app, [FRANKFURT, ROUTED]);
  const stack = new Stack(app, 'Api', { env });
  const keys = new KeyRegistry(stack, 'Keys', { boundary: EU });
  new InferenceGateway(stack, 'Gateway', {
    boundary: EU,
    foundation,
    tenant: GatewayTenant.projects(keys, ...projects),
    models,
  });
  const template = Template.fromStack(stack);
  const [variables] = Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment?.Variables)
    .filter((found) => found?.KEYS_TABLE_ARN);
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }): { Sid?: string }[] => Properties.PolicyDocument.Statement,
  );
  const bySid = (sid: string) => textOf(statements.find(({ Sid }) => Sid === sid));
  return { foundation, bySid, variable: variables?.GUARDRAILS && textOf(variables.GUARDRAILS) };
}

/** A value as text, without its partition. */
const textOf = (value: unknown) =>
  value &&
  JSON.stringify(value).replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, 'arn:aws$1');

const GR1 = ':bedrock:eu-central-1:111122223333:guardrail/gr1frankfurt';

describe('a role whose tenants all have a guardrail', () => {
  let made: ReturnType<typeof gatewayOf>;
  beforeAll(() => {
    made = gatewayOf([
      { id: 'a', guardrails: [FRANKFURT] },
      { id: 'b', guardrails: [ROUTED] },
    ]);
  });

  test('may apply exactly those, with the profile in each of its Regions', () => {
    const statement = made.bySid('Guardrails');
    expect(statement).toContain('"Action":"bedrock:ApplyGuardrail"');
    expect(statement).toContain(GR1);
    expect(statement).toContain(':bedrock:eu-west-3:111122223333:guardrail-profile/eu.guardrail.v1:0');
    expect(statement).not.toMatch(/\*|us-/);
  });

  test('is denied each call without one', () => {
    const statement = made.bySid('OnlyWithGuardrail');
    expect(statement).toContain('"Effect":"Deny"');
    expect(statement).toContain(`${GR1}:3`);
    expect(statement).toContain('gr2routed:5');
  });

  test('has their ARNs in its environment, in the order of the policy', () => {
    expect(made.variable).toMatch(/gr1frankfurt:3 arn:.*gr2routed:5/);
  });

  test('reaches them through the endpoint', () => {
    const endpoints = Template.fromStack(Stack.of(made.foundation)).findResources('AWS::EC2::VPCEndpoint');
    const statement = JSON.stringify(Object.values(endpoints).filter((one) => JSON.stringify(one).includes('bedrock')));
    expect(statement).toContain('bedrock:ApplyGuardrail');
    expect(statement).toContain(GR1);
    expect(statement).not.toContain('guardrail/*');
  });
});

test('the retention mode and logging are set and checked in each Region of a guardrail profile', () => {
  const six = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
  const models = [{ id: 'fast', destinations: [{ id: 'openai.gpt-oss-120b-1:0' }] }];
  const [without, routed] = [[FRANKFURT], [FRANKFURT, ROUTED]].map((guardrails) =>
    foundationIn(plainApp(), guardrails, models),
  );
  expect(without?._bedrockRetention?.regions).toEqual(['eu-central-1']);
  expect(routed?._bedrockRetention?.regions).toEqual(six);
  const text = JSON.stringify(Template.fromStack(Stack.of(routed as Foundation)).toJSON());
  // The statement of the function that sets the mode, and of the one that checks it.
  expect(text.split(`"aws:RequestedRegion":${JSON.stringify(six)}`)).toHaveLength(3);
});

test('a role that serves a tenant without a guardrail is allowed calls without one', () => {
  const { bySid } = gatewayOf([{ id: 'a', guardrails: [FRANKFURT] }, { id: 'b' }]);
  expect(bySid('Guardrails')).toContain(GR1);
  expect(bySid('OnlyWithGuardrail')).toBeUndefined();
});

test('a role without guardrails has no permission for any, and no variable', () => {
  const { bySid, variable } = gatewayOf([{ id: 'a', guardrails: [] }, { id: 'b' }]);
  expect([bySid('Guardrails'), bySid('OnlyWithGuardrail'), variable]).toEqual([undefined, undefined, undefined]);
});

describe('at synthesis', () => {
  const app = plainApp();
  const scope = new Stack(app, 'Api', { env });
  const foundation = foundationIn(app, [FRANKFURT, ROUTED, { ...FRANKFURT, region: 'eu-north-1' }], ALL);
  const keys = new KeyRegistry(scope, 'Keys', { boundary: EU });
  const models = decideModels(scope, EU, ALL);
  const guardrailsOf = (project: Omit<Project, 'id'>) => {
    const tenant = GatewayTenant.projects(keys, { id: 'a', ...project }, { id: 'b', models: ['fast'] });
    return { tenant, guardrails: new GatewayGuardrails(scope, EU, tenant, foundation, models) };
  };

  test('the policy names each by its Region and position', () => {
    const { tenant, guardrails } = guardrailsOf({
      models: ['fast', 'north'],
      guardrails: [ROUTED, { ...FRANKFURT, region: 'eu-north-1' }],
    });
    const policy = gatewayPolicy(EU, tenant, models, 24, guardrails);
    expect(policy.projects?.map((project) => project.guardrails)).toEqual([
      [
        { region: 'eu-central-1', at: 0, profile: 'eu.guardrail.v1:0' },
        { region: 'eu-north-1', at: 1 },
      ],
      undefined,
    ]);
    expect(gatewaySchema.safeParse(JSON.parse(JSON.stringify(policy))).success).toBe(true);
  });

  const arn = 'arn:aws:bedrock:eu-central-1:999999999999:guardrail/gr1frankfurt';
  test.each<[string, Omit<Project, 'id'>, string]>([
    [
      'in another Region than a model',
      { models: ['fast', 'north'], guardrails: [FRANKFURT] },
      "project 'a' must be checked by its guardrail, got model 'north' with destination 'openai.gpt-oss-120b-1:0': it is called in eu-north-1",
    ],
    ['next to embeddings', { models: ['embed'], guardrails: [FRANKFURT] }, 'a guardrail checks no embeddings'],
    [
      'that the foundation does not have',
      { models: ['fast'], guardrails: [{ ...FRANKFURT, id: 'other' }] },
      "add it, with its profile, to the 'guardrails' of the foundation",
    ],
    [
      'whose profile the foundation does not have',
      { models: ['fast'], guardrails: [{ ...FRANKFURT, profile: 'eu.guardrail.v1:0' }] },
      "add it, with its profile, to the 'guardrails' of the foundation",
    ],
    [
      'twice in a Region',
      { models: ['fast'], guardrails: [FRANKFURT, ROUTED] },
      "must have one per Region because a call has one, got two in 'eu-central-1'",
    ],
    [
      'in its draft',
      { models: ['fast'], guardrails: [{ ...FRANKFURT, version: 'DRAFT' }] },
      "'DRAFT' isn't a version number",
    ],
    [
      'of another account',
      { models: ['fast'], guardrails: [{ ...FRANKFURT, id: arn }] },
      'belongs to account 999999999999, but is used by 111122223333',
    ],
    [
      'in London',
      { models: ['fast'], guardrails: [{ ...FRANKFURT, region: 'eu-west-2' }] },
      "'guardrails' must check content inside the EU, got one in 'eu-west-2'",
    ],
    [
      'with a key in another Region',
      {
        models: ['fast'],
        guardrails: [{ ...FRANKFURT, encryptionKeyArn: 'arn:aws:kms:eu-west-3:111122223333:key/k' }],
      },
      "'encryptionKeyArn' must be in eu-central-1",
    ],
    [
      'with a key in Virginia',
      {
        models: ['fast'],
        guardrails: [{ ...FRANKFURT, encryptionKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/k' }],
      },
      "'encryptionKeyArn' must be inside the EU",
    ],
  ])('a guardrail %s is refused', (_, project, message) => {
    expect(() => guardrailsOf(project)).toThrow(message);
  });

  test('more guardrails than an environment can name are refused', () => {
    const many = Array.from({ length: 21 }, (_, at) => ({ id: `gr${at}`, version: '1' }));
    const wide = foundationIn(plainApp(), many);
    const tenant = GatewayTenant.projects(
      keys,
      ...many.map((one, at) => ({ id: `p${at}`, models: ['fast'], guardrails: [one] })),
    );
    expect(() => new GatewayGuardrails(scope, EU, tenant, wide, models)).toThrow('at most 20 guardrails');
  });
});

test('a guardrail of the app reaches the foundation and a gateway without a circle of stacks', () => {
  const app = plainApp();
  const guardrail = new ResidencyGuardrail(new Stack(app, 'Guardrails', { env }), 'Guardrail', {
    boundary: EU,
    blockedInputMessage: 'Not allowed.',
    blockedOutputMessage: 'Not shown.',
    profile: 'eu.guardrail.v1:0',
  });
  const foundation = new Foundation(new Stack(app, 'Shared', { env }), 'Foundation', {
    boundary: EU,
    models: [FAST],
    guardrails: [guardrail],
    alerts: Alerts.none('a test'),
  });
  const stack = new Stack(app, 'Api', { env });
  const keys = new KeyRegistry(stack, 'Keys', { boundary: EU });
  const tenant = GatewayTenant.projects(keys, { id: 'a', guardrails: [guardrail.versionIn(stack)] });
  new InferenceGateway(stack, 'Gateway', { boundary: EU, foundation, tenant, models: [FAST] });
  expect(() => app.synth()).not.toThrow();
  Template.fromStack(stack).resourceCountIs('AWS::Bedrock::GuardrailVersion', 1);
});
