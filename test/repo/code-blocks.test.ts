import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { residencySchema } from '@/lib/config/schema/schema';
import { type Block, blocks, of, PAGES, projectOfBlocks, ROOT } from './blocks';

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
/** What each command says of itself. */
const [, usage = ''] = /^```text\n(.*?)^```$/ms.exec(readFileSync(path.join(ROOT, 'docs/COMMAND.md'), 'utf8')) ?? [];
const USAGE = usage.split('\n\n');
const NPM = ['ci', 'install', 'pack', 'start', 'test', 'run'];

/** The package for `npx -p`: by name, or as a tarball. */
const THIS_PACKAGE = /^(?:\/path\/to\/)?cdk-eu-residency(?:-VERSION\.tgz)?$/;

/** What can't be right about a command; none when nothing is. */
function wrong(command: string): string | undefined {
  const words = command
    .replace(/\s#.*$/, '')
    .trim()
    .split(/\s+/);
  const [program = '', first = '', second = ''] = words;
  if (program === 'aws') return unknownToAws(first, second);
  if (program.startsWith('.')) return existsSync(path.join(ROOT, program)) ? undefined : `there is no ${program}`;
  if (program === 'npm') {
    if (!NPM.includes(first)) return `npm has no '${first}' here`;
    if (first === 'run' || first === 'test' || first === 'start') {
      const script = first === 'run' ? second : first;
      return SCRIPTS.includes(script) ? undefined : `there is no script '${script}'`;
    }
    return undefined;
  }
  if (program === 'npx' && first === '-p' && !THIS_PACKAGE.test(second)) return `'${second}' isn't this package`;
  const [tool = '', ...args] = program === 'npx' ? words.slice(first === '-p' ? 3 : 1) : words;
  if (tool === 'cd' || tool === 'cdk') return undefined;
  if (tool !== 'eu-residency' && tool !== 'cdk-eu-residency') return `'${tool}' is no program of this package`;
  const [name = ''] = args;
  const own = USAGE.filter((paragraph) => paragraph.includes(`eu-residency ${name}`)).join('\n');
  if (own === '') return `the command has no '${name}'`;
  const unknown = args.find((arg) => /^--?[a-z]/.test(arg) && !own.includes(arg.replace(/=.*$/, '')));
  return unknown && `'${name}' has no option '${unknown}'`;
}

/** The clients by what the AWS CLI calls their services. */
const CLIENTS: Readonly<Record<string, () => object>> = {
  acm: () => require('@aws-sdk/client-acm'),
  bedrock: () => require('@aws-sdk/client-bedrock'),
  cloudformation: () => require('@aws-sdk/client-cloudformation'),
  'cognito-idp': () => require('@aws-sdk/client-cognito-identity-provider'),
  kms: () => require('@aws-sdk/client-kms'),
  'service-quotas': () => require('@aws-sdk/client-service-quotas'),
};

/** What the AWS CLI can't do, as its commands are the operations of AWS's own clients; none when it can. */
function unknownToAws(service: string, operation: string): string | undefined {
  if (service === 'sso') return undefined;
  const name = operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${name}Command` in (CLIENTS[service]?.() ?? {}) ? undefined : `AWS has no '${service} ${operation}'`;
}

/** Commands that a page names in its text; those that only begin one, such as `eu-residency rights`, too. */
const inline = PAGES.filter((page) => !/RULES|CONFIG/.test(page)).flatMap((page) =>
  [
    ...readFileSync(path.join(ROOT, page), 'utf8')
      .replace(/^ *```.*?^ *```$/gms, '')
      .matchAll(/`([^`]+)`/g),
  ]
    .map(([, text = '']) => text.replace(/\s+/g, ' '))
    .filter((text) => /^(?:npx|npm|eu-residency|aws) /.test(text))
    .flatMap((text) => text.split('&&'))
    .map((command): [string, string] => [page, command.trim()]),
);

test.each(inline)('in %s the command %s exists', (_, command) => expect(wrong(command)).toBeUndefined());

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
  // The picture is drawn by what test/scripts/architecture.test.ts compares it with; bash is run by sign-in.test.ts.
  const known = ['ts', 'sh', 'bash', 'yaml', 'json', 'text', 'mermaid', ''];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  expect(of('ts').length).toBeGreaterThan(3);
});
