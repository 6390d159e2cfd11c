import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { Foundation } from '../../lib/constructs/foundation';
import { Projects } from '../../lib/constructs/projects';
import { EU, FAST } from '../support/deployment';

function makeProjects() {
  const app = new App();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenants', { env });
  new Projects(stack, 'Projects', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST] }),
    projectIds: ['helpdesk-bot', 'search'],
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

test('whatever a role may do leaves no content behind: it calls Bedrock, logs, and is placed in the VPC', () => {
  const documents = [
    ...Object.values(template.findResources('AWS::IAM::Policy')).map((policy) => policy.Properties.PolicyDocument),
    ...Object.values(template.findResources('AWS::IAM::Role')).flatMap((role) =>
      (role.Properties.Policies ?? []).map(({ PolicyDocument }: { PolicyDocument: Document }) => PolicyDocument),
    ),
  ] as Document[];
  const actions = documents
    .flatMap(({ Statement }) => Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
  expect([...new Set(actions)].sort()).toEqual([
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

test.each([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::KMS::Key',
])('there is no %s', (type) => {
  template.resourceCountIs(type, 0);
});

test('the handler is told to keep no content', () => {
  const { app } = makeProjects();
  const assembly = app.synth();
  const [asset] = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) =>
    Properties.Code.S3Key.replace('.zip', ''),
  );
  const policy = JSON.parse(readFileSync(path.join(assembly.directory, `asset.${asset}`, 'policy.json'), 'utf8'));
  expect(policy).toMatchObject({ keepsContent: false, tenant: { kind: 'project', ids: ['helpdesk-bot', 'search'] } });
});
