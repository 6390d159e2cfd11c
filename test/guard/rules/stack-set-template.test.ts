import { stackSetTemplate } from '@/lib/guard/rules/stack-set-template';
import { testRule } from './rule-tester';

const set = (template: unknown, ...Regions: string[]) => ({
  TemplateBody: JSON.stringify(template),
  StackInstancesGroup: [{ Regions }],
});
const queue = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
const distribution = { Resources: { D: { Type: 'AWS::CloudFront::Distribution' } } };

/** A table that is copied to a Region which a parameter names. */
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
    'a parameter that is given a Region inside': giving(copied(), place('eu-west-1')),
    'a default that is never used': giving(copied({ Default: 'us-east-1' }), place('eu-west-1')),
    'a template that stays inside': set(queue, 'eu-central-1', 'eu-west-1'),
    'a Region outside, which the value scan reports': set(queue, 'us-east-1'),
  },
  violating: {
    'a template that leaves': {
      properties: set(distribution, 'eu-central-1'),
      found: ['AWS::CloudFront::Distribution'],
    },
    'a parameter that is given a Region outside': {
      properties: giving(copied({ Default: 'eu-west-1' }), place('us-east-1')),
      found: ['us-east-1'],
    },
    'a parameter that is overridden with a Region outside': {
      properties: giving(copied(), place('eu-west-1'), place('us-east-1')),
      found: ['us-east-1'],
    },
    'a default that holds where nothing is overridden': {
      properties: giving(copied({ Default: 'us-east-1' }), undefined, place('eu-west-1')),
      found: ['us-east-1'],
    },
    'a parameter that is given in one variant': {
      properties: giving(copied({ Default: 'us-east-1' }), {
        'Fn::If': ['Chosen', place('eu-west-1'), { Ref: 'AWS::NoValue' }],
      }),
      found: ['us-east-1'],
    },
    'a parameter that nobody gives': {
      properties: giving(copied(), undefined),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a value given at deploy': {
      properties: giving(copied({ Default: 'eu-west-1' }), place({ Ref: 'Open' })),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a list of parameters given at deploy': {
      properties: giving(copied({ Default: 'eu-west-1' }), { Ref: 'List' }),
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a template that can not be read': {
      properties: { TemplateBody: 'Resources: [' },
      found: ['/Properties/TemplateBody'],
      level: 'unresolved',
    },
    'a template by its address': {
      properties: { TemplateURL: 'https://x/y.json' },
      found: ['/Properties/TemplateURL'],
      level: 'unresolved',
    },
  },
});
