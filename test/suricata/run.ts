/**
 * `npm run test:suricata` gives the rules of an EgressNetwork to Suricata 7.0, with captured connections: ClientHellos of Node 24, and
 * 10,000 others. It installs Suricata from Debian's packages into `.local/suricata`. Where it can't, it prints the reason and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { install, versionOf } from './install';
import { node24Version } from './node-hello';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

async function run(): Promise<number> {
  const problem = install() ?? ((await node24Version()) === undefined ? "npm can't install Node 24" : undefined);
  if (problem !== undefined) {
    console.error(`not run: ${problem}`);
    return NOT_RUN;
  }
  console.log(`Suricata ${versionOf()} on captures (not inline), ClientHellos of Node ${await node24Version()}`);
  const jest = [require.resolve('jest/bin/jest'), 'test/suricata', '--testPathIgnorePatterns', '/node_modules/'];
  return spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

void run().then((code) => {
  process.exitCode = code;
});
