import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { access } from '@/lib/cli/commands/access';
import { print, printError } from '@/lib/cli/shared/print';
import { ConfigError } from '@/lib/config/read/config-error';
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

const FORBIDDEN = /##[\w.-]*\[|^\s*::/m;

test.each(COMMANDS)('%s is printed such that no CI system executes it, and JSON has the same text', async (text) => {
  const lines = await printed(() => {
    print(text);
    printError(`a\n  ${text}`);
    print(JSON.stringify({ text }));
  });
  expect(lines).not.toMatch(FORBIDDEN);
  expect(JSON.parse(lines.split('\n').at(-1) ?? '')).toEqual({ text });
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

test('every file of the command prints through `print`, except for the formats of check', () => {
  const files = readdirSync('lib/cli', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const direct = files.filter((file) =>
    /\bconsole\.(log|error|warn|info)\(/.test(readFileSync(`lib/cli/${file}`, 'utf8')),
  );
  expect(direct.sort()).toEqual(['commands/check.ts', 'shared/print.ts']);
});
