import { stackSetTemplate } from '@/lib/guard/rules/stack-set-template';
import { testRule } from './rule-tester';

const set = (template: unknown, ...Regions: string[]) => ({
  TemplateBody: JSON.stringify(template),
  StackInstancesGroup: [{ Regions }],
});
const queue = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
const distribution = { Resources: { D: { Type: 'AWS::CloudFront::Distribution' } } };

/** A table replicated to a Region in a parameter. */
const copied = (Place: object = {}) => ({
  Parameters: { Place: { Type: 'String', ...Place } },
  Resources: {
    T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: { Ref: 'Place' } }] } },
  },
});
const giving = (template: unknown, Parameters: unknown, ParameterOverrides?: unknown) => ({
  ...set(template, 'eu-central-1'),
  ...(Parameters !== undefined && { Parameters }),
  StackInstancesGroup: [{ Regions: ['eu-central-1'], ...(ParameterOverrides !== undefined && { ParameterOverrides }) }],
});
const place = (ParameterValue: unknown) => [{ ParameterKey: 'Place', ParameterValue }];

testRule(stackSetTemplate, {
  template: {
    Parameters: { Open: { Type: 'String' }, List: { Type: 'CommaDelimitedList' } },
    Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
  },
  compliant: {
    'a parameter set to a Region inside the boundary': giving(copied(), place('eu-west-1')),
    'a parameter set next to another': giving(copied({ Default: 'us-east-1' }), [
      { ParameterKey: 'Other', ParameterValue: 'x' },
      ...place('eu-west-1'),
    ]),
    'a parameter set to one of the values that a property permits': giving(
      {
        Parameters: { Kind: { Type: 'String' } },
        Resources: {
          A: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: [{ Ref: 'Kind' }] } } },
        },
      },
      [{ ParameterKey: 'Kind', ParameterValue: 'REGIONAL' }],
    ),
    'a default that is never used': giving(copied({ Default: 'us-east-1' }), place('eu-west-1')),
    'a template that stays inside the boundary': set(queue, 'eu-central-1', 'eu-west-1'),
    'a Region outside the boundary, which the value scan reports': set(queue, 'us-east-1'),
  },
  violating: {
    'a template that leaves the boundary': {
      properties: set(distribution, 'eu-central-1'),
      found: ['AWS::CloudFront::Distribution'],
    },
    'a parameter set to a Region outside the boundary': {
      properties: giving(copied({ Default: 'eu-west-1' }), place('us-east-1')),
      found: ['us-east-1'],
    },
    'a parameter overridden with a Region outside the boundary': {
      properties: giving(copied(), place('eu-west-1'), place('us-east-1')),
      found: ['us-east-1'],
    },
    'a default that applies without an override': {
      properties: giving(copied({ Default: 'us-east-1' }), undefined, place('eu-west-1')),
      found: ['us-east-1'],
    },
    'a parameter set in one variant': {
      properties: giving(copied({ Default: 'us-east-1' }), {
        'Fn::If': ['Chosen', place('eu-west-1'), { Ref: 'AWS::NoValue' }],
      }),
      found: ['us-east-1'],
    },
    'a parameter set in one of two lists': {
      properties: giving(copied({ Default: 'us-east-1' }), {
        'Fn::If': ['Chosen', place('eu-west-1'), [{ ParameterKey: 'Other', ParameterValue: 'x' }]],
      }),
      found: ['us-east-1'],
    },
    'an unset parameter': {
      properties: giving(copied(), undefined),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a value known only at deployment': {
      properties: giving(copied({ Default: 'eu-west-1' }), place({ Ref: 'Open' })),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a list of parameters known only at deployment': {
      properties: giving(copied({ Default: 'eu-west-1' }), { Ref: 'List' }),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'overrides known only at deployment': {
      properties: giving(copied({ Default: 'eu-west-1' }), place('eu-west-1'), { Ref: 'List' }),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    "a template that can't be read": {
      properties: { TemplateBody: 'Resources: [' },
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a template by URL': {
      properties: { TemplateURL: 'https://x/y.json' },
      found: ['/Properties/TemplateURL'],
      level: 'unresolved',
    },
  },
});
