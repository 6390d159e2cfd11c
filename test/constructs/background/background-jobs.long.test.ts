import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import type { BackgroundRules } from '@/lib/constructs/background/background-jobs';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition } from '@/lib/constructs/tenants/workspace-props';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

function templatesOf(background?: BackgroundRules, days = 365) {
  const app = plainApp();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenant', { env });
  new Workspace(stack, 'Workspace', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') }),
    workspaceId: 'sciences',
    edition: WorkspaceEdition.EDU,
    retention: RetentionPeriod.days(days),
    models: [FAST],
    background,
  });
  return { tenant: Template.fromStack(stack), foundation: Template.fromStack(shared) };
}

type Statement = { Action: string | string[]; Resource: unknown; Condition?: object };

/** The actions of a role, by the resource that they are on. */
function actionsOf(template: Template, role: string, resource: string): string[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .filter(({ Resource }) => JSON.stringify(Resource).includes(resource))
    .flatMap(({ Action }) => Action)
    .sort();
}

const on = templatesOf({});
const off = templatesOf();

test('without it, a workspace has none of it', () => {
  const types = (template: Template) => JSON.stringify(template.toJSON());
  expect(types(off.tenant)).not.toMatch(/Background|JOB_QUEUE|index\.work/);
});

test('it adds no endpoint, and nothing to the foundation', () => {
  expect(on.foundation.toJSON().Resources).toEqual(off.foundation.toJSON().Resources);
  on.tenant.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  const added = (template: Template) => Object.values(template.toJSON().Resources as Record<string, { Type: string }>);
  const count = (template: Template, type: string) => added(template).filter(({ Type }) => Type === type).length;
  const types = ['AWS::DynamoDB::GlobalTable', 'AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::CloudWatch::Alarm'];
  expect(types.map((type) => count(on.tenant, type) - count(off.tenant, type))).toEqual([1, 1, 1, 1]);
});

test('the stream of the queue has keys only, and runs the worker for each job', () => {
  on.tenant.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('BackgroundQueueTable'), 'StreamArn'] },
    BatchSize: 1,
    ParallelizationFactor: 10,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"]}' }] },
  });
  const [queue] = Object.entries(on.tenant.findResources('AWS::DynamoDB::GlobalTable')).find(([id]) =>
    id.includes('BackgroundQueue'),
  ) ?? [''];
  expect(on.tenant.findResources('AWS::DynamoDB::GlobalTable')[queue]?.Properties).toMatchObject({
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});

test("the worker runs the gateway's code in its network, with its log and its variables, by another entry", () => {
  const functions = Object.entries(on.tenant.findResources('AWS::Lambda::Function'));
  const named = (part: string) => functions.find(([id]) => id.includes(part))?.[1].Properties;
  const [gateway, worker] = [named('WorkspaceGatewayFunction'), named('BackgroundWorkerFunction')];
  expect(worker.Code).toEqual(gateway.Code);
  expect(worker.VpcConfig).toEqual(gateway.VpcConfig);
  expect(worker.LoggingConfig).toEqual(gateway.LoggingConfig);
  expect(worker.Environment.Variables).toEqual(gateway.Environment.Variables);
  expect([gateway.Handler, worker.Handler, worker.Timeout]).toEqual(['index.handler', 'index.work', 900]);
  expect(worker.Role).not.toEqual(gateway.Role);
});

test('the gateway can queue jobs only, and the worker can verify no token', () => {
  expect(actionsOf(on.tenant, 'WorkspaceGatewayRole', 'BackgroundQueueTable')).toEqual(['dynamodb:PutItem']);
  expect(actionsOf(on.tenant, 'BackgroundWorkerRole', 'BackgroundQueueTable')).toEqual(
    ['DeleteItem', 'DescribeStream', 'GetRecords', 'GetShardIterator', 'PutItem', 'Scan'].map(
      (action) => `dynamodb:${action}`,
    ),
  );
  expect(actionsOf(on.tenant, 'WorkspaceGatewayRole', 'MembersKeys')).not.toEqual([]);
  expect(actionsOf(on.tenant, 'BackgroundWorkerRole', 'MembersKeys')).toEqual([]);
  expect(actionsOf(on.tenant, 'BackgroundWorkerRole', 'Suspensions')).toEqual(['dynamodb:GetItem']);
});

test.each(['ConversationsTable', 'BranchKeysTable', 'FilesBucket', 'UsageTable', 'RecordLinks', 'foundation-model'])(
  'the worker has the permissions of the gateway on %s',
  (resource) => {
    const of = (role: string) => actionsOf(on.tenant, role, resource);
    expect(of('BackgroundWorkerRole')).toEqual(of('WorkspaceGatewayRole'));
    expect(of('BackgroundWorkerRole')).not.toEqual([]);
  },
);

test('refuses a retention that ends while a job runs', () => {
  expect(() => templatesOf({}, 1)).toThrow(
    /'background' needs a retention of at least 2 days .* got 1; raise 'retention'/,
  );
  expect(() => templatesOf({}, 2)).not.toThrow();
  expect(() => templatesOf(undefined, 1)).not.toThrow();
});

test.each([0, 21, 1.5])('refuses %s jobs per member', (jobsPerMember) => {
  expect(() => templatesOf({ jobsPerMember })).toThrow(/'jobsPerMember' must be a whole number from 1 to 20/);
});
