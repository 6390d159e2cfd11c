import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtCommand } from '../../support/built-command';
import { DEPLOYMENT, EU } from '../../support/deployment';
import { shellEnvironment } from '../../support/shell';
import { folder } from '../support';

const ROOT = path.join(__dirname, '../../..');
const COMMAND = [builtCommand(folder()), 'serve'];
const CONFIG = path.join(ROOT, 'residency.yaml');
jest.setTimeout(60_000);

/** `serve` until it is told to stop, with what it prints and what was done while it ran. */
async function run(
  args: readonly string[],
  during: (firstOutput: string) => unknown,
  signal: NodeJS.Signals = 'SIGTERM',
) {
  const child = spawn(process.execPath, [...COMMAND, '--config', CONFIG, '--port', '0', '--data', folder(), ...args]);
  let out = '';
  let err = '';
  const listening = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      resolve();
    });
    child.once('exit', () => reject(new Error(err)));
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await listening;
  await during(out);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill(signal);
  return { code: await ended, out, err };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'ends well at %s, and the curl line works when it is pasted',
  async (signal) => {
    let answer = '';
    const { code, out, err } = await run(
      [],
      (printed) => {
        const line = printed.split('\n').find((text) => text.startsWith('curl ')) ?? '';
        answer = execFileSync('sh', ['-c', line.replace('curl ', 'curl -sS ')], {
          encoding: 'utf8',
          env: shellEnvironment(),
        });
      },
      signal,
    );
    expect(JSON.parse(answer).choices[0].message.content).toMatch(/not a model\. You said: Guten Tag$/);
    expect(code).toBe(0);
    expect(out).toMatch(/^\/.*residency\.yaml is served on this machine only, by the echo, which is not a model/);
    expect(out).not.toMatch(/^export .{200}/m);
    expect(err).toMatch(
      /^\d\d:\d\d:\d\d helpdesk-bot chat\.completions helpdesk: answered by the echo, in place of openai\.gpt-oss-120b-1:0 in eu-central-1; nothing left this machine, 200, \d+ ms\n$/,
    );
  },
);

test('the lines to paste give a client the key of a project and the tokens of a workspace', async () => {
  const statuses: Record<string, number> = {};
  await run([], (printed) => {
    const lines = printed.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith('export ')) continue;
      const name = (lines[index - 1] ?? '').replace(/^# |:.*/g, '');
      const url = /--url (\S+)/.exec(lines[index - 1] ?? '')?.[1] ?? '$OPENAI_BASE_URL';
      const ask = `${line}\ncurl -s -o /dev/null -w '%{http_code}' -H "authorization: Bearer \${OPENAI_API_KEY:-$EU_RESIDENCY_TOKEN}" "${url}/models"`;
      statuses[name] = Number(execFileSync('sh', ['-c', ask], { encoding: 'utf8', env: shellEnvironment() }));
    }
  });
  expect(statuses).toEqual({
    'project helpdesk-bot': 200,
    'workspace sciences, member': 200,
    'workspace sciences, otherMember': 200,
    'workspace sciences, admin': 200,
    'workspace sciences, auditor': 200,
  });
});

test('with --format json it prints one line once it listens', async () => {
  let status = 0;
  const { out, err } = await run(['--format', 'json'], async (printed) => {
    const { projects } = JSON.parse(printed);
    const headers = { authorization: `Bearer ${projects[0].key}` };
    status = (await fetch(`${projects[0].url}/models`, { headers })).status;
  });
  expect(status).toBe(200);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  const text = expect.any(String);
  expect(JSON.parse(out)).toEqual({
    projects: [
      { id: 'helpdesk-bot', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/projects\/v1$/), key: text },
    ],
    workspaces: [
      {
        id: 'sciences',
        url: expect.stringMatching(/\/workspaces\/sciences\/v1$/),
        tokens: { member: text, otherMember: text, admin: text, auditor: text },
      },
    ],
  });
  expect(
    err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event),
  ).toEqual(['residency', 'operations']);
  expect(JSON.parse(err.split('\n')[0] ?? '')).toMatchObject({ echo: true });
});

const guardOnly = path.join(folder({ 'residency.yaml': 'boundary: eu\n' }), 'residency.yaml');
test.each([
  ['a file that is not there', ['--config', 'nowhere.yaml'], /^nowhere\.yaml/],
  ['a file with nothing to serve', ['--config', guardOnly], /declares a boundary and nothing to serve; add 'models'/],
  ['a port that is none', ['--port', 'http'], /^eu-residency: --port: found 'http'; allowed: a number from 0 to 65535/],
  [
    'an upstream that is none',
    ['--upstream', 'ech'],
    /--upstream: found 'ech'; allowed: echo, aws; did you mean 'echo'\?/,
  ],
  ['a format that is none', ['--format', 'xml'], /--format: found 'xml'; allowed: pretty, json/],
  ['a data folder that is a file', ['--config', CONFIG, '--data', CONFIG], /^eu-residency: --data: .* it is a file/],
  ['an option that is none', ['--host', '0.0.0.0'], /^eu-residency: .*--host/],
])('%s: one line, exit code 2', (_, args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], { encoding: 'utf8' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('what is shipped needs no package: gateway, AWS SDK and SQLite are in a file that check never loads', async () => {
  const shipped = folder();
  const command = builtCommand(shipped);
  // What `serve` brings would be loaded by every check.
  const brought = /hono(?!ur)|ConverseStream|smithy|sqlite3/;
  expect(readFileSync(command, 'utf8')).not.toMatch(brought);
  expect(readFileSync(path.join(shipped, 'lib/local/serve.js'), 'utf8')).toMatch(brought);
  expect(existsSync(path.join(shipped, 'lib/local/node-sqlite3-wasm.wasm'))).toBe(true);
  const { serve } = require(path.join(shipped, 'lib/local/serve.js')) as typeof import('@/lib/local/serve');
  const served = await serve({
    deployment: DEPLOYMENT,
    boundary: EU,
    port: 0,
    data: folder(),
    upstream: 'aws',
    environment: {},
    record: () => {},
  });
  const [project] = served.projects;
  const response = await fetch(`${project?.url}/models`, { headers: { authorization: `Bearer ${project?.key}` } });
  expect(response.status).toBe(200);
  await served.close();
});
