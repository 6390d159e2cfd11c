import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import OpenAI from 'openai';
import { API_KEYS, type ApiAccess, memberTokens } from '@/lib/constructs/gateway/api-access';
import { InferenceApi } from '@/lib/constructs/gateway/inference-api';
import { plainApp } from '../../support/in-region';
import { membersIn } from '../../support/members';

const WEB_ACL = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shared/1';

function templateOf(access: (stack: Stack) => ApiAccess, hasKeyTree?: boolean): Template {
  const stack = new Stack(plainApp(), 'Api', { env: { account: '111122223333', region: 'eu-central-1' } });
  new InferenceApi(stack, 'Front', {
    description: 'API of project bot',
    handler: new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = () => {}'),
    }),
    access: access(stack),
    hasKeyTree,
    webAclArn: WEB_ACL,
    encryptionKey: new kms.Key(stack, 'Key'),
    logRetention: logs.RetentionDays.ONE_MONTH,
    requestsPerSecond: 50,
    burstRequests: 100,
  });
  return Template.fromStack(stack);
}

const ofMembers = (stack: Stack) =>
  memberTokens(membersIn(stack, { pages: { corsOrigins: ['https://chat.example.eu', 'https://labs.example.eu'] } }));

let template: Template;
beforeAll(() => {
  template = templateOf(ofMembers);
});

test('the API is regional, because the default is edge-optimised', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
});

test("members' files arrive unchanged, and no other body is passed on as binary", () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { BinaryMediaTypes: ['multipart/form-data'] });
  templateOf(() => API_KEYS).hasResourceProperties('AWS::ApiGateway::RestApi', { BinaryMediaTypes: Match.absent() });
});

test('TLS before 1.2 is refused', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', {
    SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    EndpointAccessMode: 'STRICT',
  });
});

test('requests need a token of the pool, except preflight requests of a browser', () => {
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method'));
  const ways = methods.map(({ Properties: { HttpMethod, AuthorizationType } }) => [HttpMethod, AuthorizationType]);
  expect(ways.sort()).toEqual([
    ['ANY', 'COGNITO_USER_POOLS'],
    ['OPTIONS', 'NONE'],
  ]);
  template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'COGNITO_USER_POOLS',
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerResultTtlInSeconds: 0,
    ProviderARNs: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Pool'), 'Arn'] }],
  });
});

test('a browser gets only the declared origins', () => {
  const [preflight] = Object.values(
    template.findResources('AWS::ApiGateway::Method', { Properties: { HttpMethod: 'OPTIONS' } }),
  );
  const text = JSON.stringify(preflight);
  for (const origin of ['https://chat.example.eu', 'https://labs.example.eu']) expect(text).toContain(origin);
  expect(text).not.toContain("'*'");
  expect(preflight?.Properties.Integration.Type).toBe('MOCK');
});

test("a browser may send every header of OpenAI's client", async () => {
  const sent = new Set<string>();
  const client = new OpenAI({
    apiKey: 'k',
    organization: 'o',
    project: 'p',
    baseURL: 'https://gateway.test/v1',
    maxRetries: 0,
    fetch: async (_, init) => {
      for (const name of new Headers(init?.headers).keys()) sent.add(name);
      return new Response('data: [DONE]\n\n', { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const messages = [{ role: 'user' as const, content: 'q' }];
  await client.chat.completions.create({ model: 'm', messages, stream: true });
  await client.chat.completions
    .stream({ model: 'm', messages })
    .done()
    .catch(() => {});
  expect([...sent]).toEqual(expect.arrayContaining(['x-stainless-helper-method', 'openai-project', 'user-agent']));
  // A browser asks for none of these.
  for (const name of ['accept', 'content-length']) sent.delete(name);
  const [preflight] = Object.values(
    template.findResources('AWS::ApiGateway::Method', { Properties: { HttpMethod: 'OPTIONS' } }),
  );
  const [answer] = preflight?.Properties.Integration.IntegrationResponses ?? [];
  const allowed: string = answer.ResponseParameters['method.response.header.Access-Control-Allow-Headers'];
  expect(allowed.toLowerCase().replaceAll("'", '').split(',')).toEqual(expect.arrayContaining([...sent]));
});

test('an API without declared origins has no preflight method', () => {
  templateOf((stack) => memberTokens(membersIn(stack))).resourceCountIs('AWS::ApiGateway::Method', 1);
});

test('with API keys, the handler authenticates, and API Gateway never asks for a signature', () => {
  const keyed = templateOf(() => API_KEYS);
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

test('answers are streamed for as long as API Gateway allows', () => {
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

test("the console can't bypass the web ACL", () => {
  const permissions = Object.entries(template.findResources('AWS::Lambda::Permission'));
  expect(permissions.filter(([id]) => id.startsWith('FrontApi'))).toHaveLength(1);
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
  ['execution logs have no content', 'DataTraceEnabled', false],
  ['there is no execution log', 'LoggingLevel', 'OFF'],
  ['metrics are on', 'MetricsEnabled', true],
  ['requests are throttled', 'ThrottlingRateLimit', 50],
  ['bursts are throttled', 'ThrottlingBurstLimit', 100],
])('%s', (_, name, value) => {
  expect(setting(name)).toBe(value);
});

test('requests are not traced, because a trace holds their paths', () => {
  template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: false });
});

test('the account-wide log role is not set for each API', () => {
  template.resourceCountIs('AWS::ApiGateway::Account', 0);
});

test("API Gateway's own answers have OpenAI's format", () => {
  template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
    ResponseType: 'THROTTLED',
    StatusCode: '429',
    ResponseParameters: { 'gatewayresponse.header.retry-after': "'1'" },
    ResponseTemplates: {
      'application/json':
        '{"error":{"message":"too many requests; wait and try again","type":"requests","param":null,"code":"rate_limit_exceeded"}}',
    },
  });
});

test("only the tree of members' keys needs no token, and no page may call it", () => {
  const withKeys = templateOf(ofMembers, true);
  const resources = withKeys.findResources('AWS::ApiGateway::Resource');
  const parts = (id: string): string => {
    const { ParentId, PathPart } = resources[id]?.Properties ?? {};
    return PathPart === undefined ? '' : `${parts(ParentId.Ref ?? '')}/${PathPart}`;
  };
  const methods = Object.values(withKeys.findResources('AWS::ApiGateway::Method')).map(({ Properties }) =>
    [
      Properties.HttpMethod,
      parts(Properties.ResourceId.Ref),
      Properties.AuthorizationType,
      'AuthorizerId' in Properties,
    ].join(' '),
  );
  expect(methods.sort()).toEqual([
    'ANY /key/v1/{proxy+} NONE false',
    'ANY /v1/{proxy+} COGNITO_USER_POOLS true',
    'OPTIONS /v1/{proxy+} NONE false',
  ]);
  const unchanged = Object.keys(template.toJSON().Resources).filter((id) => !id.includes('Deployment'));
  expect(Object.keys(withKeys.toJSON().Resources)).toEqual(expect.arrayContaining(unchanged));
});
