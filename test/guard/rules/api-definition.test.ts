import { apiDefinition } from '@/lib/guard/rules/api-definition';
import { findingsOf, testRule } from './rule-tester';

const operation = (integration: unknown) => ({
  openapi: '3.0.1',
  paths: { '/chat': { post: { 'x-amazon-apigateway-integration': integration } } },
});
const body = (uri: unknown) => ({ Body: operation({ type: 'http_proxy', uri }) });
const INTEGRATION = '/Properties/Body/paths/~1chat/post/x-amazon-apigateway-integration';

testRule(apiDefinition, {
  type: 'AWS::ApiGateway::RestApi',
  template: {
    Parameters: { Open: { Type: 'String' }, Host: { Type: 'String', Default: 'api.example.org' } },
    Resources: { Fn: { Type: 'AWS::Lambda::Function' } },
  },
  places: [{ host: 'api.example.de', country: 'DE', reason: 'our own' }],
  compliant: {
    'no definition': { Name: 'Api' },
    'a function in the app': body({
      'Fn::Sub':
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
    }),
    'a service in the Region': body('https://x.execute-api.eu-central-1.amazonaws.com/a'),
    'a declared host': body('https://api.example.de/v1'),
    'a response without an integration': { Body: operation({ type: 'mock' }) },
    "the API's own URL": {
      Body: { ...operation({ type: 'mock' }), servers: [{ url: 'https://a.example' }] },
    },
  },
  violating: {
    'an unknown host': {
      properties: body('https://api.example.org/v1'),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a host in a parameter': {
      properties: body({ 'Fn::Sub': 'https://${Host}/v1' }),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a host known only at deployment': {
      properties: body({ Ref: 'Open' }),
      found: [`${INTEGRATION}/uri`],
      level: 'unresolved',
    },
    'a host in a stage variable': {
      properties: body('https://${stageVariables.host}/v1'),
      found: ['${stagevariables.host}'],
      level: 'unresolved',
    },
    'an integration known only at deployment': {
      properties: { Body: operation({ Ref: 'Open' }) },
      found: [INTEGRATION],
      level: 'unresolved',
    },
    'an integration shared by operations': {
      properties: {
        Body: { components: { 'x-amazon-apigateway-integrations': { Far: { uri: 'https://api.example.org' } } } },
      },
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a definition as text': {
      properties: { Body: JSON.stringify(operation({ uri: 'https://api.example.org' })) },
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a definition known only at deployment': {
      properties: { Body: { Ref: 'Open' } },
      found: ['/Properties/Body'],
      level: 'unresolved',
    },
    'a definition in S3': {
      properties: { BodyS3Location: { Bucket: 'b', Key: 'k' } },
      found: ['/Properties/BodyS3Location'],
      level: 'unresolved',
    },
  },
});

testRule(apiDefinition, {
  type: 'AWS::ApiGatewayV2::Api',
  compliant: {},
  violating: {
    'an unknown host': {
      properties: body('https://api.example.org/v1'),
      found: ['api.example.org'],
      level: 'unresolved',
    },
  },
});

testRule(apiDefinition, {
  type: 'AWS::Serverless::Api',
  compliant: { 'no definition': { StageName: 'prod' } },
  violating: {
    'a definition in another file': {
      properties: { DefinitionUri: 's3://bucket/key' },
      found: ['/Properties/DefinitionUri'],
      level: 'unresolved',
    },
    'an unknown host': {
      properties: { DefinitionBody: operation({ uri: 'https://api.example.org/v1' }) },
      found: ['api.example.org'],
      level: 'unresolved',
    },
  },
});

test('an unread file next to the template is unresolved', () => {
  const found = findingsOf(
    apiDefinition,
    { DefinitionUri: './api/openapi.yaml' },
    { type: 'AWS::Serverless::HttpApi' },
  );
  expect(found.map(({ level }) => level)).toEqual(['unresolved']);
});
