import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { ChatApi } from '@/lib/constructs/checks/chat-api';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { InferenceGateway, type InferenceGatewayProps } from '@/lib/constructs/gateway/inference-gateway';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import type { Project } from '@/lib/constructs/gateway/project';
import { PACKAGED } from '@/lib/facts/packaged';
import { apiRow, releaseOf } from '../../support/api-facts';
import { EU, FAST, NOVA } from '../../support/deployment';
import { plainApp } from '../../support/in-region';
import { scienceIn } from '../../support/members';
import { KEEPER, UNCONFIRMED } from '../../support/unconfirmed-facts';

/** Projects, with a registry in a stack of its own app where the tenant alone is looked at. */
const projects = (stack: Stack, ...all: Project[]) =>
  GatewayTenant.projects(new KeyRegistry(stack, 'Keys', { boundary: EU }), ...all);

function makeGateway(
  props: Partial<InferenceGatewayProps> & { projects?: Project[] } = {},
  region?: string,
  reached = [FAST],
) {
  const app = plainApp();
  const account = '111122223333';
  const shared = new Stack(app, 'Shared', { env: { account, region: 'eu-central-1' } });
  const stack = new Stack(app, 'Api', { env: { account, region: region ?? 'eu-central-1' } });
  const foundation = new Foundation(shared, 'Foundation', {
    boundary: EU,
    models: reached,
    alerts: Alerts.to('security@example.eu'),
  });
  // Where the gateway alone is refused, its members are elsewhere.
  const inside = region === undefined ? stack : new Stack(app, 'Members', { env: { account, region: 'eu-central-1' } });
  const gateway = new InferenceGateway(stack, 'Gateway', {
    boundary: EU,
    foundation,
    tenant: props.projects ? projects(stack, ...props.projects) : scienceIn(inside, { foundation }),
    models: [FAST],
    ...props,
  });
  return { stack, gateway };
}

test.each(['eu-west-2', 'eu-central-2', 'us-east-1'])('a gateway in %s is refused', (region) => {
  expect(() => makeGateway({}, region)).toThrow(
    `Api/Gateway must be deployed inside the EU because it processes prompts and answers, got '${region}'`,
  );
});

test('a gateway whose Region is unknown at synthesis is refused', () => {
  expect(() => makeGateway({}, Aws.REGION)).toThrow('got a Region that is unknown until deployment');
});

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

test.each<[string, Parameters<typeof makeGateway>[0], string | undefined, string]>([
  [
    'no model',
    { models: [] },
    undefined,
    "'models' must name at least one model, got none; list the models that clients may call",
  ],
  [
    'a model without a destination of the foundation',
    { models: [FAST, { id: 'assistant', destinations: [{ id: HAIKU }] }] },
    undefined,
    `model 'assistant' must use destinations of Shared/Foundation because its Bedrock endpoint denies all others, got destination '${HAIKU}' in 'eu-central-1'; add it to the 'models' of the foundation`,
  ],
  [
    "a project with a model that isn't the gateway's",
    { projects: [{ id: 'bot', models: ['fast', 'other'] }] },
    undefined,
    "Api/Gateway: the 'models' of project 'bot' must be models of the gateway (fast), got 'other'; name one of these, or leave out 'models' for all of them",
  ],
  [
    'a project without models',
    { projects: [{ id: 'bot', models: [] }] },
    undefined,
    "the 'models' of project 'bot' must be models of the gateway (fast), got none",
  ],
  [
    'an API of Bedrock that the gateway does not speak',
    { models: [{ id: 'fast', destinations: [{ id: `eu.${NOVA}`, api: 'responses' as never }] }] },
    undefined,
    `'api' of destination 'eu.${NOVA}' of model 'fast' must be one of converse, chat-completions and belongs to destinations of Bedrock, got 'responses'; remove it`,
  ],
  [
    'an API of Bedrock for a server',
    {
      models: [
        {
          id: 'own',
          destinations: [
            {
              id: 'm',
              api: ChatApi.CHAT_COMPLETIONS,
              server: { url: 'http://vllm.internal/v1', addresses: ['10.0.0.0/16'] },
            },
          ],
        },
      ],
    },
    undefined,
    "got 'chat-completions' with a server; remove it",
  ],
  ['a gateway in another Region than its foundation', {}, 'eu-west-1', `got destination 'eu.${NOVA}' in 'eu-west-1'`],
])('%s is refused', (_, props, region, message) => {
  expect(() => makeGateway(props, region)).toThrow(message);
});

