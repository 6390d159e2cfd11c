/**
 * `npm run test:conformance` checks the gateway's requests and answers against OpenAI's own document. The document and the strict
 * server are downloaded if they are missing. Without Python, or if a registry isn't reachable, it prints the reason and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readDocument, strictServerScript } from './peers';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');
const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|ProxyError|NewConnectionError|ConnectTimeoutError|Failed to establish/;

/** The reason why this machine can't run the tests; undefined if it can. */
function obstacle(): string | undefined {
  if (spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status !== 0) {
    return 'it needs python3 with venv';
  }
  try {
    readDocument();
    strictServerScript();
    return undefined;
  } catch (error) {
    const message = `${error instanceof Error ? error.message : error}`;
    if (UNREACHABLE.test(message)) return "a package registry isn't reachable";
    throw error;
  }
}

const reason = obstacle();
if (reason === undefined) {
  const jest = [require.resolve('jest/bin/jest'), 'test/conformance', '--testPathIgnorePatterns', '/node_modules/'];
  process.exitCode = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} else {
  console.error(`not run: ${reason}`);
  process.exitCode = NOT_RUN;
}
