import { subscriptionEndpoint } from '@/lib/guard/rules/subscription-endpoint';
import { testRule } from './rule-tester';

testRule(subscriptionEndpoint, {
  type: 'AWS::SNS::Subscription',
  template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } }, Parameters: { Open: { Type: 'String' } } },
  compliant: {
    'a queue': { Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    'an email address': { Protocol: 'email', Endpoint: 'security@example.eu' },
    'a host of the Region': { Protocol: 'https', Endpoint: 'https://x.execute-api.eu-central-1.amazonaws.com/hook' },
  },
  violating: {
    'an unknown host': {
      properties: { Protocol: 'https', Endpoint: 'https://hooks.example.org/x' },
      found: ['hooks.example.org'],
      level: 'unresolved',
    },
    'an open protocol': {
      properties: { Protocol: { Ref: 'Open' }, Endpoint: 'https://hooks.example.org' },
      found: ['hooks.example.org'],
      level: 'unresolved',
    },
  },
});

testRule(subscriptionEndpoint, {
  type: 'AWS::SNS::Topic',
  compliant: { 'no subscription': {} },
  violating: {
    'one of several': {
      properties: {
        Subscription: [
          { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:1:q' },
          { Protocol: 'http', Endpoint: 'http://hooks.example.org' },
        ],
      },
      found: ['hooks.example.org'],
      level: 'unresolved',
    },
  },
});
