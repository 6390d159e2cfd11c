import { customResource } from '@/lib/guard/rules/custom-resource';
import { findingsOf } from './rule-tester';

const template = {
  Resources: {
    Handler: { Type: 'AWS::Lambda::Function' },
    Serverless: { Type: 'AWS::Serverless::Function' },
    Topic: { Type: 'AWS::SNS::Topic' },
  },
  Parameters: { Open: { Type: 'String' } },
};
const found = (type: string, properties: Record<string, unknown>) =>
  findingsOf(customResource, properties, { type, template }).map((finding) => finding.value ?? finding.path);

test.each([
  ['a custom resource', 'Custom::Thing', { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] } }],
  ['a resource', 'Custom::Thing', { ServiceToken: { 'Fn::GetAtt': ['Serverless', 'Arn'] } }],
  ['the general type', 'AWS::CloudFormation::CustomResource', { ServiceToken: { Ref: 'Handler' } }],
  ['a hook', 'AWS::CloudFormation::LambdaHook', { LambdaFunction: { 'Fn::GetAtt': ['Handler', 'Arn'] } }],
  ['a resource without a handler', 'AWS::SQS::Queue', {}],
])('%s whose handler is in the app passes', (_, type, properties) => {
  expect(found(type, properties)).toEqual([]);
});

test.each([
  [
    'a handler elsewhere',
    'Custom::Thing',
    { ServiceToken: 'arn:aws:lambda:eu-central-1:1:function:f' },
    'arn:aws:lambda:eu-central-1:1:function:f',
  ],
  ["a handler that isn't a function", 'Custom::Thing', { ServiceToken: { Ref: 'Topic' } }, '/Properties/ServiceToken'],
  [
    'a handler known only at deployment',
    'Custom::Thing',
    { ServiceToken: { Ref: 'Open' } },
    '/Properties/ServiceToken',
  ],
  ['no handler', 'Custom::S3AutoDeleteObjects', {}, '/Properties/ServiceToken'],
  ['a hook with a function elsewhere', 'AWS::CloudFormation::LambdaHook', { LambdaFunction: 'arn:x' }, 'arn:x'],
])('%s is reported', (_, type, properties, expected) => {
  expect(found(type, properties)).toEqual([expected]);
});
