import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { OpenProjects } from '@/lib/constructs/gateway/open-projects';
import { ProjectsStack } from '@/lib/stacks/projects-stack';
import { expectResident } from '@/lib/testing';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

const LIMITS: OpenProjects = { maximum: 500, tokensPerDay: 1_000, reservedIds: ['sciences'] };

function synthesize(open?: OpenProjects, projects = [{ id: 'helpdesk-bot' }]) {
  const app = plainApp();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const foundation = new Foundation(shared, 'Foundation', {
    boundary: EU,
    models: [FAST],
    alerts: Alerts.none('a test'),
  });
  const stack = new ProjectsStack(app, 'Tenants', { env, boundary: EU, foundation, projects, open, models: [FAST] });
  return { app, stack, template: Template.fromStack(stack) };
}

let made: ReturnType<typeof synthesize>;
let template: Template;
beforeAll(() => {
  made = synthesize(LIMITS);
  template = made.template;
});

const resources = (of: Template) => Object.values((of.toJSON() as { Resources: object }).Resources).length;

type Statement = { Action: string | string[]; Resource: unknown; Condition?: Record<string, Record<string, string[]>> };

/** The statements of the policies of a role, by the beginning of the policy's ID. */
const statementsOf = (prefix: string): Statement[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
    id.startsWith(prefix) ? Properties.PolicyDocument.Statement : [],
  );
const onTable = (prefix: string) =>
  statementsOf(prefix).flatMap(({ Action, Condition }) =>
    [Action]
      .flat()
      .filter((action) => action.startsWith('dynamodb:'))
      .map(
        (action) => `${action.slice(9)} ${Object.values(Condition ?? {}).map((one) => one['dynamodb:LeadingKeys'])}`,
      ),
  );

test('a hundred or a thousand open projects have the same resources', () => {
  const few = synthesize({ ...LIMITS, maximum: 1 });
  expect(resources(synthesize({ ...LIMITS, maximum: 1_000 }).template)).toBe(resources(few.template));
  expect(resources(few.template)).toBe(resources(template));
});

test('only IAM authorises the API, on all of its paths, and the other paths stay as they are', () => {
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method'));
  const types = methods.map(({ Properties }) => [
    JSON.stringify(Properties.Integration.Uri).includes('Open'),
    Properties.AuthorizationType,
  ]);
  expect(types.sort()).toEqual([
    [false, 'NONE'],
    [true, 'AWS_IAM'],
    [true, 'AWS_IAM'],
  ]);
});

test("the API's function alone writes open projects, and reaches no key, counter or model", () => {
  expect(onTable('ProjectsOpenRole').sort()).toEqual(
    ['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `${action} projects`),
  );
  const services = new Set(
    statementsOf('ProjectsOpenRole').flatMap(({ Action }) => [Action].flat().map((one) => one.split(':')[0])),
  );
  expect([...services].sort()).toEqual(['dynamodb', 'kms', 'logs']);
  for (const writer of ['ProjectsGateway', 'ProjectsKeysManager', 'ProjectsKeysUsageReader']) {
    const writes = onTable(writer).filter((row) => /^(Put|Update|Delete)/.test(row) && row.includes('projects'));
    expect([writer, writes]).toEqual([writer, []]);
  }
  expect(onTable('ProjectsGateway')).toContain('GetItem projects');
  expect(onTable('ProjectsKeysManager')).toContain('GetItem projects');
  expect(onTable('ProjectsKeysUsageReader')).toContain('Query projects');
});

test('the role of the command can call the API, and nothing else', () => {
  const [statement, ...others] = statementsOf('ProjectsOpenOperator');
  expect(others).toEqual([]);
  expect(statement?.Action).toBe('execute-api:Invoke');
  const arns = JSON.stringify(statement?.Resource);
  expect(arns.match(/\/\*\/admin\/v1\/projects(\/\*)?"/g)).toHaveLength(2);
  template.hasOutput('OpenProjectsRole', {});
  template.hasOutput('OpenProjectsUrl', { Value: Match.objectLike({}) });
});

test('the function runs in the isolated VPC, with a policy of what is declared', () => {
  const functions = template.findResources('AWS::Lambda::Function', {
    Properties: { Description: Match.stringLikeRegexp('Creates, caps and ends open projects') },
  });
  const [{ Properties }] = Object.values(functions) as [
    { Properties: { VpcConfig: object; Environment: { Variables: object } } },
  ];
  expect(Properties.VpcConfig).toBeDefined();
  expect(Object.keys(Properties.Environment.Variables)).toEqual(['KEYS_TABLE_ARN']);
  const { directory } = made.app.synth();
  const policies = readdirSync(directory).flatMap((asset) => {
    try {
      return [JSON.parse(readFileSync(path.join(directory, asset, 'policy.json'), 'utf8'))];
    } catch {
      return [];
    }
  });
  expect(policies).toContainEqual({
    boundary: 'eu',
    models: [FAST.id],
    limits: { tokensPerDay: 1_000 },
    maximum: 500,
    declared: ['helpdesk-bot', 'sciences'],
  });
  expect(policies).toContainEqual(
    expect.objectContaining({ openProjects: { models: [FAST.id], limits: { tokensPerDay: 1_000 } } }),
  );
});

test('the guard has no finding', () => {
  expect(() => expectResident(made.stack, { boundary: EU })).not.toThrow();
});

test('no project needs to be declared', () => {
  expect(() => synthesize(LIMITS, [])).not.toThrow();
  expect(() => synthesize(undefined, [])).toThrow(/must serve at least one project/);
});

test.each<[string, OpenProjects, { id: string }[], RegExp]>([
  ['no maximum', { maximum: 0 }, [], /'maximum' must be a positive whole number/],
  ['too many', { maximum: 1_001 }, [], /'maximum' must be at most 1000/],
  ['a limit of zero', { maximum: 1, tokensPerDay: 0 }, [], /'tokensPerDay' must be a positive whole number/],
  [
    'a project of the same name',
    { maximum: 1 },
    [{ id: 'open' }],
    /project 'open': the ID stands for all open projects/,
  ],
  [
    'an unknown model',
    { maximum: 1, models: ['x'] },
    [],
    /the 'models' of project 'open' must be models of the gateway/,
  ],
])('%s is refused', (_, open, projects, message) => {
  expect(() => synthesize(open, projects)).toThrow(message);
});
