import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, Stack } from 'aws-cdk-lib/core';
import { API_KEYS, type ApiAccess, SIGNED_REQUESTS } from '../../lib/constructs/api-access';
import { InferenceApi } from '../../lib/constructs/inference-api';

const WEB_ACL = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shared/1';

function templateOf(access: ApiAccess): Template {
  const stack = new Stack(new App(), 'Api', { env: { account: '111122223333', region: 'eu-central-1' } });
  new InferenceApi(stack, 'Front', {
    description: 'API of project bot',
    handler: new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = () => {}'),
    }),
    access,
    webAclArn: WEB_ACL,
    encryptionKey: new kms.Key(stack, 'Key'),
    logRetention: logs.RetentionDays.ONE_MONTH,
    requestsPerSecond: 50,
    burstRequests: 100,
  });
  return Template.fromStack(stack);
}

let template: Template;
beforeAll(() => {
  template = templateOf(SIGNED_REQUESTS);
});

test('the API is Regional, since an absent type is edge-optimised', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
});

test('TLS before 1.2 is refused', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', {
    SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    EndpointAccessMode: 'STRICT',
  });
});

test('without keys no method is anonymous', () => {
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method'));
  expect(methods.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['AWS_IAM']);
});

test('with keys it is the handler that lets requests in, and API Gateway tells nobody to sign', () => {
  const keyed = templateOf(API_KEYS);
  const methods = Object.values(keyed.findResources('AWS::ApiGateway::Method'));
  expect(methods.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['NONE']);
  keyed.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
    ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
    StatusCode: '404',
    ResponseTemplates: { 'application/json': Match.stringLikeRegexp('"code":"unknown_url"') },
  });
});

test('every path under /v1 goes to the handler', () => {
  const paths = Object.values(template.findResources('AWS::ApiGateway::Resource')).map((r) => r.Properties.PathPart);
  expect(paths.sort()).toEqual(['v1', '{proxy+}']);
  template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'ANY' });
});

test('answers are streamed, for as long as API Gateway allows', () => {
  template.hasResourceProperties('AWS::ApiGateway::Method', {
    Integration: {
      Type: 'AWS_PROXY',
      ResponseTransferMode: 'STREAM',
      TimeoutInMillis: 900_000,
      Uri: Match.objectLike({
        'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('response-streaming-invocations$')])],
      }),
    },
  });
});

test('the console can not call the handler past the web ACL', () => {
  template.resourceCountIs('AWS::Lambda::Permission', 1);
});

test('the stage is behind the web ACL', () => {
  template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
    WebACLArn: WEB_ACL,
    ResourceArn: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
  });
});

const setting = (name: string) =>
  Object.values(template.findResources('AWS::ApiGateway::Stage'))[0]?.Properties.MethodSettings[0][name];

test.each([
  ['content is in no execution log', 'DataTraceEnabled', false],
  ['there is no execution log', 'LoggingLevel', 'OFF'],
  ['metrics are on', 'MetricsEnabled', true],
  ['requests are throttled', 'ThrottlingRateLimit', 50],
  ['bursts are throttled', 'ThrottlingBurstLimit', 100],
])('%s', (_, name, value) => {
  expect(setting(name)).toBe(value);
});

test('requests are not traced, since a trace holds their paths', () => {
  template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: false });
});

test('the account-wide log role is not set for each API', () => {
  template.resourceCountIs('AWS::ApiGateway::Account', 0);
});

test("API Gateway's own answers have the form of OpenAI", () => {
  template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
    ResponseType: 'THROTTLED',
    StatusCode: '429',
    ResponseTemplates: {
      'application/json':
        '{"error":{"message":"too many requests; wait and try again","type":"requests","param":null,"code":"rate_limit_exceeded"}}',
    },
  });
});
