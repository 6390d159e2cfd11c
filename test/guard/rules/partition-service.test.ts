import { partitionService } from '@/lib/guard/rules/partition-service';
import { findingsOf, testRule } from './rule-tester';

const SOVEREIGN = { deployRegion: 'eusc-de-east-1' };
const found = (type: string, more: object = {}) => findingsOf(partitionService, {}, { type, ...SOVEREIGN, ...more });

testRule(partitionService, {
  type: 'AWS::CloudFront::Function',
  ...SOVEREIGN,
  compliant: {},
  violating: {
    'a service that the facts do not list': {
      properties: {},
      found: ['AWS::CloudFront::Function'],
      level: 'unresolved',
    },
  },
});

test.each([
  'AWS::ApiGatewayV2::Api',
  'AWS::CertificateManager::Certificate',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudWatch::Alarm',
  'AWS::Cognito::UserPool',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Organizations::Policy',
  'AWS::Route53::RecordSet',
  'AWS::Serverless::Function',
  'AWS::StepFunctions::StateMachine',
])('%s exists in the sovereign partition', (type) => {
  expect(found(type)).toEqual([]);
});

test.each(['AWS::AppSync::GraphQLApi', 'AWS::OpenSearchServerless::Collection', 'AWS::S3Express::DirectoryBucket'])(
  '%s is refused there, and nowhere else',
  (type) => {
    const [, namespace] = type.split('::');
    expect(found(type)).toEqual([
      expect.objectContaining({
        level: 'unresolved',
        message: expect.stringContaining(
          `list no service '${namespace}' in partition aws-eusc, where the stack is deployed`,
        ),
      }),
    ]);
    expect(found(type, { deployRegion: 'eu-central-1' })).toEqual([]);
  },
);

test('a type whose place is declared inside the boundary is accepted, and outside it is not', () => {
  const declared = (country: string) => ({ places: [{ type: 'AWS::AppSync::*', country, reason: 'announced' }] });
  expect(found('AWS::AppSync::GraphQLApi', declared('DE'))).toEqual([]);
  expect(found('AWS::AppSync::GraphQLApi', declared('US'))).toHaveLength(1);
});

test.each(['Custom::Own', 'Datadog::Monitors::Monitor', 'AWS::NewService::Thing'])(
  '%s is left to other rules',
  (type) => {
    expect(found(type)).toEqual([]);
  },
);
