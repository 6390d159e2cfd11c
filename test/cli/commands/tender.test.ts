import path from 'node:path';
import { tender } from '@/lib/cli/commands/tender';
import { folder } from '../support';

function run(...args: string[]) {
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(line)),
  ];
  const before = process.cwd();
  process.chdir(EMPTY);
  try {
    return { code: tender(args, new Date('2026-11-30')), out: out.join('\n'), errors: errors.join('\n') };
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}

const EMPTY = folder();
const FILES = folder({
  'list.csv': 'id;text\n=1+1;"Daten werden nur in der EU gespeichert; Hosting in der EU."\nR2;Die Farbe ist blau.',
  'bad.csv': 'id,text\n1,"open',
  'titles.csv': 'id,title\nCRY-05,<img src=x> | =cmd',
  'latin.csv': Buffer.from('id,text\n1,Schlüssel', 'latin1'),
  'role.json': { Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: { Role: 'a' } } } },
  'inside.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
  'outside.json': {
    Resources: {
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } },
    },
  },
});
const file = (name: string) => path.join(FILES, name);

test('each framework has its rows in each format', () => {
  const { code, out } = run('--framework', 'c5', '--format', 'csv');
  expect([code, out.split('\n')[0]]).toEqual([0, 'id,title,status,answer,remaining,supported by,basis,pointers,date']);
  expect(run('--framework', 'csf').out).toContain(
    'SOV-3: at most SEAL-1, because of SOV-3.4; in aws-eusc at most SEAL-2, because of SOV-3.5.',
  );
  expect(run('--framework', 'soc2').out).toContain('61 of 61 criteria');
  expect(JSON.parse(run('--framework', 'secnumcloud', '--format', 'json').out)).toMatchObject({
    format: 1,
    date: '2026-11-30',
    framework: { name: 'SecNumCloud', total: 92 },
    rows: expect.arrayContaining([expect.objectContaining({ criterion: '19.6', status: 'not-met' })]),
  });
});

test("the titles of the buyer's own catalogue are harmless in Markdown and in a spreadsheet", () => {
  const { out } = run('--framework', 'c5', '--catalogue', file('titles.csv'), '--format', 'markdown');
  expect(out).toContain('| CRY-05 | &#60;img src=x&#62; &#124; =cmd |');
});

test('a list is answered with words, pointers and what is unanswered, and no cell is a formula', () => {
  const { code, out } = run('--against', file('list.csv'), '--format', 'csv');
  expect(code).toBe(1);
  expect(out).toContain(`'=1+1,Daten werden nur in der EU gespeichert; Hosting in der EU.,to check,`);
  expect(out).toContain('R2,Die Farbe ist blau.,unanswered,');
  expect(run('--against', file('list.csv')).out).toContain('1 of 2 requirements have a proposal.\nUnanswered: R2.');
});

test('an assembly is looked up, and residency is not claimed if the guard refuses it', () => {
  const place = (template: string) => {
    const { code, out } = run(file(template), '--framework', 'c5', '--format', 'json');
    return [code, JSON.parse(out).rows.find(({ criterion }: { criterion: string }) => criterion === 'PSS-12').status];
  };
  expect(place('outside.json')).toEqual([1, 'not-met']);
  expect(run(file('inside.json'), '--framework', 'c5').out).toContain(
    'Not in this assembly: no workspace in the assembly; no AWS::Cognito::UserPool',
  );
  expect(run(file('none.json'), '--framework', 'c5')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('not read'),
  });
});

