import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideModels } from '@/lib/constructs/checks/inference-model';
import { GatewayFunction } from '@/lib/constructs/gateway/gateway-function';
import { gatewayPolicy } from '@/lib/constructs/gateway/gateway-policy-asset';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { BUDGETS_METADATA, RUNNING_METADATA } from '@/lib/contract/tags';
import { scienceIn } from '../../support/members';

const EU = ResidencyBoundary.eu();
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'amazon.nova-lite-v1:0';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';

/** The template of a gateway whose policy has this in addition. */
function templateWith(more: Partial<GatewayPolicy> = {}): Template {
  const stack = new Stack(new App(), 'Gateway', { env: { account: '111122223333', region: 'eu-central-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const tenant = scienceIn(stack);
  const models = decideModels(stack, EU, [
    { id: 'assistant', destinations: [{ id: `eu.${HAIKU}` }, { id: GPT_OSS }] },
    { id: 'fast', destinations: [{ id: `eu.${NOVA}` }, { id: `eu.${HAIKU}` }] },
  ]);
  new GatewayFunction(stack, 'Gateway', {
    policy: { ...gatewayPolicy(EU, tenant, models), ...more },
    tenant: 'workspace science',
    models,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [new ec2.SecurityGroup(stack, 'Clients', { vpc })],
    encryptionKey: new kms.Key(stack, 'Key'),
    logRetention: logs.RetentionDays.ONE_MONTH,
    memorySize: 1024,
  });
  return Template.fromStack(stack);
}

let template: Template;
beforeAll(() => {
  template = templateWith();
});

const gateway = () =>
  Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith('Gateway'))?.[1];

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

const bedrock = (): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('bedrock'));

/** ARNs as text, the partition in angle brackets. */
const arns = (statement: Statement): string[] =>
  [statement.Resource].flat().map((resource) => {
    const parts = (resource as { 'Fn::Join': [string, (string | object)[]] })['Fn::Join'][1];
    return parts.map((part) => (typeof part === 'string' ? part : '<partition>')).join('');
  });

const models = (id: string, ...regions: string[]) =>
  regions.map((region) => `arn:<partition>:bedrock:${region}::foundation-model/${id}`);
const profile = (id: string) => `arn:<partition>:bedrock:eu-central-1:111122223333:inference-profile/${id}`;

test('the role can call only the derived profiles and models', () => {
  expect(bedrock().flatMap(arns).sort()).toEqual(
    [
      profile(`eu.${HAIKU}`),
      profile(`eu.${NOVA}`),
      ...models(HAIKU, 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'),
      ...models(NOVA, 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'),
      ...models(GPT_OSS, 'eu-central-1'),
    ].sort(),
  );
});

test('says how many counters of budgets a request needs, which only the asset has otherwise', () => {
  const functions = templateWith({ limits: { tokensPerMonth: 1_000_000 } }).findResources('AWS::Lambda::Function');
  const metadata = Object.values(functions).map(({ Metadata }) => Metadata?.[BUDGETS_METADATA]);
  expect(metadata.filter((one) => one !== undefined)).toEqual([{ reads: 1, writes: 2 }]);
  expect(gateway()?.Metadata?.[BUDGETS_METADATA]).toBeUndefined();
});

test('no Bedrock statement has a wildcard', () => {
  expect(JSON.stringify(bedrock())).not.toContain('*');
});

test('a model in another Region can be called only through its profile', () => {
  const elsewhere = bedrock().filter((statement) => arns(statement).some((arn) => arn.includes('eu-west-1')));
  expect(elsewhere).toHaveLength(2);
  for (const { Condition } of elsewhere) {
    expect(Condition).toEqual({ StringEquals: { 'bedrock:InferenceProfileArn': expect.anything() } });
  }
});

test('no managed policy, which a colleague could widen, is attached', () => {
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('the handler runs on Node 24, arm64', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
  });
});

test('a stream can last as long as API Gateway allows', () => {
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
});

test('the handler is in the isolated subnets', () => {
  const handler = gateway();
  expect(handler?.Properties.VpcConfig.SubnetIds).toHaveLength(2);
  expect(JSON.stringify(handler?.Properties.VpcConfig)).toContain('VpcisolatedSubnet');
});

test.each(['DeadLetterConfig', 'TracingConfig', 'Environment', 'FileSystemConfigs', 'Layers'])(
  'the handler has no %s, which could hold or see content',
  (property) => {
    template.hasResourceProperties('AWS::Lambda::Function', { [property]: Match.absent() });
  },
);

test("the handler's log is encrypted and has a finite retention", () => {
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    RetentionInDays: 30,
  });
});

test('the handler writes only to that log group', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('^GatewayLogGroup') } },
  });
});

test('the template has the order in which destinations are tried', () => {
  template.hasResource('AWS::Lambda::Function', {
    Metadata: { 'residency:models': { assistant: [`eu.${HAIKU}`, GPT_OSS], fast: [`eu.${NOVA}`, `eu.${HAIKU}`] } },
  });
});

test.each<[string, Partial<GatewayPolicy>, boolean]>([
  ['no limit', {}, false],
  ['another limit', { limits: { requestsPerMinute: 5 } }, false],
  ['a limit of a workspace', { limits: { concurrentRequests: 5 } }, true],
  ['a limit of a project', { projects: [{ id: 'a', models: [], limits: { concurrentRequests: 5 } }] }, true],
  ['a limit of open projects', { openProjects: { models: [], limits: { concurrentRequests: 5 } } }, true],
])('with %s on running requests, the function says whether it counts them', (_, more, counts) => {
  const functions = templateWith(more).findResources('AWS::Lambda::Function');
  expect(Object.values(functions).some(({ Metadata }) => Metadata?.[RUNNING_METADATA] === true)).toBe(counts);
});
