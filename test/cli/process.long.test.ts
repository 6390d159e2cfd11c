import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '@/lib/cli/commands/commands';
import { builtCommand } from '../support/built-command';
import { CLEAN, folder, LEAK } from './support';

const root = folder({
  'clean.json': CLEAN,
  'leak.json': LEAK,
  'empty.json': '',
  'residency.yaml': 'boundary: [DE]\n',
  'wrong.yaml': 'boundary: EU\nnam: x\n',
});
const command = builtCommand(root);

function run(args: readonly string[], { input, env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {}) {
  const { NO_COLOR, FORCE_COLOR, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
    env: { ...rest, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}
const EU = ['--region', 'eu-central-1'];

test.each([
  [['check', 'clean.json', ...EU], 0],
  [['check', 'leak.json', ...EU], 1],
  [['check', 'empty.json', 'leak.json', ...EU], 2],
  [['check', '--nothing'], 2],
  [['chek'], 2],
  [[], 2],
  [['help'], 0],
  [['check', '--help'], 0],
  [['check', '--', '--help'], 2],
  [['--version'], 0],
  [['explain'], 0],
  [['explain', 'edge-type'], 0],
  [['explain', 'edge-typ'], 2],
  [['explain', '--all'], 2],
  [['explain', 'a', 'b'], 2],
  [['validate', 'residency.yaml'], 0],
  [['validate', 'wrong.yaml'], 2],
])('eu-residency %j ends with %d', (args, code) => {
  expect(run(args).code).toBe(code);
});

/** A clone with the launcher that npx runs, and perhaps what it starts. */
function clone(isBuilt: boolean): string {
  const clone = folder({ 'package.json': '{ "version": "1.2.3" }' });
  mkdirSync(path.join(clone, 'bin'));
  cpSync(path.join(__dirname, '../../bin/eu-residency.cjs'), path.join(clone, 'bin/eu-residency.cjs'));
  if (isBuilt) builtCommand(path.join(clone, 'dist'));
  return path.join(clone, 'bin/eu-residency.cjs');
}

test('the launcher runs the built command', () => {
  expect(spawnSync(clone(true), ['--version'], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: '1.2.3\n',
    stderr: '',
  });
});

test('the launcher says how to build a command that npm left unbuilt', () => {
  const { status, stderr } = spawnSync(clone(false), ['check'], { encoding: 'utf8' });
  expect(stderr).toMatch(/^eu-residency isn't built; run: npm ci \(or, if npm ignores scripts, npm run build\)\n$/);
  expect(status).toBe(1);
});

test('a command has its own help page, by --help and by help', () => {
  const { out } = run(['check', '--help']);
  expect(out).toContain('\nUsage:\n  eu-residency check ');
  expect(out).not.toContain('eu-residency explain');
  expect(run(['help', 'check'])).toEqual({ code: 0, out, err: '' });
  expect(run(['explain', 'edge-type', '-h']).out).toContain('\nUsage:\n  eu-residency explain ');
});

test('help without a command lists each command in one line', () => {
  const { out } = run(['help']);
  expect(run(['--help'])).toEqual({ code: 0, out, err: '' });
  expect(run([])).toEqual({ code: 2, out, err: '' });
  expect(out.split('\n').filter((line) => /^ {2}[a-z]/.test(line))).toHaveLength(COMMANDS.size);
});

test.each([[['chek', '--help']], [['help', 'chek']]])('%j suggests the nearest command', (args) => {
  expect(run(args)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^eu-residency: there is no command 'chek'; .*; did you mean 'check'\?\n$/),
  });
});

test('standard input is a template in JSON or YAML', () => {
  expect(run(['check', '-', ...EU], { input: JSON.stringify(CLEAN) })).toMatchObject({ code: 0, err: '' });
  const yaml =
    'Resources:\n  T:\n    Type: AWS::DynamoDB::GlobalTable\n    Properties: { Replicas: [{ Region: us-east-1 }] }\n';
  const { code, out } = run(['check', '-', ...EU], { input: yaml });
  expect(code).toBe(1);
  expect(out).toMatch(/^-\n {2}block {2}place-outside {2}T/);
  expect(run(['check', '-', 'clean.json', ...EU], { input: '' })).toMatchObject({
    code: 2,
    err: '-: not checked: it is empty\n',
  });
});

test('standard input of many pieces is read to its end', () => {
  const Resources = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`Queue${n}`, CLEAN.Resources.Subject]));
  expect(run(['check', '-', ...EU], { input: JSON.stringify({ Resources }) }).out).toMatch(/^3000 resources/);
});

