/**
 * `npm run test:browser` opens the evidence page in Chromium: accessibility, requests, time, layout on a screen, a telephone and paper.
 * It saves pictures in `.local/pictures`. Without Chromium, pdftotext or the package registry it prints what is missing and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installTools, missingProgram } from './browser';

const NOT_RUN = 77;
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/;

/** What is missing; none if the tests can run. */
function missing(): string | undefined {
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
  const jest = [require.resolve('jest/bin/jest'), 'test/browser', '--testPathIgnorePatterns', '/node_modules/'];
  const cwd = path.join(__dirname, '../..');
  process.exitCode = spawnSync(process.execPath, jest, { cwd, stdio: 'inherit' }).status ?? 1;
} else {
  console.error(`not run: it needs ${reason}`);
  process.exitCode = NOT_RUN;
}
