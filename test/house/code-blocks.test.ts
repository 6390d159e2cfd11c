import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { residencySchema } from '../../lib/config/schema';
import { type Block, blocks, of, projectOfBlocks, ROOT } from './blocks';

// The blocks are compiled by a process of its own, on a machine that may be busy.
jest.setTimeout(300_000);

test('every block compiles', () => {
  const folder = projectOfBlocks();
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  let found = '';
  try {
    execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    found = (error as { stdout: string }).stdout;
  }
  expect(found).toBe('');
});

/** A page that shows what is wrong says so beside it. */
const isWrongOnPurpose = ({ code }: Block) => code.includes('models: [asistant]');

test.each(of('yaml').filter((block) => !isWrongOnPurpose(block) && /^boundary:/m.test(block.code)))(
  'the configuration at $name has its form',
  ({ code }) => {
    expect(residencySchema.safeParse(parse(code)).error?.issues ?? []).toEqual([]);
  },
);

const SCRIPTS = Object.keys(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).scripts);
const USAGE = readFileSync(path.join(ROOT, 'docs/COMMAND.md'), 'utf8');
const NPM = ['ci', 'install', 'start', 'test', 'run'];

/** What can't be right about a command; none when nothing is. */
function wrong(command: string): string | undefined {
  const words = command
    .replace(/\s#.*$/, '')
    .trim()
    .split(/\s+/);
  const [program = '', first = '', second = ''] = words;
  if (program === 'npm') {
    if (!NPM.includes(first)) return `npm has no '${first}' here`;
    if (first === 'run' || first === 'test' || first === 'start') {
      const script = first === 'run' ? second : first;
      return SCRIPTS.includes(script) ? undefined : `there is no script '${script}'`;
    }
    return undefined;
  }
  const [tool = '', ...args] = program === 'npx' ? words.slice(1) : words;
  if (tool === 'cd' || tool === 'cdk') return undefined;
  if (tool !== 'eu-residency' && tool !== 'cdk-eu-residency') return `'${tool}' is no program of this package`;
  const [name = ''] = args;
  if (!USAGE.includes(`eu-residency ${name}`)) return `the command has no '${name}'`;
  const unknown = args.find((arg) => /^--?[a-z]/.test(arg) && !USAGE.includes(arg.replace(/=.*$/, '')));
  return unknown && `'${name}' has no option '${unknown}'`;
}

const commands = of('sh').flatMap(({ name, code }) =>
  code
    .split('\n')
    .flatMap((line) => line.replace(/\s#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .map((command): [string, string] => [name, command]),
);

test.each(commands)('at %s the command %s exists', (_, command) => expect(wrong(command)).toBeUndefined());

test('a block says what it is of, so that it is tested', () => {
  // The picture is drawn by what test/scripts/architecture.test.ts compares it with.
  const known = ['ts', 'sh', 'yaml', 'json', 'text', 'mermaid', ''];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  expect(of('ts').length).toBeGreaterThan(3);
});
