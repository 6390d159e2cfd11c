import { iamReach } from '../../../lib/guard/rules/iam-reach';
import { testRule } from './rule-tester';

const allow = (Action: unknown, Resource: unknown, others = {}) =>
  policy({ Effect: 'Allow', Action, Resource, ...others });
const policy = (...Statement: unknown[]) => ({ PolicyDocument: { Statement } });
const requested = (...regions: string[]) => ({ StringEquals: { 'aws:RequestedRegion': regions } });
const EU_MODEL = 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0';

testRule(iamReach, {
  type: 'AWS::IAM::Policy',
  compliant: {
    'one model inside': allow('bedrock:InvokeModel', EU_MODEL),
    'every model of a Region inside': allow('bedrock:InvokeModel*', 'arn:aws:bedrock:eu-west-1::foundation-model/*'),
    'an EU profile': allow(
      'bedrock:InvokeModel',
      'arn:aws:bedrock:eu-central-1:1:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ),
    'everything in Regions inside': allow('*', '*', { Condition: requested('eu-central-1', 'eu-west-1') }),
    'everything, with a Deny outside': policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      },
    ),
    'a Deny of a Region outside': policy({ Effect: 'Deny', Action: '*', Resource: 'arn:aws:sqs:us-east-1:1:q' }),
    'another service everywhere': allow('s3:GetObject', '*'),
    'reading about models': allow('bedrock:ListFoundationModels', '*'),
  },
  violating: {
    'an ARN outside': {
      properties: allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:1:q'),
      found: ['arn:aws:sqs:us-east-1:1:q'],
    },
    'Bedrock on everything': { properties: allow('bedrock:InvokeModel', '*'), found: ['*'] },
    'all of Bedrock on everything': { properties: allow(['s3:Get*', 'bedrock:*'], ['*']), found: ['*'] },
    'everything on everything': { properties: allow('*', '*'), found: ['*'] },
    'models of every Region': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/*'),
      found: ['arn:aws:bedrock:*::foundation-model/*'],
    },
    'models without Region, which permits global routing': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:::foundation-model/x'),
      found: ['arn:aws:bedrock:::foundation-model/x'],
    },
    'every profile of a Region': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1:1:inference-profile/*'),
      found: ['arn:aws:bedrock:eu-central-1:1:inference-profile/*'],
    },
    'everything of Bedrock in a Region': {
      properties: allow('bedrock:Invoke*', 'arn:aws:bedrock:eu-central-1:*:*'),
      found: ['arn:aws:bedrock:eu-central-1:*:*'],
    },
    'a condition that lets a Region outside through': {
      properties: allow('bedrock:*', '*', { Condition: requested('eu-central-1', 'us-east-1') }),
      found: ['*'],
    },
    'a condition that also holds in the rest of the world': {
      properties: allow('bedrock:*', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }),
      found: ['*'],
    },
    'a condition that passes when the key is absent': {
      properties: allow('bedrock:*', '*', {
        Condition: { StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
      found: ['*'],
    },
    'all actions but some': {
      properties: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      found: ['*'],
    },
    'agents of every Region': { properties: allow('bedrock:InvokeAgent', '*'), found: ['*'] },
    'the other endpoint of Bedrock': { properties: allow('bedrock-mantle:*', '*'), found: ['*'] },
    'a policy written as text': {
      properties: {
        PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }] }),
      },
      found: ['*'],
    },
    'a pattern that something absent is joined to': {
      properties: allow('bedrock:*', { 'Fn::Join': ['', ['*', { Ref: 'AWS::NoValue' }]] }),
      found: ['*'],
    },
    'all resources but some': {
      properties: policy({ Effect: 'Allow', Action: 'bedrock:*', NotResource: 'arn:x' }),
      found: ['/Properties/PolicyDocument/Statement/0'],
    },
  },
});

testRule(iamReach, {
  type: 'AWS::IAM::Policy',
  template: { Parameters: { Where: { Type: 'String' } } },
  compliant: {},
  violating: {
    'a Region that is known only at deploy': {
      properties: allow('bedrock:InvokeModel', { 'Fn::Sub': 'arn:aws:bedrock:${Where}::foundation-model/x' }),
      found: ['arn:aws:bedrock:<unresolved>::foundation-model/x'],
      level: 'unresolved',
    },
  },
});

testRule(iamReach, {
  type: 'AWS::SSO::PermissionSet',
  compliant: {},
  violating: {
    'an inline policy': {
      properties: { InlinePolicy: { Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }] } },
      found: ['*'],
    },
  },
});

testRule(iamReach, {
  type: 'AWS::IAM::Role',
  compliant: {
    "AWS's policy for logs": {
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  },
  violating: {
    "AWS's policy for all of Bedrock": {
      properties: {
        ManagedPolicyArns: [
          { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonBedrockFullAccess']] },
        ],
      },
      found: ['AmazonBedrockFullAccess'],
      level: 'unresolved',
    },
    'an inline policy': {
      properties: {
        Policies: [
          { PolicyDocument: { Statement: { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' } } },
        ],
      },
      found: ['*'],
    },
  },
});
