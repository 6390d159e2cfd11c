import { expand, expandAll, TooMany, texts } from '@/lib/guard/template/expand';
import { Reference, Unresolved } from '@/lib/guard/template/node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from '@/lib/guard/template/placeholder';
import type { ExportedValue } from '@/lib/guard/template/scope';

const template = {
  Parameters: {
    Open: { Type: 'String' },
    Empty: { Type: 'String', AllowedValues: [] },
    Nothing: { Type: 'String', Default: null },
    Untyped: { Default: 'a,b' },
    Either: { Type: 'String', AllowedValues: ['x', 'y'] },
    Partly: { Type: 'String', AllowedValues: ['x', null] },
    List: { Type: 'CommaDelimitedList', Default: 'a,b' },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', AllowedValues: ['a,b', 'c'] },
    Read: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' },
    Given: { Type: 'String', Default: 'default' },
    Cycle: { Type: 'String', Default: { Ref: 'Cycle' } },
  },
  Mappings: {
    Sizes: { one: { a: '1', b: ['2', '3'] }, two: { a: '4' } },
    Others: { one: { a: '5' } },
  },
  Conditions: {
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
    Elsewhere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Custom: { Type: 'Custom::Thing' },
    Stored: { Type: 'AWS::SSM::Parameter' },
  },
};
const other = { template: { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } } };
const scope = {
  template,
  deployRegion: 'eu-central-1',
  parameters: new Map<string, ExportedValue>([['Given', { stack: 'above', value: 'given', scope: other }]]),
  exports: new Map<string, ExportedValue>([
    ['table', { stack: 'other', value: { Ref: 'Table' }, scope: other }],
    ['place', { stack: 'other', value: 'eu-west-1', scope: other }],
  ]),
};
const get = (name: string, argument: unknown) => ({ [`Fn::${name}`]: argument });
const ref = (name: string) => ({ Ref: name });
const NONE = ref('AWS::NoValue');
const reason = (text: string) => new Unresolved(text);

