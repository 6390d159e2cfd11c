import { parametersIn } from '@/lib/guard/template/parameters-in';

const template = { Parameters: { A: {}, B: {}, C: {}, Text: 'x' }, Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
const sub = (...argument: unknown[]) => ({ 'Fn::Sub': argument.length === 1 ? argument[0] : argument });

test.each<[string, unknown, string[]]>([
  ['a reference', { Ref: 'A' }, ['A']],
  [
    'a reference to a resource, a value of the deployment, or nothing',
    [{ Ref: 'Queue' }, { Ref: 'AWS::Region' }, { Ref: 'D' }],
    [],
  ],
  ['an entry that is no parameter', { Ref: 'Text' }, []],
  ['a text', sub('${A}-${ B }-${Queue}-${!C}'), ['A', 'B']],
  ['a text with values of its own', sub('${A}-${x}', { x: { Ref: 'B' } }), ['A', 'B']],
  [
    'a list and a map, each name once',
    { x: [{ Ref: 'B' }, 'A', 3, null], y: { Ref: 'A' }, z: { Ref: 'B' } },
    ['B', 'A'],
  ],
  ['a key that is no function', { Other: 'A', Name: '${B}' }, []],
])('the parameters of %s', (_, node, names) => {
  expect(parametersIn(node, { template })).toEqual(names);
});
