import { parseTemplate, TemplateError } from '@/lib/guard/template/parse';

const read = (...lines: string[]) => parseTemplate(lines.join('\n'));

describe('lines that YAML 1.1 accepts at any indentation', () => {
  test.each<[string, string[], unknown]>([
    [
      'a list in brackets',
      ['Resources:', '  A:', '    Type: [{', '      "a": "b",', '  c: d', '    }]', '    Next: 1'],
      { Resources: { A: { Type: [{ a: 'b', c: 'd' }], Next: 1 } } },
    ],
    [
      'a map that ends below its key',
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
      'a list with a comment after its end',
      ['Resources:', '  A: [b,', 'c] # d', '  B: e'],
      { Resources: { A: ['b', 'c'], B: 'e' } },
    ],
    [
      'lists on one line, before and after it',
      ['Resources:', '  A: [b, [c], "d"]', '  B: [e,', 'f]', "  C: ['g']"],
      { Resources: { A: ['b', ['c'], 'd'], B: ['e', 'f'], C: ['g'] } },
    ],
    [
      'a quoted text as an item, and another after it',
      ['Resources:', '  A:', '    - "b', 'c"', "    - 'd", "''e'", '    - f: |', '        "g', '        [h', '  B: i'],
      { Resources: { A: ['b c', "d 'e", { f: '"g\n[h\n' }], B: 'i' } },
    ],
    [
      'brackets and quotes within plain texts',
      ['Resources:', "  A: it's [b", '  B: {', "c: d'e", '}', '  C: f "g'],
      { Resources: { A: "it's [b", B: { c: "d'e" }, C: 'f "g' } },
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
    ['a text that ends and goes on', ['Resources:', "  A: 'b", "c' d", '  E: f']],
    ['a text as a key', ['Resources:', "  A: 'b", "c': d", '  E: f']],
    ['a comment next to an end', ['Resources:', '  A: [b,', 'c]#d', '  E: f']],
    ['a directive after a list', ['Resources:', '  A: [b,', 'c]', '%YAML 1.1', '  E: f']],
    ['two documents', ['Resources:', '  A: {', '}', '---', 'Resources: {}']],
    ['a template after a separator', ['Resources: {}', '---', 'Resources: {}']],
    ['a tab as indentation', ['Resources:', '\tA: b']],
  ])('a form that would lose text stays unreadable: %s', (_, lines) => {
    expect(() => read(...lines)).toThrow(TemplateError);
  });
});

test('an error is reported with its line', () => {
  expect(() => read('Resources:', '  A: b', '  C:d', '  E: f')).toThrow(/at line 3/);
});

test("another tool's tag is treated like a macro", () => {
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

test('JSON is read, and an error in it has the line', () => {
  expect(parseTemplate('{"Resources": {"A": {"Ref": "B"}}}')).toEqual({ Resources: { A: { Ref: 'B' } } });
  expect(parseTemplate('{"Resources": {"A": [1,]}}')).toEqual({ Resources: { A: [1] } });
  expect(() => parseTemplate('{"Resources": {\n"A": }')).toThrow(/^not readable as YAML: .* at line 2/);
});

test('aliases that multiply are refused', () => {
  const lines = Array.from(
    { length: 9 },
    (_, n) => `${'abcdefghij'[n + 1]}: &${'abcdefghij'[n + 1]} [${`*${'abcdefghij'[n]},`.repeat(9)}]`,
  );
  expect(() => read('a: &a [x]', ...lines)).toThrow(/^not readable as YAML: Excessive alias count/);
});

test('the short form of every function is its long form', () => {
  const functions = [
    'Sub',
    'Join',
    'Select',
    'Split',
    'If',
    'FindInMap',
    'Base64',
    'GetAZs',
    'ImportValue',
    'Cidr',
    'And',
    'Or',
  ];
  const more = [
    'Not',
    'Equals',
    'Transform',
    'ToJsonString',
    'Length',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
    'RefAll',
  ];
  for (const name of [...functions, ...more, 'ValueOf', 'ValueOfAll']) {
    expect(read('Resources:', `  A: !${name} a.b`)).toEqual({ Resources: { A: { [`Fn::${name}`]: 'a.b' } } });
    expect(read('Resources:', `  A: !${name} [a, {b: c}]`)).toEqual({
      Resources: { A: { [`Fn::${name}`]: ['a', { b: 'c' }] } },
    });
  }
  expect(read('Resources:', '  A: [!Ref B, !Condition C, !GetAtt D.e.f, !GetAtt G, !GetAtt [H, i]]').Resources).toEqual(
    {
      A: [
        { Ref: 'B' },
        { Condition: 'C' },
        { 'Fn::GetAtt': ['D', 'e.f'] },
        { 'Fn::GetAtt': 'G' },
        { 'Fn::GetAtt': ['H', 'i'] },
      ],
    },
  );
});

test("YAML's own tags change no value", () => {
  expect(
    read('Resources:', '  A: [!!str 1, !!int 2, !!bool true, !!float 1.5, !!null null, !!seq [x], !!map {y: z}, ! w]'),
  ).toEqual({ Resources: { A: ['1', 2, true, 1.5, null, ['x'], { y: 'z' }, 'w'] } });
});

test('values are read as written where YAML 1.1 and 1.2 differ', () => {
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

test('merge keys, a byte order mark, directives and a document end are accepted', () => {
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

test('the last of two equal keys applies, as in CloudFormation', () => {
  expect(read('Resources:', '  A: b', '  A: c')).toEqual({ Resources: { A: 'c' } });
});
