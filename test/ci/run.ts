/**
 * `npm run test:ci` checks the files for CI systems against GitHub's and GitLab's own schemas, and lints workflows, and runs pre-commit.
 * Tools are installed if they are missing. If one can't be installed, because Go or a network is missing, it prints which, runs the others and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { UNREACHABLE_INDEX } from '../support/python-tools';
import { installActionlint, PYTHON_TOOLS } from './lint/tools';

const NOT_RUN = 77;
const UNREACHABLE_PROXY = /ENOENT|no such host|connection refused|i\/o timeout/;

/** Whether a tool is installed now. */
function isInstalled(name: string, install: () => void, unreachable: RegExp): boolean {
  try {
    install();
    return true;
  } catch (error) {
    if (!unreachable.test(`${error instanceof Error ? error.message : error}`)) throw error;
    console.error(`not run: ${name} isn't installed, and can't be installed here`);
    return false;
  }
}

const TOOLS = [
  { tests: ['actionlint'], isReady: isInstalled('actionlint', installActionlint, UNREACHABLE_PROXY) },
  {
    tests: ['schemas', 'pre-commit'],
    isReady: isInstalled('check-jsonschema and pre-commit', () => PYTHON_TOOLS.install(), UNREACHABLE_INDEX),
  },
];
const ready = TOOLS.filter(({ isReady }) => isReady).flatMap(({ tests }) =>
  tests.map((name) => `test/ci/lint/${name}.test.ts`),
);

function jest(files: readonly string[]): number {
  const command = [require.resolve('jest/bin/jest'), '--testPathIgnorePatterns', '/node_modules/', '--runTestsByPath'];
  const cwd = path.join(__dirname, '../..');
  return spawnSync(process.execPath, [...command, ...files], { cwd, stdio: 'inherit' }).status ?? 1;
}

const code = ready.length > 0 ? jest(ready) : 0;
const isComplete = TOOLS.every(({ isReady }) => isReady);
process.exitCode = code === 0 && !isComplete ? NOT_RUN : code;
