import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '@/lib/cli/commands/commands';
import { residencySchema } from '@/lib/config/schema/schema';
import { type Block, blocks, blocksIn, PAGES, projectOfBlocks, ROOT } from './blocks';

// The compiler runs in its own process, perhaps on a busy machine.
jest.setTimeout(300_000);

test('every block compiles', () => {
  const folder = projectOfBlocks();
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  let errors = '';
  try {
    execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    errors = (error as { stdout: string }).stdout;
  }
  expect(errors).toBe('');
});

/** A page shows this wrong value on purpose, and says so next to it. */
const isWrongOnPurpose = ({ code }: Block) => code.includes('models: [asistant]');

test.each(blocksIn('yaml').filter((block) => !isWrongOnPurpose(block) && /^boundary:/m.test(block.code)))(
  'the configuration at $name conforms to the schema',
  ({ code }) => {
    expect(residencySchema.safeParse(parse(code)).error?.issues ?? []).toEqual([]);
  },
);

const SCRIPTS = Object.keys(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).scripts);
/** The help page of each command, by its name. */
const HELP = new Map(
  blocksIn('text').flatMap(({ name, code }) => {
    const [, command = ''] = /^Usage:\n {2}eu-residency ([a-z]+)/m.exec(code) ?? [];
    return name.startsWith('docs/COMMAND.md:') && command !== '' ? [[command, code] as const] : [];
  }),
);
const PROGRAM_OPTIONS = ['--help', '-h', '--version'];
const NPM = ['ci', 'install', 'pack', 'publish', 'start', 'test', 'run'];

/** The package for `npx`: by name, or as a tarball. */
const THIS_PACKAGE = /^(?:\/path\/to\/)?cdk-eu-residency(?:-(?:VERSION|\d+\.\d+\.\d+)\.tgz)?$/;
/** The option of `npx` that names it, in one word. */
const FROM = '--package=';

/** The mistake in a command; undefined if it is correct. */
function mistakeIn(command: string): string | undefined {
  const words = command
    .replace(/\s#.*$/, '')
    .trim()
    .split(/\s+/);
  const [program = '', first = '', second = ''] = words;
  const unquoted = command.replace(/'[^']*'|"[^"]*"|\s#.*$/g, '').match(/\S*[*?]\S*/);
  if (unquoted !== null) return `a shell expands '${unquoted[0]}'; quote it`;
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
  const isFrom = program === 'npx' && (first === '-p' || second.startsWith(FROM));
  const from = second.replace(FROM, '');
  if (isFrom && !THIS_PACKAGE.test(from)) return `'${from}' isn't this package`;
  const [tool = '', ...args] = program === 'npx' ? words.slice(isFrom ? 3 : 1) : words;
  if (['node', 'tsx'].includes(tool))
    return existsSync(path.join(ROOT, args[0] ?? '')) ? undefined : `there is no ${args[0]}`;
  if (['cd', 'cdk', 'git', 'jest', 'openssl', 'sha256sum', 'terraform'].includes(tool)) return undefined;
  if (tool !== 'eu-residency' && tool !== 'cdk-eu-residency') return `'${tool}' isn't a program of this package`;
  const [name = ''] = args;
  if (PROGRAM_OPTIONS.includes(name) || (name === 'COMMAND' && args[1] === '--help')) return undefined;
  const own = HELP.get(name);
  if (own === undefined) return `the command has no '${name}'`;
  const isKnown = (option: string) =>
    PROGRAM_OPTIONS.includes(option) || new RegExp(`^  ${option}(?= |$)`, 'm').test(own);
  const unknown = args.find((arg) => /^--?[a-z]/.test(arg) && !isKnown(arg.replace(/=.*$/, '')));
  return unknown && `'${name}' has no option '${unknown}'`;
}

/** The SDK clients, by the names of their services in the AWS CLI. */
const CLIENTS: Readonly<Record<string, () => object>> = {
  acm: () => require('@aws-sdk/client-acm'),
  bedrock: () => require('@aws-sdk/client-bedrock'),
  cloudtrail: () => require('@aws-sdk/client-cloudtrail'),
  cloudformation: () => require('@aws-sdk/client-cloudformation'),
  'cognito-idp': () => require('@aws-sdk/client-cognito-identity-provider'),
  dynamodb: () => require('@aws-sdk/client-dynamodb'),
  kms: () => require('@aws-sdk/client-kms'),
  'service-quotas': () => require('@aws-sdk/client-service-quotas'),
};

/** Commands of services whose clients this package doesn't have: https://docs.aws.amazon.com/cli/latest/reference/organizations/ */
const WITHOUT_CLIENT: Readonly<Record<string, readonly string[]>> = {
  organizations: [
    'describe-organization',
    'detach-policy',
    'enable-aws-service-access',
    'enable-policy-type',
    'list-roots',
    'register-delegated-administrator',
  ],
};

/** Whether the AWS CLI lacks an operation: its commands are the operations of the SDK clients. Undefined if it exists. */
function unknownToAws(service: string, operation: string): string | undefined {
  // Commands of the AWS CLI itself.
  if (service === 'sso' || (service === 's3' && operation === 'cp')) return undefined;
  if (WITHOUT_CLIENT[service]?.includes(operation)) return undefined;
  const name = operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${name}Command` in (CLIENTS[service]?.() ?? {}) ? undefined : `AWS has no '${service} ${operation}'`;
}

/** Commands in the text of a page, including incomplete ones such as `eu-residency rights`. */
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

test.each(inline)('%s refers to an existing command: %s', (_, command) => expect(mistakeIn(command)).toBeUndefined());

const commands = blocksIn('sh').flatMap(({ name, code }) =>
  code
    .split('\n')
    .flatMap((line) => line.replace(/\s#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .map((command): [string, string] => [name, command]),
);

test.each(commands)('the block at %s contains an existing command: %s', (_, command) =>
  expect(mistakeIn(command)).toBeUndefined(),
);

test('every command has its help page', () => {
  expect([...HELP.keys()]).toEqual([...COMMANDS.keys()]);
});

test.each([
  ['eu-residency chek', "the command has no 'chek'"],
  ['eu-residency check --boundry eu', "'check' has no option '--boundry'"],
  ['eu-residency explain --boundary eu', "'explain' has no option '--boundary'"],
  ['npx --yes --package=other eu-residency check', "'other' isn't this package"],
  ['npx tsx scripts/none.ts', 'there is no scripts/none.ts'],
  ['aws organizations remove-policy --policy-id p-1', "AWS has no 'organizations remove-policy'"],
  [
    'aws cloudformation create-stack --parameters ParameterValue=chat-*',
    "a shell expands 'ParameterValue=chat-*'; quote it",
  ],
])('the command %s would be found wrong', (command, message) => expect(mistakeIn(command)).toBe(message));

test('a block says what it is of, so that it is tested', () => {
  // The picture is drawn by what test/scripts/sample-pages.test.ts compares it with; bash is run by sign-in.test.ts, and
  // Python by test/languages/languages.test.ts.
  const known = ['ts', 'py', 'sh', 'bash', 'yaml', 'json', 'text', 'mermaid', ''];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  expect(blocksIn('ts').length).toBeGreaterThan(3);
});
