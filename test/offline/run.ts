/**
 * `npm run test:offline` compares requests, templates, services, limits and the order of creation with what AWS publishes. Tools are
 * installed if they are missing; if the package index isn't reachable, it prints the reason and exits with 77. With `OFFLINE_RECORDS`,
 * the folder to which earlier tests recorded their requests, it doesn't run these tests again.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UNREACHABLE_INDEX } from '../support/python-tools';
import { installPython } from './python/python';
import { RECORDS } from './requests/recorded-request';
import { RECORDED_TESTS } from './requests/recorded-tests';
import { SYNTHESIZED } from './support/deployments';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

/** Whether the tools are installed now. */
function isInstalled(): boolean {
  try {
    installPython();
    return true;
  } catch (error) {
    if (UNREACHABLE_INDEX.test(`${error instanceof Error ? error.message : error}`)) return false;
    throw error;
  }
}

function jest(args: readonly string[], environment: Record<string, string>): number {
  const command = [require.resolve('jest/bin/jest'), '--testPathIgnorePatterns', '/node_modules/', ...args];
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
}

function main(): number {
  if (!isInstalled()) {
    console.error("not run: the package index isn't reachable");
    return NOT_RUN;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'offline-'));
  try {
    const records = process.env[RECORDS] ?? path.join(folder, 'requests');
    const environment = { [RECORDS]: records, [SYNTHESIZED]: path.join(folder, 'templates') };
    const recorded =
      process.env[RECORDS] === undefined ? jest(['--runTestsByPath', ...RECORDED_TESTS], environment) : 0;
    return jest(['--testPathPatterns', 'test/offline/'], environment) || recorded;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
