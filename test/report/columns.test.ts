import { columns, lineGroups } from '@/lib/report/columns';

const ROWS = [
  ['NAME', 'PLACE', 'MEANING'],
  ['a', 'eu-central-1', 'a meaning of several words, too long for a narrow terminal'],
  ['bb', 'eu-west-1', 'short'],
];

test('without a width, each row is one line', () => {
  expect(columns(ROWS)).toEqual([
    'NAME  PLACE         MEANING',
    'a     eu-central-1  a meaning of several words, too long for a narrow terminal',
    'bb    eu-west-1     short',
  ]);
});

test('within a width, the widest column is wrapped', () => {
  expect(lineGroups(ROWS, 52)).toEqual([
    ['NAME  PLACE         MEANING'],
    ['a     eu-central-1  a meaning of several words, too', '                    long for a narrow terminal'],
    ['bb    eu-west-1     short'],
  ]);
});

test('a column that would be too narrow makes each row a list, without empty cells', () => {
  expect(columns([...ROWS, ['c', '-', '']], 40)).toEqual([
    'a',
    '  PLACE    eu-central-1',
    '  MEANING  a meaning of several words,',
    '           too long for a narrow',
    '           terminal',
    'bb',
    '  PLACE    eu-west-1',
    '  MEANING  short',
    'c',
  ]);
});

test('a word that is longer than its column is broken after punctuation', () => {
  expect(
    columns(
      [
        ['', 'ARN'],
        ['role', 'arn:aws:iam::111122223333:role/a-role-with-a-long-name'],
      ],
      40,
    ),
  ).toEqual(['      ARN', 'role  arn:aws:iam::111122223333:role/a-', '      role-with-a-long-name']);
});

test('a number that is aligned in a column is not in a list', () => {
  const rows = [
    ['', 'ITEM', 'USD'],
    ['shared', 'keys of an account', '  $4.00'],
  ];
  expect(columns(rows, 20)).toEqual(['shared', '  ITEM  keys of an account', '  USD   $4.00']);
});

test('each line of a cell stays in its column', () => {
  const rows = [
    ['ID', 'ANSWER', 'BY'],
    ['1', 'one answer\nanother', 'words'],
  ];
  expect(columns(rows)).toEqual(['ID  ANSWER      BY', '1   one answer  words', '    another']);
  expect(columns(rows, 12)).toEqual(['1', '  ANSWER  one answer', '          another', '  BY      words']);
});
