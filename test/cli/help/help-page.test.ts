import { parseArgs } from 'node:util';
import { COMMANDS, type Command } from '@/lib/cli/commands/commands';
import { helpOverview, helpPage } from '@/lib/cli/help/help-page';
import { optionError } from '@/lib/cli/help/option-error';

const commands = [...COMMANDS];

test('the overview has one line per command and fits 80 columns', () => {
  const lines = helpOverview(COMMANDS).split('\n');
  for (const [name, { help }] of commands) {
    expect(lines).toContain(`  ${name.padEnd(9)}  ${help.summary}`);
  }
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test.each(commands)(
  'the page of %s has usage, an example and exit codes, and fits 80 and 100 columns',
  (name, { help }) => {
    for (const width of [80, 100]) {
      const page = helpPage(help, width);
      expect(page).toContain(`\nUsage:\n  eu-residency ${name}`);
      expect(page).toMatch(new RegExp(`\nExamples?:\n  eu-residency ${name}`));
      expect(page).toMatch(/\nExit codes:\n {2}0 {2}\S/);
      expect(page.split('\n').filter((line) => line.length > width)).toEqual([]);
    }
  },
);

test('meanings are aligned, and their further lines are indented like the first', () => {
  const help = {
    summary: 'Do something',
    usage: [['do']],
    options: [
      ['--short VALUE', 'a meaning that is too long for one line, so that it is wrapped below itself'],
      ['--much-longer-than-the-column VALUE', 'a meaning on the next line'],
    ],
    examples: ['do --short 1'],
    exitCodes: [[0, 'success']],
  } as const;
  expect(helpPage(help, 80)).toBe(
    [
      'Do something.',
      '',
      'Usage:',
      '  eu-residency do',
      '',
      'Options:',
      '  --short VALUE               a meaning that is too long for one line, so that',
      '                              it is wrapped below itself',
      '  --much-longer-than-the-column VALUE',
      '                              a meaning on the next line',
      '',
      'Example:',
      '  eu-residency do --short 1',
      '',
      'Exit codes:',
      '  0  success',
    ].join('\n'),
  );
});

test.each(commands)('no line of the usage of %s ends between an option and its value', (_, { help }) => {
  const [, usage = ''] = /\nUsage:\n(.*?)\n\nOptions:/s.exec(helpPage(help, 80)) ?? [];
  expect(usage).not.toMatch(/--[\w-]+\n {10}[A-Z]/);
});

test.each<[string[], string]>([
  [['--modle', 'x'], "Unknown option '--modle'; read: eu-residency drill --help; did you mean '--model'?"],
  [['--model', 'x'], "--model doesn't apply to this form of 'drill'; read: eu-residency drill --help"],
  [['--stack=x'], "--stack doesn't apply to this form of 'drill'; read: eu-residency drill --help"],
  [['-x'], "Unknown option '-x'; read: eu-residency drill --help"],
  [['--rows'], "Option '--rows <value>' argument missing; read: eu-residency drill --help"],
  [['sciences'], "Unexpected argument 'sciences'; read: eu-residency drill --help"],
])('what Node says of %j is said with the page of the command', (args, text) => {
  const { help } = COMMANDS.get('drill') as Command;
  const options = { rows: { type: 'string' } } as const;
  const said = () => {
    try {
      return parseArgs({ args, options });
    } catch (error) {
      return optionError((error as Error).message, 'drill', help);
    }
  };
  expect(said()).toBe(text);
});
