import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { Projects } from '@/lib/constructs/tenants/projects';
import { dynamodbEndpointPolicy } from '@/lib/perimeter/endpoint-policies';
import type { Statement } from '@/lib/perimeter/statement';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

function makeProjects() {
  const app = plainApp();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenants', { env });
  new Projects(stack, 'Projects', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') }),
    projects: [{ id: 'helpdesk-bot', tokensPerDay: 1_000 }, { id: 'search' }],
    models: [FAST],
  });
  return { app, stack };
}

let template: Template;
beforeAll(() => {
  template = Template.fromStack(makeProjects().stack);
});

interface Document {
  readonly Statement: { readonly Effect: string; readonly Action: string | string[] }[];
}

/** The resources of the gateway, without those of the key manager. */
const ofGateway = (type: string) =>
  Object.entries(template.findResources(type)).flatMap(([id, { Properties }]) =>
    id.startsWith('ProjectsGateway') ? [Properties] : [],
  );

test("the gateway's permissions can't store content: it calls Bedrock, reads check results, logs, counts, and runs in the VPC", () => {
  const documents = [
    ...ofGateway('AWS::IAM::Policy').map((policy) => policy.PolicyDocument),
    ...ofGateway('AWS::IAM::Role').flatMap((role) =>
      (role.Policies ?? []).map(({ PolicyDocument }: { PolicyDocument: Document }) => PolicyDocument),
    ),
  ] as Document[];
  const actions = documents
    .flatMap(({ Statement }) => Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
  expect([...new Set(actions)].sort()).toEqual([
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

test.each([
  ['AWS::DynamoDB::GlobalTable', 1],
  ['AWS::DynamoDB::Table', 0],
  ['AWS::S3::Bucket', 0],
  ['AWS::SQS::Queue', 0],
  ['AWS::KMS::Key', 1],
])('the only store is the table of API keys, with its key: %s', (type, count) => {
  template.resourceCountIs(type, count);
});

test("the handler's policy forbids storing content", () => {
  const { app } = makeProjects();
  const assembly = app.synth();
  const [asset] = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) =>
    Properties.Code.S3Key.replace('.zip', ''),
  );
  const policy = JSON.parse(readFileSync(path.join(assembly.directory, `asset.${asset}`, 'policy.json'), 'utf8'));
  expect(policy).toMatchObject({
    keepsContent: false,
    tenant: { kind: 'project', ids: ['helpdesk-bot', 'search'] },
    projects: [
      { id: 'helpdesk-bot', models: ['fast'], limits: { tokensPerDay: 1_000 } },
      { id: 'search', models: ['fast'], limits: {} },
    ],
  });
});

test("the network's endpoint allows each of the role's actions on the table", () => {
  const [{ Action }] = dynamodbEndpointPolicy({ partition: 'aws', account: '111122223333', region: 'eu-central-1' })
    .Statement as [Statement];
  const policies = JSON.stringify(ofGateway('AWS::IAM::Policy'));
  const used = [...new Set(policies.match(/dynamodb:[A-Z]\w+/g))].filter((action) => action !== 'dynamodb:LeadingKeys');
  expect(used.sort()).toEqual(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem']);
  expect(Action).toEqual(expect.arrayContaining(used));
});

test('the role can read only the check results of the foundation’s tables', () => {
  const reads = ofGateway('AWS::IAM::Policy')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => Action === 'dynamodb:Query');
  expect(reads).toHaveLength(1);
  expect(JSON.stringify(reads[0].Resource)).toMatch(/DestinationCheckReadingsTable/);
});
