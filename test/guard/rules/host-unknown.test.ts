import { hostUnknown } from '../../../lib/guard/rules/host-unknown';
import { findingsOf, testRule } from './rule-tester';

const integration = (Uri: unknown) => ({ Integration: { Uri } });

testRule(hostUnknown, {
  type: 'AWS::ApiGateway::Method',
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: { Custom: { Type: 'Custom::X' }, Fn: { Type: 'AWS::Lambda::Function' } },
  },
  compliant: {
    'a function of the app': integration({
      'Fn::Sub': 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
    }),
    'a service of the Region': integration('https://sqs.eu-central-1.amazonaws.com/1/q'),
    'a load balancer of the app': integration({ 'Fn::Sub': 'http://${Fn.DNSName}/x' }),
    'a known host outside, which the value scan reports': integration('https://api.openai.com/v1'),
  },
  violating: {
    'a host that nobody knows': {
      properties: integration('https://api.example.org/v1'),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a host that holds the account': {
      properties: integration({ 'Fn::Sub': 'https://${AWS::AccountId}.example.org/' }),
      found: ['own.example.org'],
      level: 'unresolved',
    },
    'a path that holds the account': {
      properties: integration({ 'Fn::Sub': 'https://example.org/${AWS::AccountId}' }),
      found: ['example.org'],
      level: 'unresolved',
    },
    'what a custom resource answers': {
      properties: integration({ 'Fn::GetAtt': ['Custom', 'Url'] }),
      found: ['/Properties/Integration/Uri'],
      level: 'unresolved',
    },
    'user information': {
      properties: integration('https://sqs.eu-west-1.amazonaws.com@example.org/'),
      found: ['sqs.eu-west-1.amazonaws.com@example.org'],
      level: 'unresolved',
    },
    'a host given at deploy': {
      properties: integration({ 'Fn::Sub': 'https://${Open}/v1' }),
      found: ['https://<unresolved>/v1'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['inside', 'FR', []],
  ['outside', 'CH', ['block']],
])('a host declared %s', (_, country, expected) => {
  const rows = { type: 'AWS::ApiGateway::Method', places: [{ host: 'api.example.org', country, reason: 'contract' }] };
  expect(
    findingsOf(hostUnknown, integration('https://api.example.org/v1'), rows).map((finding) => finding.level),
  ).toEqual(expected);
});

test('the name of the stack is no host', () => {
  const findings = findingsOf(hostUnknown, { ServerName: { Ref: 'AWS::StackName' } }, { type: 'AWS::DMS::Endpoint' });
  expect(findings.map(({ level }) => level)).toEqual(['unresolved']);
});
