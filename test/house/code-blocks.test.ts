import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { residencySchema } from '../../lib/config/schema';

// The blocks are compiled and run by processes of their own, on a machine that may be busy.
jest.setTimeout(300_000);

const ROOT = path.join(__dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

interface Block {
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

const blocks: readonly Block[] = PAGES.flatMap((page) => {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));
});
const of = (language: string) => blocks.filter((block) => block.language === language);

/** What a block may take from the app around it. */
const AROUND = "declare const stack: import('aws-cdk-lib').Stack;\n";
const isWhole = ({ code }: Block) => /\bnew (?:ResidencyApp|App)\(/.test(code);
const usesStack = ({ code }: Block) => /\bstack\b/.test(code) && !/const stack =/.test(code);

describe('ts', () => {
  let folder: string;
  const fileOf = ({ name }: Block) => path.join(folder, `${name.replace(/\W/g, '-')}.ts`);

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'blocks-'));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const block of of('ts')) writeFileSync(fileOf(block), `${usesStack(block) ? AROUND : ''}${block.code}`);
    const compilerOptions = { noEmit: true, rootDir: '/', typeRoots: [path.join(ROOT, 'node_modules/@types')] };
    const config = { extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  });

  test('every block compiles', () => {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    let found = '';
    try {
      execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    } catch (error) {
      found = (error as { stdout: string }).stdout;
    }
    expect(found).toBe('');
  });

  test.each(of('ts').filter((block) => isWhole(block) && !block.code.includes('baseline:')))(
    'the app at $name is synthesized, and nothing in it blocks',
    (block) => {
      const outdir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
      execFileSync(process.execPath, ['--import', path.join(ROOT, 'node_modules/tsx/dist/loader.mjs'), fileOf(block)], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: undefined, NODE_ENV: '' },
      });
      expect(statSync(path.join(outdir, 'manifest.json')).isFile()).toBe(true);
    },
  );
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
