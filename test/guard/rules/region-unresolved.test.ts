import { regionUnresolved } from '@/lib/guard/rules/region-unresolved';
import { testRule } from './rule-tester';

const replicas = (...regions: unknown[]) => ({ Replicas: regions.map((Region) => ({ Region })) });

testRule(regionUnresolved, {
  type: 'AWS::DynamoDB::GlobalTable',
  template: {
    Resources: { Custom: { Type: 'Custom::X' }, Stored: { Type: 'AWS::SSM::Parameter' } },
    Parameters: {
      Open: { Type: 'String' },
      Allowed: { Type: 'String', AllowedValues: ['eu-west-1', 'us-east-1'] },
      Ssm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/region' },
    },
  },
  compliant: {
    'a Region written out': replicas('eu-west-1'),
    'the deploy Region': replicas({ Ref: 'AWS::Region' }),
    'a parameter with allowed values, which the value scan checks': replicas({ Ref: 'Allowed' }),
    'no replicas': {},
  },
  violating: {
    'a parameter without default': {
      properties: replicas('eu-west-1', { Ref: 'Open' }),
      found: ['/Properties/Replicas/1/Region'],
      level: 'unresolved',
    },
    'a parameter read at deployment': {
      properties: replicas({ Ref: 'Ssm' }),
      found: ['/Properties/Replicas/0/Region'],
      level: 'unresolved',
    },
    'a dynamic reference': {
      properties: replicas('{{resolve:ssm:/region}}'),
      found: ['/Properties/Replicas/0/Region'],
      level: 'unresolved',
    },
    'an import from elsewhere': {
      properties: replicas({ 'Fn::ImportValue': 'r' }),
      found: ['/Properties/Replicas/0/Region'],
      level: 'unresolved',
    },
    'a text with an open part': {
      properties: replicas({ 'Fn::Sub': 'eu-${Open}-1' }),
      found: ['eu-<unresolved>-1'],
      level: 'unresolved',
    },
    "a custom resource's output": {
      properties: replicas({ 'Fn::GetAtt': ['Custom', 'Region'] }),
      found: ['/Properties/Replicas/0/Region'],
      level: 'unresolved',
    },
    'the same within a text': {
      properties: replicas({ 'Fn::Sub': '${Custom.Region}' }),
      found: ['<unresolved>'],
      level: 'unresolved',
    },
    "an AWS resource's attribute": {
      properties: replicas({ 'Fn::GetAtt': ['Stored', 'Value'] }),
      found: ['/Properties/Replicas/0/Region'],
      level: 'unresolved',
    },
    'a list known only at deployment': {
      properties: { Replicas: { Ref: 'Open' } },
      found: ['/Properties/Replicas'],
      level: 'unresolved',
    },
  },
});