test.each<[string, unknown, unknown[]]>([
  ['a text', 'a', ['a']],
  ['a number', 3, [3]],
  ['nothing', null, []],
  ['no value', NONE, []],
  ['a map', { a: 'b' }, [{ a: 'b' }]],
  ['a map with a key that is a function, and another', { Ref: 'Open', a: 'b' }, [{ Ref: 'Open', a: 'b' }]],
  ['the Region', ref('AWS::Region'), ['eu-central-1']],
  ['the partition', ref('AWS::Partition'), ['aws']],
  ['the suffix of hosts', ref('AWS::URLSuffix'), ['amazonaws.com']],
  ['the account', ref('AWS::AccountId'), [OWN_VALUE]],
  ['a resource', ref('Queue'), [new Reference('Queue', 'Ref', 'AWS::SQS::Queue')]],
  ['an attribute', get('GetAtt', ['Queue', 'Arn']), [new Reference('Queue', 'Arn', 'AWS::SQS::Queue')]],
  ['an attribute in one text', get('GetAtt', 'Custom.a.b'), [new Reference('Custom', 'a.b', 'Custom::Thing')]],
  ['an attribute of nothing', get('GetAtt', ['None', 'Arn']), [new Reference('None', 'Arn')]],
  ['an unknown name', ref('None'), [reason("'None' is neither a parameter nor a resource of the template")]],
  ['an open parameter', ref('Open'), [reason("parameter 'Open' has no default and no allowed values")]],
  ['a parameter that allows nothing', ref('Empty'), [reason("parameter 'Empty' has no default and no allowed values")]],
  ['a default of null', ref('Nothing'), [reason("parameter 'Nothing' has no default and no allowed values")]],
  ['a parameter without a type', ref('Untyped'), ['a,b']],
  ['allowed values', ref('Either'), ['x', 'y']],
  ['allowed values, one of which is null', ref('Partly'), ['x']],
  ['a list in a text', ref('List'), [['a', 'b']]],
  ['lists of ids', ref('Subnets'), [['a', 'b'], ['c']]],
  ['a stored parameter', ref('Read'), [reason("parameter 'Read' is read from Systems Manager at deployment")]],
  ['a parameter that the stack above gives', ref('Given'), ['given']],
  ['a cycle', ref('Cycle'), [new TooMany('references form a cycle or nest too deeply')]],
  ['a substitution', get('Sub', '${Either}-${AWS::Region}'), ['x-eu-central-1', 'y-eu-central-1']],
  ['a literal in a substitution', get('Sub', 'a${!Either} ${ Given }'), ['a${Either} given']],
  ['an own name in a substitution', get('Sub', ['${a}/${Queue.Arn}', { a: 'b' }]), [`b/${OWN_VALUE}`]],
  ['an absent name in a substitution', get('Sub', ['a${b}c', { b: NONE }]), ['ac']],
  ['a list in a substitution', get('Sub', '${List}'), ['a,b']],
  ["a custom resource's value in a substitution", get('Sub', '${Custom.Host}'), [UNRESOLVED]],
  ['a map in a substitution', get('Sub', ['${a}', { a: { b: 'c' } }]), [UNRESOLVED]],
  ['a substitution that is no text', get('Sub', [{ a: 'b' }]), [reason('Fn::Sub needs a text')]],
  ['a join', get('Join', ['-', ['a', ref('Either'), 'c']]), ['a-x-c', 'a-y-c']],
  ['a join with an absent item', get('Join', ['-', ['a', NONE, 'c']]), ['a-c']],
  ['a join of own values', get('Join', [',', get('GetAtt', ['Queue', 'List'])]), [OWN_VALUE]],
  [
    'a join of an unknown list',
    get('Join', [',', get('GetAtt', ['Custom', 'List'])]),
    [reason('Fn::Join of a list known only at deployment')],
  ],
  ['a join that is no list', get('Join', 'a'), [reason('Fn::Join needs a list')]],
  ['a join of a dynamic reference', get('Join', ['', ['{{resolve:', 'ssm:a}}/b']]), [`${UNRESOLVED}/b`]],
  ['a dynamic reference', '{{resolve:ssm:a}}', [reason('a dynamic reference is read at deployment')]],
  ['a selection', get('Select', ['1', ['a', 'b']]), ['b']],
  ['a selection by number', get('Select', [0, ref('List')]), ['a']],
  ['a selection by an open index', get('Select', [ref('Open'), ['a', 'b']]), ['a', 'b']],
  ['a selection from own values', get('Select', [0, get('GetAtt', ['Queue', 'List'])]), [OWN_VALUE]],
  [
    'a selection from an unknown list',
    get('Select', [0, ref('Open')]),
    [reason('Fn::Select from a list known only at deployment')],
  ],
  ['a selection that is no list', get('Select', 'a'), [reason('Fn::Select needs a list')]],
  ['a split', get('Split', ['-', 'a-b']), [['a', 'b']]],
  ['a split of own values', get('Split', ['-', get('GetAtt', ['Queue', 'Arn'])]), [OWN_VALUE]],
  ['a split that is no list', get('Split', 'a'), [reason('Fn::Split needs a text')]],
  ['a decided condition', get('If', ['Here', 'a', 'b']), ['a']],
  ['a condition that is decided otherwise', get('If', ['Elsewhere', 'a', 'b']), ['b']],
  ['an undecided condition', get('If', ['None', 'a', 'b']), ['a', 'b']],
  ['a condition that is no list', get('If', 'a'), [reason('Fn::If needs a condition and two values')]],
  ['a row of a mapping', get('FindInMap', ['Sizes', 'one', 'a']), ['1']],
  ['each row for an open key', get('FindInMap', ['Sizes', ref('Open'), 'a']), ['1', '4']],
  ['each row for a key that is partly open', get('FindInMap', ['Sizes', get('Sub', 'x${Open}'), 'a']), ['1', '4']],
  ['each row for an own key', get('FindInMap', ['Sizes', ref('AWS::AccountId'), 'a']), ['1', '4']],
  ['each entry for an open second key', get('FindInMap', ['Sizes', 'one', ref('Open')]), ['1', ['2', '3']]],
  ['each mapping for an open name', get('FindInMap', [ref('Open'), 'one', 'a']), ['1', '5']],
  ['no row', get('FindInMap', ['Sizes', 'three', 'a']), [reason("no row of mapping 'Sizes' fits")]],
  ['no row, with a default', get('FindInMap', ['Sizes', 'three', 'a', { DefaultValue: 'z' }]), ['z']],
  ['a row, with a default', get('FindInMap', ['Sizes', 'two', 'a', { DefaultValue: 'z' }]), ['4', 'z']],
  ['a mapping that is no list', get('FindInMap', 'a'), [reason('Fn::FindInMap needs a map and two keys')]],
  ['zones', get('GetAZs', ''), [['eu-central-1a', 'eu-central-1b', 'eu-central-1c']]],
  ['zones of another Region', get('GetAZs', 'us-east-1'), [['us-east-1a', 'us-east-1b', 'us-east-1c']]],
  ['zones of an own value', get('GetAZs', ref('AWS::AccountId')), [OWN_VALUE]],
  ['zones of no Region', get('GetAZs', 'x'), [['x', 'x']]],
  ['zones of an open Region', get('GetAZs', ref('Open')), [reason('Fn::GetAZs of a Region known only at deployment')]],
  ['a block of addresses', get('Cidr', ['10.0.0.0/16', 1, 8]), [OWN_VALUE]],
  ['a macro', get('Transform', { Name: 'M' }), [reason('a macro writes this value at deployment')]],
  ['an import', get('ImportValue', 'place'), ['eu-west-1']],
  [
    "another stack's resource",
    get('ImportValue', 'table'),
    [new Reference('Table', 'Ref', 'AWS::DynamoDB::Table', 'other')],
  ],
  ['an import from elsewhere', get('ImportValue', 'none'), [reason("no stack in this assembly exports 'none'")]],
])('%s', (_, node, expected) => {
  expect(expand(node, scope)).toStrictEqual(expected);
});

