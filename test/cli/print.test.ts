import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { access } from '@/lib/cli/commands/access';
import { print, printError } from '@/lib/cli/shared/print';
import { ConfigError } from '@/lib/config/read/config-error';
import { asUnicode, withoutCommands } from '@/lib/guard/report/commands';
import { COLOURED } from '@/lib/guard/report/paint';
import { folder } from './support';

const COMMANDS = ['##vso[task.setvariable variable=a]b', "##teamcity[message text='a']", '::set-output name=a::b'];

/** What is printed meanwhile, on both streams. */
async function printed(run: () => unknown): Promise<string> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...texts: unknown[]) => void lines.push(texts.join(' '))),
  );
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('\n');
}

const FORBIDDEN = /##[\w.-]*\[|(?:^|\u0085)[\s\u0085]*::/m;
/** Before a command: what ends a line, or what is trimmed from one, to some program. */
const BEFORE = [
  '',
  ' \t',
  '\u0085',
  'a\u0085 \u0085',
  '\u00a0\u2003',
  'a\u2028',
  'a\u2029',
  '\u000b\u000c',
  'a\r',
  '\u001b[2J',
];

test.each(COMMANDS)('%s is printed such that no CI system executes it, and JSON has the same text', async (text) => {
  const lines = await printed(() => {
    for (const before of BEFORE) print(`${before}${text}`);
    for (const before of BEFORE) printError(`a\n${before}${text}`);
    print(JSON.stringify({ text }));
  });
  expect(lines).not.toMatch(FORBIDDEN);
  expect(JSON.parse(lines.split('\n').at(-1) ?? '')).toEqual({ text });
});

test('a terminal obeys nothing of what is printed, except for our own colours', async () => {
  const text = 'a\u001b[2Jb\u001b]0;t\u0007c\u009b2Jd\u0085e\u2028f\u2029g\u202eh\u{e0001}i\rj\u007f\u001b[8mk';
  const [plain = '', json = ''] = (await printed(() => [print(text), print(JSON.stringify({ text }))])).split('\n');
  expect(plain + json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(plain).toBe(
    'a\\u001b[2Jb\\u001b]0;t\\u0007c\\u009b2Jd\\u0085e\\u2028f\\u2029g\\u202eh\\udb40\\udc01i\\u000dj\\u007f\\u001b[8mk',
  );
  expect(JSON.parse(json)).toEqual({ text });
  const own = Object.values(COLOURED).map((paint) => `${paint('Grüße')}\t1\r\n2\n`);
  expect(await printed(() => own.forEach(print))).toBe(own.join('\n'));
});

test('a line of a command keeps its text otherwise', async () => {
  expect(await printed(() => print('# heading\narn:aws:s3:::a\n#1 [x]'))).toBe('# heading\narn:aws:s3:::a\n#1 [x]');
});

test.each(['table', 'json'])('access in the format %s', async (format) => {
  for (const text of COMMANDS) {
    const Statement = [{ Effect: 'Allow', Principal: { Service: text }, Action: 'kms:Decrypt', Resource: '*' }];
    const root = folder({
      'a.template.json': { Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } } } },
    });
    const lines = await printed(() => access([path.join(root, 'a.template.json'), '--format', format]));
    expect(lines).toContain(text.slice(2, 12));
    expect(lines).not.toMatch(FORBIDDEN);
  }
});

test('the error of a configuration', () => {
  const error = new ConfigError([{ file: 'residency.yaml', path: 'name', text: `found '${COMMANDS[0]}'` }]);
  expect(error.textFor({})).not.toMatch(FORBIDDEN);
});

test.each(BEFORE)('a report with %j before a command', (before) => {
  for (const command of COMMANDS) {
    expect(withoutCommands(`a\n${before}${command}\n${before}${command}`, asUnicode)).not.toMatch(FORBIDDEN);
  }
});

test('every file of the command prints through `print`, except for the formats of check', () => {
  const files = readdirSync('lib/cli', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const direct = files.filter((file) =>
    /\bconsole\.(log|error|warn|info)\(/.test(readFileSync(`lib/cli/${file}`, 'utf8')),
  );
  expect(direct.sort()).toEqual(['commands/check.ts', 'shared/print.ts']);
});
