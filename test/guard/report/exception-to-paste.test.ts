import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readDeclarations } from '@/lib/config/load-declarations';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { exampleException, exceptionToPaste } from '@/lib/guard/report/exception-to-paste';
import { pretty } from '@/lib/guard/report/pretty';
import { META_RULES } from '@/lib/guard/rule/meta-rules';
import { RULES } from '@/lib/guard/rules';
import type { Json } from '@/lib/guard/template/parse';

const NOW = new Date('2026-11-24');

interface Input {
  readonly template: Json;
  readonly region?: string;
  readonly stack?: string;
}

const resource = (Type: string, Properties: Json = {}, id = 'Subject') => ({
  Resources: { [id]: { Type, Properties } },
});

const INPUTS: Readonly<Record<string, Input>> = {
  'a place in a list': {
    template: resource('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] }),
  },
  'the same place twice in a list': {
    template: resource('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-east-1' }] }),
  },
  'a value with quotes, a colon and a comment': {
    template: resource('AWS::Lambda::Function', {
      Environment: { Variables: { Q: `"yes": 'https://sqs.us-east-1.amazonaws.com' # no` } },
    }),
  },
  'a value that is longer than a finding repeats': {
    template: resource('AWS::Lambda::Function', {
      Environment: { Variables: { Q: `https://sqs.us-east-1.amazonaws.com/${'q'.repeat(400)}` } },
    }),
  },
  'a property with a space in its name': {
    template: resource('AWS::Lambda::Function', { Environment: { Variables: { 'a b': 'us-east-1' } } }),
  },
  'a value with a line break': {
    template: resource('AWS::Lambda::Function', { Environment: { Variables: { Q: 'a\nus-east-1\n' } } }),
  },
  'a custom resource': {
    template: resource('Custom::Thing', { ServiceToken: 'arn:aws:lambda:eu-central-1:1:function:f' }),
  },
  'a logical id that YAML reads as no text': {
    template: resource('AWS::Lambda::Function', { Environment: { Variables: { Q: 'us-east-1' } } }, '0123'),
  },
  'a logical id that YAML reads as a boolean': {
    template: resource('AWS::Lambda::Function', { Environment: { Variables: { Q: 'us-east-1' } } }, 'Yes'),
  },
  'a stack outside the boundary': { template: resource('AWS::SQS::Queue'), region: 'us-east-1', stack: 'Prod/Edge' },
  'a stack outside the boundary with a custom resource': {
    template: {
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Own: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] } } },
        Handler: { Type: 'AWS::Lambda::Function' },
        CDKMetadata: { Type: 'AWS::CDK::Metadata' },
      },
    },
    region: 'us-east-1',
    stack: 'Edge',
  },
  'an unknown type': { template: resource('AWS::Nothing::Known'), stack: 'Chat' },
  'a macro': { template: { Transform: ['Own'], ...resource('AWS::SQS::Queue') }, stack: 'Chat' },
};

function check({ template, region = 'eu-central-1', stack = 'chat.json' }: Input, exceptions = '') {
  const declarations = exceptions === '' ? undefined : readDeclarations(exceptions, 'residency-exceptions.yaml');
  const input = { file: 'chat.json', stack, group: '', template, deployRegion: region };
  const options = { boundary: ResidencyBoundary.eu(), deployRegions: [], declarations, now: NOW };
  return checkInputs({ templates: [input], unreadable: [] }, options).findings;
}

/** What a user who pastes every exception of an output has in the file. */
const pasted = (text: string) =>
  ['exceptions:', ...text.split('\n').filter((line) => /^ {6}(- | {2})\S| {6} {4}- \S/.test(line))].join('\n');

test.each(Object.entries(INPUTS))('%s is excepted by what is printed for it', (_, input) => {
  const findings = check(input);
  expect(findings.length).toBeGreaterThan(0);
  let file = pasted(pretty(findings, undefined, { now: NOW }));
  // A stack that is permitted as a whole shows what else in it is not.
  const further = check(input, file);
  if (further.length > 0) file += `\n${pasted(pretty(further, undefined, { now: NOW })).replace('exceptions:\n', '')}`;
  expect(check(input, file)).toEqual([]);
});

test('an exception holds for its finding alone, and for 90 days', () => {
  const [finding] = check(INPUTS['a place in a list'] as Input);
  expect(finding && exceptionToPaste(finding, NOW)).toEqual([
    '- rule: place-outside',
    '  file: chat.json',
    '  logicalId: Subject',
    '  property: /Properties/Replicas/0/Region',
    '  value: us-east-1',
    '  reason: why this is permitted',
    '  approver: who approved it',
    '  expires: 2027-02-22',
  ]);
});

test('no exception is printed where none is permitted or needed', () => {
  const [finding] = check(INPUTS['a place in a list'] as Input);
  for (const { id } of META_RULES) expect(exceptionToPaste({ ...finding, rule: id } as never, NOW)).toBeUndefined();
  expect(exceptionToPaste({ ...finding, level: 'info' } as never, NOW)).toBeUndefined();
  const [custom] = check(INPUTS['a custom resource'] as Input);
  expect(exceptionToPaste({ ...custom, logicalId: 'not-an-id' } as never, NOW)).toBeUndefined();
  expect(exceptionToPaste({ ...custom, stack: '*', file: undefined } as never, NOW)).toBeUndefined();
  const [stack] = check({ template: {}, region: 'us-east-1' });
  expect(exceptionToPaste(stack as never, NOW)).toBeUndefined();
});

test.each(RULES.map(({ id }) => id))('the example of an exception to %s is one that the loader reads', (id) => {
  const text = ['exceptions:', ...exampleException(id, NOW)].join('\n');
  expect(readDeclarations(text, 'residency-exceptions.yaml').exceptions).toMatchObject([{ rule: id, stack: 'STACK' }]);
});
