import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition } from '@/lib/constructs/tenants/workspace-props';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

function templateOf(officeFiles?: boolean): Template {
  const app = plainApp();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenant', { env });
  new Workspace(stack, 'Workspace', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') }),
    workspaceId: 'sciences',
    edition: WorkspaceEdition.EDU,
    retention: RetentionPeriod.days(365),
    models: [FAST],
    officeFiles,
  });
  return Template.fromStack(stack);
}

const template = templateOf(true);

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** The statements of the policies of roles whose ID contains a text. */
const statementsOf = (role: string): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

const own = statementsOf('WorkspaceConversionsRole');
const actionsOn = (resource: string) =>
  own
    .filter(({ Resource }) => JSON.stringify(Resource).includes(resource))
    .flatMap(({ Action }) => [Action].flat())
    .sort();

test('without office files, the template has none of it', () => {
  for (const off of [templateOf(), templateOf(false)]) {
    expect(JSON.stringify(off.toJSON())).not.toMatch(/Conversions|CONVERSIONS/);
  }
});

test('the requests are under a key of DynamoDB, expire, and show their keys only to their stream', () => {
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    SSESpecification: { SSEEnabled: false },
    Replicas: [Match.objectLike({ Tags: Match.arrayWith([{ Key: 'residency:retention', Value: '1d' }]) })],
  });
});

test('the function is in isolated subnets, and the stream invokes it for new requests, one at a time', () => {
  const [id = ''] = Object.keys(
    template.findResources('AWS::Lambda::Function', { Properties: { MemorySize: 1_769, Timeout: 180 } }),
  );
  expect(id).toContain('WorkspaceConversions');
  const { VpcConfig, Environment } = template.toJSON().Resources[id].Properties;
  expect(VpcConfig.SubnetIds.length).toBeGreaterThan(0);
  expect(Object.keys(Environment.Variables).sort()).toEqual([
    'BRANCH_KEYS_TABLE_ARN',
    'CONVERSIONS_TABLE_ARN',
    'FILES_BUCKET',
    'WORKSPACE_KEY_ARN',
  ]);
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    FunctionName: { Ref: id },
    BatchSize: 1,
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 3_600,
    MaximumRetryAttempts: 5,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    DestinationConfig: Match.absent(),
  });
});

test("the function's role reads files, writes texts and reports, and reaches no content table and no model", () => {
  const json = JSON.stringify(own);
  expect(json).not.toMatch(/bedrock|sts:|ConversationsTable|UsageTable|RecordLinks|Suspensions|KeyRequests/);
  expect(actionsOn('WorkspaceConversionsTable')).toEqual([
    'dynamodb:DescribeStream',
    'dynamodb:GetItem',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:UpdateItem',
  ]);
  expect(actionsOn('WorkspaceBranchKeysTable')).toEqual(['dynamodb:GetItem']);
  const objects = own.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')));
  expect(objects.map(({ Action, Resource }) => [Action, JSON.stringify(Resource).match(/\/content[^"]*/g)])).toEqual([
    ['s3:GetObject', ['/content/*/file-*/*']],
    [
      ['s3:DeleteObject', 's3:PutObject', 's3:PutObjectTagging'],
      ['/content/*/file-*/text', '/content/*/file-*/report'],
    ],
  ]);
});

test("the function's role uses the workspace's key only through S3 and DynamoDB, and to decrypt branch keys", () => {
  const ofKey = own.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
  expect(ofKey.length).toBeGreaterThan(0);
  for (const { Condition, Action } of ofKey) {
    const condition = JSON.stringify(Condition);
    expect(condition).toMatch(/kms:ViaService|kms:EncryptionContext:tablename/);
    if (condition.includes('EncryptionContext')) expect(Action).toBe('kms:Decrypt');
  }
});

test('the gateway requests and withdraws conversions, and reads none', () => {
  const requests = statementsOf('WorkspaceGateway').filter(({ Resource }) =>
    JSON.stringify(Resource).includes('WorkspaceConversionsTable'),
  );
  expect(requests.map(({ Action }) => Action)).toEqual([['dynamodb:DeleteItem', 'dynamodb:PutItem']]);
});

test('an alarm reports a function that fails', () => {
  const [alarm] = Object.values(
    template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'Errors', Period: 900 } }),
  );
  expect(JSON.stringify(alarm?.Properties.AlarmDescription)).toContain("Runbook: 'ConversionFailed'");
});
