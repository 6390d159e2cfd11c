import { csvText } from '@/lib/evidence/tender/requirements/csv-text';
import { readCsv } from '@/lib/evidence/tender/requirements/read-csv';
import { requirementsOf, titlesOf } from '@/lib/evidence/tender/requirements/requirements';

const texts = (csv: string) => readCsv(csv).map((row) => row.map(({ text }) => text));

test.each<[string, string, string[][]]>([
  [
    'commas',
    'id,text\n1,a\n',
    [
      ['id', 'text'],
      ['1', 'a'],
    ],
  ],
  [
    'semicolons, as in many European spreadsheets',
    'id;text\n1;"a;b"',
    [
      ['id', 'text'],
      ['1', 'a;b'],
    ],
  ],
  [
    'tabs',
    'id\ttext\n1\ta,b',
    [
      ['id', 'text'],
      ['1', 'a,b'],
    ],
  ],
  [
    'a byte order mark and line breaks of Windows',
    '\uFEFFid,text\r\n1,a\r\n',
    [
      ['id', 'text'],
      ['1', 'a'],
    ],
  ],
  [
    'quotation marks and a line break in a cell',
    'id,text\n1,"a ""b""\nc"',
    [
      ['id', 'text'],
      ['1', 'a "b"\nc'],
    ],
  ],
  [
    'an empty last cell',
    'id,text\n1,',
    [
      ['id', 'text'],
      ['1', ''],
    ],
  ],
  [
    'empty lines',
    'id,text\n\n1,a\n\n\n',
    [
      ['id', 'text'],
      ['1', 'a'],
    ],
  ],
])('a file with %s is read', (_, csv, expected) => {
  expect(texts(csv)).toEqual(expected);
});

test('other columns are ignored, and the order of columns is free', () => {
  expect(requirementsOf('Text,weight,ID\nwhat,5,R1')).toEqual([{ id: 'R1', text: 'what' }]);
  expect([...titlesOf('id,title\nCRY-05,stored data')]).toEqual([['CRY-05', 'stored data']]);
});

test.each<[string, string, string]>([
  [
    'no column',
    'id,requirement\n1,a',
    "line 1, column 1: no column 'text'; the first line has to name the columns id and text",
  ],
  [
    'an open quotation mark',
    'id,text\n1,"a\nb',
    'line 2, column 3: a quoted cell does not end; close it with a quotation mark',
  ],
  [
    'text after a quoted cell',
    'id,text\n1,"a"b',
    'line 2, column 6: text follows a quoted cell; double each quotation mark inside it',
  ],
  [
    'a quotation mark inside a cell',
    'id,text\n1,a "b"',
    'line 2, column 5: a quotation mark inside a cell; put the cell in quotation marks, and double those inside it',
  ],
  [
    'too many cells',
    'id,text\n1,a,b',
    'line 2, column 5: more cells than columns; put a cell that contains the separator in quotation marks',
  ],
  ['no rows', 'id,text\n', 'line 2, column 1: no row below the headings; add at least one'],
  ['an empty id', 'id,text\n1,a\n,b', 'line 3, column 1: the cell of the column id is empty'],
  ['an empty text', 'id,text\n1,a\n2,', 'line 3, column 3: the cell of the column text is empty'],
  ['an id twice', 'id,text\n1,"a\nb"\n1,c', 'line 4, column 1: the same id as in line 2; each id has to be unique'],
])('a file with %s is refused with its place, and without its text', (_, csv, message) => {
  expect(() => requirementsOf(csv)).toThrow(message);
});

test('a file in an encoding of Windows is refused with the place of its first letter that would be read wrongly', () => {
  expect(csvText(Buffer.from('id,text\n1,Schlüssel', 'utf8'))).toBe('id,text\n1,Schlüssel');
  expect(() => csvText(Buffer.from('id,text\n1,Schlüssel', 'latin1'))).toThrow(
    'line 2, column 7: a letter is not UTF-8, and would be read as another; save the file as CSV UTF-8',
  );
});
