/**
 * `npm run test:languages` makes the packages of other languages from the packed package, and runs apps of them outside the
 * repository. What it needs is installed if it is missing. A language whose tools this machine lacks isn't run, and the reason is
 * printed; without a package registry, the whole run ends with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { NOT_RUN, notRun } from './tools';

const ROOT = path.join(__dirname, '../..');
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|Failed to establish|Unknown host/;

function main(): number {
  for (const [language, tool] of notRun()) console.error(`${language}: not run, because ${tool} isn't installed`);
  const jest = [require.resolve('jest/bin/jest'), 'test/languages', '--testPathIgnorePatterns', '/node_modules/'];
  const { status, stderr } = spawnSync(process.execPath, [...jest, ...process.argv.slice(2)], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  process.stderr.write(stderr);
  return status !== 0 && UNREACHABLE.test(stderr) ? NOT_RUN : (status ?? 1);
}

process.exitCode = main();
