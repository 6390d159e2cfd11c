import { spawnSync } from 'node:child_process';
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
  [['--version'], 0],
  [['explain'], 0],
  [['explain', 'edge-type'], 0],
  [['explain', 'edge-typ'], 2],
  [['explain', '--all'], 2],
  [['explain', 'a', 'b'], 2],
])('eu-residency %j ends with %d', (args, code) => {
  expect(run(args).code).toBe(code);
});

test('what is built can be run by its name, as npx does it in a clone', () => {
  expect(spawnSync(command, ['--version'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('help of a command is its own, and a command that there is not comes with the nearest that there is', () => {
  const { out } = run(['check', '--help']);
  expect(out).toMatch(/^usage: eu-residency check /);
  expect(out).not.toContain('eu-residency explain');
  expect(run(['help']).out).toContain('\n\n  eu-residency explain');
  expect(run(['chek', '--help']).err).toMatch(
    /^eu-residency: there is no command 'chek'; .*; did you mean 'check'\?\n$/,
  );
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

test('explain lists all rules, and guesses what was meant', () => {
  expect(run(['explain']).out).toMatch(/^edge-type {2,}\S/m);
  expect(run(['explain', 'edge-typ']).err).toBe(
    "eu-residency: there is no rule 'edge-typ'; 'eu-residency explain' lists them; did you mean 'edge-type'?\n",
  );
});

test('an unknown command names those that there are', () => {
  expect(run(['chek']).err).toContain("there is no command 'chek'; there is: check");
});
