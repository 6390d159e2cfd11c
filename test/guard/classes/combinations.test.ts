import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { testClass } from './test-class';

const NAMES = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'];
const parameters = (values: readonly string[], more: object = {}) => ({
  Parameters: {
    ...Object.fromEntries(NAMES.map((name) => [name, { Type: 'String', AllowedValues: values }])),
    ...more,
  },
});
const TWO = parameters(['on', 'off']);
const JSON_OF_ALL = `{${NAMES.map((name) => `"${name}":"\${${name}}"`).join()}}`;
const machine = (text: unknown, around: Readonly<Record<string, unknown>> = TWO) => ({
  type: 'AWS::SSM::Parameter',
  properties: { Type: 'String', Value: text },
  around,
});
const sub = (text: string) => ({ 'Fn::Sub': text });
const all = (more: string) => sub(`${NAMES.map((name) => `\${${name}}`).join(' ')} ${more}`);

testClass('combinations of parameters', {
  leaks: {
    'a Region next to them': machine(all('us-east-1')),
    'a Region in a JSON text next to them': machine(sub(JSON_OF_ALL.replace('{', '{"region":"us-east-1",'))),
    'more combinations than can be checked': machine(all('')),
    'the same in JSON': machine(sub(JSON_OF_ALL)),
    'the same joined': machine({ 'Fn::Join': ['-', NAMES.map((Ref) => ({ Ref }))] }),
    'a Region among the values of one': machine(
      sub(`${JSON_OF_ALL}`),
      parameters(['on', 'off'], { P3: { Type: 'String', AllowedValues: ['eu-west-1', 'us-east-1'] } }),
    ),
    'a Region that two of them make': machine(
      all('${A}-${B}'),
      parameters(['on', 'off'], {
        A: { Type: 'String', AllowedValues: ['us', 'eu'] },
        B: { Type: 'String', AllowedValues: ['east-1', 'west-1'] },
      }),
    ),
    'a host among the values of one': machine(
      all(''),
      parameters(['on', 'off'], { P8: { Type: 'String', AllowedValues: ['a', 'https://api.openai.com'] } }),
    ),
    'a Region in one text of few': machine(sub('${P0}-us-east-1')),
    'a Region in a text of a list': machine({ 'Fn::Join': [',', [sub('${P0}'), 'us-east-1']] }),
    'a Region as the value of the only parameter': machine(
      sub('x-${P0}'),
      parameters(['on'], { P0: { Type: 'String', AllowedValues: ['eu-west-1', 'us-east-1'] } }),
    ),
  },
  nearMisses: {
    'eight parameters with two values': machine(
      sub(
        NAMES.slice(0, 8)
          .map((name) => `\${${name}}`)
          .join(' '),
      ),
    ),
    'nine parameters with one value': machine(all(''), parameters(['on'])),
    'one parameter nine times': machine(sub('${P0}'.repeat(9))),
    'one parameter with a thousand values': machine(
      sub('x-${P0}'),
      parameters(['on'], { P0: { Type: 'String', AllowedValues: Array.from({ length: 1000 }, (_, i) => `v${i}`) } }),
    ),
    'texts of their own': {
      type: 'AWS::Lambda::Function',
      properties: { Environment: { Variables: Object.fromEntries(NAMES.map((name) => [name, sub(`x-\${${name}}`)])) } },
      around: TWO,
    },
  },
});

const findings = (text: unknown, around: object) =>
  checkTemplate(
    { ...around, Resources: { Subject: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: text } } } },
    { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
  ).findings;

test('a text with too many combinations is one finding, which names the parameters', () => {
  const found = findings(sub(JSON_OF_ALL), TWO);
  expect(found.map(({ level, path }) => `${level} ${path}`)).toEqual(['unresolved /Properties/Value']);
  expect(found[0]?.message).toContain(
    "of 'P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8' than the guard can check",
  );
  expect(found[0]?.fix).toContain('Limit the allowed values');
});

test('each part of such a text is checked by itself', () => {
  const around = parameters(['on', 'off'], { P3: { Type: 'String', AllowedValues: ['eu-west-1', 'us-east-1'] } });
  expect(findings(sub(JSON_OF_ALL), around).map(({ level, path, value }) => [level, path, value])).toEqual([
    ['unresolved', '/Properties/Value', undefined],
    ['block', '/Properties/Value', 'us-east-1'],
  ]);
});
