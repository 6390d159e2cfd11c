import { stackSetTemplate } from '../../../lib/guard/rules/stack-set-template';
import { testRule } from './rule-tester';

const set = (template: unknown, ...Regions: string[]) => ({
  TemplateBody: JSON.stringify(template),
  StackInstancesGroup: [{ Regions }],
});
const queue = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
const distribution = { Resources: { D: { Type: 'AWS::CloudFront::Distribution' } } };

testRule(stackSetTemplate, {
  compliant: {
    'a template that stays inside': set(queue, 'eu-central-1', 'eu-west-1'),
    'a Region outside, which the value scan reports': set(queue, 'us-east-1'),
  },
  violating: {
    'a template that leaves': {
      properties: set(distribution, 'eu-central-1'),
      found: ['AWS::CloudFront::Distribution'],
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