test.each([
  [[{ id: 'bot' }], true],
  [undefined, false],
])('an API that may retain content is refused for projects only', (tenants, isRefused) => {
  const models = [{ id: 'fast', destinations: [{ id: `eu.${NOVA}`, api: ChatApi.CHAT_COMPLETIONS }] }];
  const boundary = EU._withFacts(PACKAGED.with(releaseOf(apiRow('retention'))));
  const make = () => makeGateway({ boundary, projects: tenants, models }, undefined, models);
  if (isRefused)
    expect(make).toThrow("it says so (as of 2026-11-30); leave out 'api', choose another model, or offer it in");
  else expect(make).not.toThrow();
});

test.each([
  [[{ id: 'bot' }], true],
  [undefined, false],
])('a model whose provider may retain content is refused for projects only', (tenants, isRefused) => {
  const models = [{ id: 'assistant', destinations: [{ id: `eu.${KEEPER}` }] }];
  const boundary = EU._withFacts(UNCONFIRMED);
  const make = () => makeGateway({ boundary, projects: tenants, models }, undefined, models);
  if (isRefused) {
    expect(make).toThrow(
      "Api/Gateway: model 'assistant' must be served without retention because projects use it, got destination " +
        `'eu.${KEEPER}': no reliable source confirms what the provider of '${KEEPER}' ` +
        'retains; choose another model, or offer it in a workspace',
    );
  } else expect(make).not.toThrow();
});

test('the description of many projects is truncated to the limit of each service', () => {
  const ids = Array.from({ length: 80 }, (_, index) => `project-${index}`);
  const { stack } = makeGateway({ projects: ids.map((id) => ({ id })) });
  const [api] = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::RestApi'));
  expect(api?.Properties.Description).toHaveLength(256);
});

test('infinite logs are refused', () => {
  expect(() => makeGateway({ logRetention: logs.RetentionDays.INFINITE })).toThrow(
    "Api/Gateway: 'logRetention' must be finite because logs record who called when, got INFINITE",
  );
});

test('every log group has a finite retention and a customer managed key', () => {
  const groups = Object.values(Template.fromStack(makeGateway().stack).findResources('AWS::Logs::LogGroup'));
  expect(groups).toHaveLength(4);
  for (const { Properties } of groups) {
    expect(Properties).toMatchObject({ RetentionInDays: 30, KmsKeyId: expect.anything() });
  }
});

test('the base URL for OpenAI clients ends in /v1', () => {
  const { stack, gateway } = makeGateway();
  expect(JSON.stringify(stack.resolve(gateway.baseUrl))).toMatch(/\/v1"\]\]\}$/);
});

test('reserved concurrency caps the cost of a runaway client', () => {
  Template.fromStack(makeGateway({ reservedConcurrentExecutions: 20 }).stack).hasResourceProperties(
    'AWS::Lambda::Function',
    { ReservedConcurrentExecutions: 20 },
  );
});

test.each([
  [
    'a workspace',
    undefined,
    'COGNITO_USER_POOLS',
    {
      KEY_SETS_TABLE_ARN: expect.anything(),
      SUSPENSIONS_TABLE_ARN: expect.anything(),
      USER_POOL_ID: expect.anything(),
      USER_POOL_CLIENT_ID: expect.anything(),
    },
  ],
  ['projects', [{ id: 'bot' }], 'NONE', { KEYS_TABLE_ARN: expect.anything(), READINGS_TABLE_ARN: expect.anything() }],
])('requests for %s are admitted by the check of their tenant', (_, tenants, authorization, environment) => {
  const template = Template.fromStack(makeGateway({ projects: tenants }).stack);
  const [method] = Object.values(template.findResources('AWS::ApiGateway::Method'));
  expect(method?.Properties.AuthorizationType).toBe(authorization);
  const handler = Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) =>
    /^Gateway/.test(id),
  )?.[1];
  expect(handler?.Properties.Environment?.Variables).toEqual(environment);
});

describe('the maximum age of check results', () => {
  test('is at least two hours, because checks run every hour', () => {
    expect(() => makeGateway({ maxReadingAge: Duration.minutes(90) })).toThrow(
      "Api/Gateway: 'maxReadingAge' must be at least two hours because Bedrock's settings are checked every hour, got 90 minutes; use " +
        'Duration.hours(24)',
    );
    expect(() => makeGateway({ maxReadingAge: Duration.hours(2) })).not.toThrow();
  });

  test('is met by a check before the first request', () => {
    const { stack } = makeGateway();
    Template.fromStack(stack);
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Shared']);
  });
});