test('an exception that permits a place is named with its approver, and residency is not claimed', () => {
  const approval = { reason: 'Copy for a branch', approver: 'dpo@example.eu', expires: '2999-12-31' };
  const exceptions = [
    { rule: 'place-outside', file: file('outside.json'), logicalId: 'Table', value: 'us-east-1', ...approval },
    { rule: 'stack-region', file: '**/outside.json', types: ['AWS::DynamoDB::GlobalTable'], ...approval },
  ];
  const declared = path.join(folder({ 'exceptions.yaml': { exceptions } }), 'exceptions.yaml');
  const command = [file('outside.json'), '--exceptions', declared, '--framework', 'c5', '--format'];
  const text =
    '2 declared exceptions permit what may leave the boundary: ' +
    'stack-region at **/outside.json, AWS::DynamoDB::GlobalTable (approved by dpo@example.eu until 2999-12-31); ' +
    'place-outside at outside.json#Table, us-east-1 (approved by dpo@example.eu until 2999-12-31).';
  const { code, out } = run(...command, 'json');
  const place = JSON.parse(out).rows.find(({ criterion }: { criterion: string }) => criterion === 'PSS-12');
  expect([code, place.status, place.text]).toEqual([1, 'not-met', `Not in this assembly: ${text}`]);
  expect(run(...command, 'table').out).toContain(`, from 1 template.\n${text}\n`);
  expect(run(file('outside.json'), '--exceptions', declared, '--against', file('list.csv')).out).toContain(
    `\n${text}\n`,
  );
});

test('a pointer names a file below the given path, and no folder of this machine', () => {
  const pointers = (...paths: string[]) =>
    JSON.parse(run(...paths, '--framework', 'c5', '--format', 'json').out)
      .rows.flatMap((row: { pointers: string[] }) => row.pointers)
      .filter((one: string) => one.includes('#/Resources/'));
  const expected = (name: string) => expect.arrayContaining([`${name}#/Resources/Function/Properties/Role`]);
  expect(pointers(file('role.json'))).toEqual(expected('role.json'));
  expect(pointers(file('role.json'), file('inside.json'))).toEqual(expected(`${path.basename(FILES)}/role.json`));
});

test.each([
  ['neither list nor framework', [], 'name either --framework'],
  ['both', ['--framework', 'c5', '--against', 'x'], 'name either --framework'],
  ['a catalogue for a list', ['--against', 'x', '--catalogue', 'x'], '--catalogue applies to --framework only'],
  ['two boundaries', ['--framework', 'c5', '--boundary', 'eu', '--config', 'x'], 'both name the boundary'],
  [
    'an attestation without a day',
    ['--framework', 'c5', '--attested', 'c5'],
    '--attested NAME=DAY: needs a day that exists',
  ],
  [
    'an attestation in the future',
    ['--framework', 'c5', '--attested', 'c5=2026-12-01'],
    'the day is after that of the answers',
  ],
  ['a day that does not exist', ['--framework', 'c5', '--date', '2026-02-30'], '--date: needs a day that exists'],
  ['an unknown attestation', ['--framework', 'c5', '--attested', 'c6=2026-05-31'], 'allowed: c5, soc2'],
  [
    'an unknown attestation without a day',
    ['--framework', 'c5', '--attested', 'x=1'],
    "--attested: found 'x'; allowed: c5, soc2",
  ],
  ['an unknown framework', ['--framework', 'c6'], 'allowed: c5, csf, soc2, secnumcloud'],
  [
    'a configuration that is missing',
    ['--against', file('list.csv'), '--config', 'none.yaml'],
    'none.yaml: there is no',
  ],
  ['a file that is missing', ['--against', file('none.csv')], 'none.csv: not read'],
  [
    'a file of another encoding',
    ['--against', file('latin.csv')],
    'latin.csv: line 2, column 7: a letter is not UTF-8',
  ],
  ['a file that is no CSV', ['--against', file('bad.csv')], 'bad.csv: line 2, column 3: a quoted cell does not end'],
])('a command line with %s is refused', (_, args, message) => {
  expect(() => run(...args)).toThrow(message);
});

test('a dated attestation confirms what AWS does', () => {
  expect(run('--framework', 'c5', '--attested', 'c5=2026-05-31', '--format', 'csv').out).toContain(
    'received on 2026-05-31',
  );
});
