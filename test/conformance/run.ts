/**
 * `npm run test:conformance`: what the gateway sends and answers, held against OpenAI's own document. Both the document and the
 * server that is strict about it are fetched when they aren't there yet; a machine without Python, or from which a registry can't
 * be reached, is told so, and it ends with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readDocument, strictServerScript } from './peers';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');
const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|ProxyError|NewConnectionError|ConnectTimeoutError|Failed to establish/;

/** Why the machine can't do it, if it can't. */
function obstacle(): string | undefined {
  if (spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status !== 0) {
    return 'it needs python3 with venv';
  }
  try {
    readDocument();
    strictServerScript();
    return undefined;
  } catch (error) {
    const said = `${error instanceof Error ? error.message : error}`;
    if (UNREACHABLE.test(said)) return "a registry of packages can't be reached";
    throw error;
  }
}

const found = obstacle();
if (found === undefined) {
  const jest = [require.resolve('jest/bin/jest'), 'test/conformance', '--testPathIgnorePatterns', '/node_modules/'];
  process.exitCode = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} else {
  console.error(`not run: ${found}`);
  process.exitCode = NOT_RUN;
}
