import { parseTemplate, TemplateError } from '@/lib/guard/template/parse';

const read = (...lines: string[]) => parseTemplate(lines.join('\n'));

describe('lines that YAML 1.1 lets stand anywhere', () => {
  test.each<[string, string[], unknown]>([
    [
      'a list in brackets',
      ['Resources:', '  A:', '    Type: [{', '      "a": "b",', '  c: d', '    }]', '    Next: 1'],
      { Resources: { A: { Type: [{ a: 'b', c: 'd' }], Next: 1 } } },
    ],
    [
      'a map whose end stands below its key',
      ['Resources:', '  A: {', '  "b": ["c",', '"d"]', '}', '  B: x'],
      { Resources: { A: { b: ['c', 'd'] }, B: 'x' } },
    ],
    [
      'short forms in a list',
      ['Resources:', '  A:', '    B: [', '    !Sub "${X}:y",', '    !Ref Z', '    ]'],
      { Resources: { A: { B: [{ 'Fn::Sub': '${X}:y' }, { Ref: 'Z' }] } } },
    ],
    [
      'a text in single quotes',
      ['Resources:', '  A:', "    B: '{", '  "Region": "us-east-1"', "}'", '    C: d'],
      { Resources: { A: { B: '{ "Region": "us-east-1" }', C: 'd' } } },
    ],
    [
      'a text in double quotes',
      ['Resources:', '  A: {x: "one', 'two"}', '  B: y'],
      { Resources: { A: { x: 'one two' }, B: 'y' } },
    ],
    [
      'Windows line ends',
      ['Resources:\r', '  A: {\r', '  b: c\r', '}\r', '  B: x\r', ''],
      { Resources: { A: { b: 'c' }, B: 'x' } },
    ],
  ])('%s', (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['a list without an end', ['Resources:', '  A: [', '  b', '  C: d']],
    ['a text without an end', ['Resources:', "  A: 'b", 'C: d']],
    ['a key without a value', ['Resources:', '  A:curc', '    Type: x']],
    ['text after a quoted text', ["Description: 'a' (b)", 'Resources: {}']],
    ['a list that ends and goes on', ['Resources:', '  A: [b', '  ] c', '  D: e']],
    ['two documents', ['Resources:', '  A: {', '}', '---', 'Resources: {}']],
    ['a template after a separator', ['Resources: {}', '---', 'Resources: {}']],
    ['a tab as indentation', ['Resources:', '\tA: b']],
  ])('what would lose text stays unreadable: %s', (_, lines) => {
    expect(() => read(...lines)).toThrow(TemplateError);
  });
});

test('a fault is told with its line', () => {
  expect(() => read('Resources:', '  A: b', '  C:d', '  E: f')).toThrow(/at line 3/);
});

test('a tag of another tool stands for what that tool writes, as a macro does', () => {
  const written = (Name: string, Value: unknown) => ({ 'Fn::Transform': { Name, Parameters: { Value } } });
  expect(
    read('Resources:', '  A: !Rain::Embed code.js', '  B: !Rain::S3 {c: !Ref D, e: !x [f]}', '  G: !!binary aGk='),
  ).toEqual({
    Resources: {
      A: written('!Rain::Embed', 'code.js'),
      B: written('!Rain::S3', { c: { Ref: 'D' }, e: written('!x', ['f']) }),
      G: written('tag:yaml.org,2002:binary', 'aGk='),
    },
  });
  expect(() => read('Resources:', '  !x A: b')).toThrow('all keys must be strings');
});

test('values are read as they are written where YAML 1.1 and 1.2 differ', () => {
  const value = read(
    'Resources:',
    '  yes: on',
    '  Account: 012345678901',
    '  Ports: 22:80',
    '  Country: NO',
    '  Date: 2012-10-17',
    '  True: True',
  );
  expect(value).toEqual({
    Resources: { yes: 'on', Account: '012345678901', Ports: '22:80', Country: 'NO', Date: '2012-10-17', True: true },
  });
});

test('merge keys, a byte order mark, directives and a document end are read', () => {
  const text = [
    '\uFEFF%YAML 1.1',
    '---',
    'Common: &common {Region: us-east-1, Zone: x}',
    'Resources:',
    '  A:',
    '    <<: *common',
    '    Zone: z',
    '...',
  ];
  expect(read(...text).Resources).toEqual({ A: { Region: 'us-east-1', Zone: 'z' } });
});

test('of two equal keys the last counts, as for CloudFormation', () => {
  expect(read('Resources:', '  A: b', '  A: c')).toEqual({ Resources: { A: 'c' } });
});
