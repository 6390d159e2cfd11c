/**
 * `npm run test:exports` makes exports with `eu-residency serve`, reads them with a program of their own (`read_export.py`, which knows the
 * format only), and opens their pages in Chromium. Without Python, Chromium, poppler-utils or the package registry it prints what is missing
 * and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installTools, missingProgram, UNREACHABLE } from '../browser/browser';

const NOT_RUN = 77;

/** What is missing; none if the tests can run. */
function missing(): string | undefined {
  if (spawnSync('python3', ['--version']).error) return 'Python (apt-get install python3)';
  const program = missingProgram();
  if (program !== undefined) return program;
  try {
    installTools();
    return undefined;
  } catch (error) {
    if (UNREACHABLE.test(`${error instanceof Error ? error.message : error}`)) return 'a package registry';
    throw error;
  }
}

const reason = missing();
if (reason === undefined) {
  const jest = [require.resolve('jest/bin/jest'), '-i', 'test/exports', '--testPathIgnorePatterns', '/node_modules/'];
  const cwd = path.join(__dirname, '../..');
  process.exitCode = spawnSync(process.execPath, jest, { cwd, stdio: 'inherit' }).status ?? 1;
} else {
  console.error(`not run: it needs ${reason}`);
  process.exitCode = NOT_RUN;
}
