/**
 * `npm run test:scim` runs the conformance tests of scim2-tester (https://scim2-tester.readthedocs.io) against `serve`. It is installed at
 * locked versions into `.local`. Without Python it prints the reason and exits with 77.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { serve } from '@/lib/local/serve';
import { scimConfig } from '@/test/support/scim-config';

const NOT_RUN = 77;
const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

const { boundary, deployment } = readConfig(scimConfig('{ member: [chat-users] }'), 'residency.yaml');

function installed(): string {
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  const folder = path.join(process.cwd(), '.local/scim', digest);
  const command = path.join(folder, 'bin/scim2');
  if (existsSync(path.join(folder, 'done'))) return command;
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  execFileSync(path.join(folder, 'bin/python'), [...pip, '-r', REQUIREMENTS], { stdio: 'inherit' });
  writeFileSync(path.join(folder, 'done'), '');
  return command;
}

/** What the tester expects and this API refuses on purpose (docs/decisions/0066-scim-decides-on-members.md), by the text of its result. */
const DEVIATIONS: readonly RegExp[] = [
  // An external ID is one person for as long as the record exists.
  /Failed to remove attribute 'externalId': 'externalId' can't be changed/,
  // Whether a user may act must never be left open.
  /Failed to remove attribute 'active': 'active' is required/,
];

/** The results of the tester: the status and name of each check, and the text below it. */
function problemsIn(output: string): string[] {
  const results = [...output.matchAll(/^([A-Z]+) (\w+)\n((?: .*\n?)*)/gm)];
  const failed = results.filter(([, status]) => status !== 'SUCCESS' && status !== 'SKIPPED');
  const unexpected = failed.filter(([, , , text = '']) => !DEVIATIONS.some((known) => known.test(text)));
  const missing = DEVIATIONS.filter((known) => !failed.some(([, , , text = '']) => known.test(text)));
  console.log(
    `scim2-tester: ${results.length} results, ${failed.length} not successful, ${unexpected.length} unexpected`,
  );
  return [
    ...unexpected.map(([, status, name, text = '']) => `${status} ${name}: ${text.split('\n')[0]?.trim()}`),
    ...missing.map((known) => `a known deviation is gone; remove it: ${known}`),
    ...(results.length < 30 ? [`only ${results.length} results: the tester didn't run as expected`] : []),
  ];
}

/** The output of the tester. It must run while this process serves. */
function run(command: string, args: readonly string[], environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.on('error', reject);
    // The tester exits with 0 even if a check failed.
    child.on('close', () => resolve(output));
  });
}

async function main(): Promise<number> {
  if (spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status !== 0) {
    console.error('Python 3.10 or later is missing, with which scim2-tester runs');
    return NOT_RUN;
  }
  const command = installed();
  if (deployment === undefined) throw new Error('no deployment');
  const data = mkdtempSync(path.join(tmpdir(), 'scim-conformance-'));
  const options = { port: 0, data, upstream: 'echo', environment: {}, record: () => {} } as const;
  const served = await serve({ deployment, boundary, ...options });
  try {
    const [{ url, scimToken } = { url: '', scimToken: '' }] = served.workspaces;
    const headers = { SCIM_CLI_HEADERS: `Authorization: Bearer ${scimToken}` };
    const output = await run(command, ['--url', url.replace(/\/v1$/, '/scim/v2'), 'test'], headers);
    const problems = problemsIn(output);
    for (const problem of problems) console.error(problem);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await served.close();
    rmSync(data, { recursive: true });
  }
}

void main().then((code) => process.exit(code));