test.each<[string, NodeJS.ProcessEnv, boolean]>([
  ['a pipe', {}, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
  ['NO_COLOR', { NO_COLOR: '1' }, false],
])('with %s colour is %o', (_, env, coloured) => {
  expect(run(['check', 'leak.json', ...EU], { env }).out.includes('\u001b[')).toBe(coloured);
});

test('colour changes no letter', () => {
  const args = ['check', 'leak.json', ...EU];
  const coloured = run(args, { env: { FORCE_COLOR: '1' } }).out;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that colour
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(run(args).out);
});

test('what another format prints is never coloured', () => {
  const { out } = run(['check', 'leak.json', ...EU, '--format', 'json'], { env: { FORCE_COLOR: '1' } });
  expect(() => JSON.parse(out)).not.toThrow();
});

test('a configuration is read, and its mistakes are lines that begin with their place', () => {
  expect(run(['check', 'clean.json', '--region', 'eu-west-3', '--config', 'residency.yaml']).code).toBe(1);
  const { err, code, out } = run(['check', 'clean.json', '--config', 'wrong.yaml']);
  expect(err.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^wrong\.yaml:1:11: boundary: /),
    expect.stringMatching(/^wrong\.yaml:2:1: nam: /),
  ]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('explain prints the page of a rule', () => {
  const { out } = run(['explain', 'api-endpoint-edge']);
  expect(out).toMatch(/^api-endpoint-edge: An API has a regional or private endpoint\n/);
  for (const part of ['why', 'fix', 'applies to', 'level', 'source']) expect(out).toContain(`\n${part} `);
  expect(out).toContain('AWS::ApiGateway::RestApi');
});

test('explain shows how to except a rule, or that it is not possible', () => {
  expect(run(['explain', 'edge-type']).out).toMatch(
    /\nexception {3}add an entry to 'exceptions' .*\n {12}- rule: edge-type\n {14}stack: STACK\n/,
  );
  expect(run(['explain', 'guard-failed']).out).toMatch(/\nexception {3}not possible: /);
});

test('on a narrow terminal, findings and explanations fit', () => {
  for (const args of [['check', 'leak.json', ...EU], ['explain', 'place-outside'], ['explain']]) {
    const long = run(args, { env: { COLUMNS: '80' } })
      .out.split('\n')
      .filter((line) => line.length > 80);
    expect(long.filter((line) => !line.startsWith('source '))).toEqual([]);
  }
});

test('explain lists all rules, and guesses what was meant', () => {
  expect(run(['explain']).out).toMatch(/^edge-type {2,}\S/m);
  expect(run(['explain', 'edge-typ']).err).toBe(
    "eu-residency: there is no rule 'edge-typ'; 'eu-residency explain' lists them; did you mean 'edge-type'?\n",
  );
});

test('an option that a command lacks is named, with where its options are', () => {
  expect(run(['report', '--frmat', 'html']).err).toBe(
    "eu-residency: Unknown option '--frmat'; read: eu-residency report --help; did you mean '--format'?\n",
  );
});

test.each([
  ['in a folder that is missing', 'none/b.json', 'ENOENT'],
  ['below a file', 'leak.json/b.json', 'ENOTDIR'],
])('a file %s is named, without a stack trace', (_, file, code) => {
  expect(run(['check', 'leak.json', ...EU, `--write-baseline=${file}`])).toMatchObject({
    code: 2,
    err: `eu-residency: '${file}' can't be read or written (${code}); name a file in a folder that exists and that you can access\n`,
  });
});

test('an unknown command names those that there are', () => {
  expect(run(['chek']).err).toContain("there is no command 'chek'; allowed: check");
});