test('a variant in which a node is absent is counted', () => {
  const absent = get('If', ['None', 'a', NONE]);
  expect(expandAll(absent, scope)).toEqual(['a', undefined]);
  expect(expandAll(null, scope)).toEqual([undefined]);
  expect(texts(absent, scope)).toEqual(['a']);
});

test("the deployment's own names and values are known only as its own", () => {
  const own = [ref('AWS::StackName'), ref('AWS::StackId'), ref('AWS::AccountId'), get('GetAtt', ['Queue', 'Arn'])];
  for (const node of own) expect(texts(node, scope)).toEqual([OWN_VALUE]);
  const open = [ref('Open'), ref('None'), get('GetAtt', ['Custom', 'Arn']), get('GetAtt', ['Stored', 'Value']), {}];
  for (const node of open) expect(texts(node, scope)).toEqual([UNRESOLVED]);
  expect(texts(ref('AWS::Region'), { template })).toEqual([OWN_VALUE]);
});

test('the partition and the suffix of hosts are those of the Region', () => {
  const china = { template, deployRegion: 'cn-north-1' };
  const names = get('Sub', '${AWS::Partition} ${AWS::URLSuffix}');
  expect(expand(names, china)).toEqual(['aws-cn amazonaws.com.cn']);
  expect(expand(names, { template })).toEqual(['aws amazonaws.com']);
});

test("another stack's output is the value there, and one of an unknown stack stays as written", () => {
  const output = (StackName: string, Region?: string) =>
    get('GetStackOutput', { StackName, OutputName: 'Place', ...(Region !== undefined && { Region }) });
  const exports = new Map([['a\neu-central-1\nPlace', { stack: 'a', value: 'eu-north-1', scope: other }]]);
  const found = (node: unknown) => expand(node, { ...scope, exports });
  expect(found(output('a'))).toEqual(['eu-north-1']);
  expect(found(output('a', 'us-east-1'))).toEqual([output('a', 'us-east-1')]);
  expect(found(output('b'))).toEqual([output('b')]);
  expect(found(get('GetStackOutput', 'a'))).toEqual([get('GetStackOutput', 'a')]);
});

describe('limits', () => {
  const several = (count: number) => ({
    Type: 'String',
    AllowedValues: Array.from({ length: count }, (_, index) => `v${index}`),
  });
  const limited = {
    template: {
      Parameters: {
        Most: several(1024),
        More: several(1025),
        Some: several(20),
        Sixteen: several(16),
        Two: { AllowedValues: ['x', 'y'] },
      },
    },
  };
  const long = (length: number) => 'z'.repeat(length);

  test('one value may be any of 1,024', () => {
    expect(expand(ref('Most'), limited)).toHaveLength(1024);
    expect(expand(ref('More'), limited)).toStrictEqual([new TooMany('more than 1024 values are possible')]);
    expect(texts(ref('More'), limited)).toEqual([TOO_MANY]);
    expect(expand(get('Sub', 'a${Most}'), limited)).toHaveLength(1024);
  });

  test('values are combined in 256 ways', () => {
    expect(expand(get('Sub', '${Sixteen}-${Sixteen}/${Two}'), limited)).toHaveLength(32);
    expect(expand(get('Join', ['', [ref('Sixteen'), ref('Sixteen')]]), limited)).toHaveLength(256);
    expect(expand(get('Join', ['-', ['a', ref('Some'), ref('Some')]]), limited)).toEqual([`a${TOO_MANY}${TOO_MANY}`]);
  });

  test('the values of one place have 8,000,000 characters', () => {
    expect(expand(get('Sub', `\${Two}${long(3_999_999)}`), limited)).toHaveLength(2);
    expect(expand(get('Sub', `\${Two}${long(4_000_000)}`), limited)).toEqual([`${TOO_MANY}${long(4_000_000)}`]);
    expect(expand(long(8_000_001), limited)).toHaveLength(1);
  });

  test('a value leads to 50,000 others', () => {
    const items = (count: number) => get('Join', ['', Array(count).fill('')]);
    expect(expand(items(49_999), limited)).toEqual(['']);
    expect(expand(items(50_000), limited)).toEqual([TOO_MANY]);
  });
});
