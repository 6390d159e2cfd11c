/**
 * `npm run test:iam` evaluates every call that the deployed functions can make against the policies of the templates. The evaluator is
 * installed if it is missing; if the registry isn't reachable, it prints the reason and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installEvaluator } from './evaluator/evaluator';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/;

/** Whether the evaluator is installed now. */
function isInstalled(): boolean {
  try {
    installEvaluator();
    return true;
  } catch (error) {
    if (UNREACHABLE.test(`${error instanceof Error ? error.message : error}`)) return false;
    throw error;
  }
}

if (isInstalled()) {
  const jest = [require.resolve('jest/bin/jest'), 'test/iam', '--testPathIgnorePatterns', '/node_modules/'];
  process.exitCode = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} else {
  console.error("not run: a package registry isn't reachable");
  process.exitCode = NOT_RUN;
}
