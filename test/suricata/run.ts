/**
 * `npm run test:suricata` gives the rules of an EgressNetwork to Suricata 7.0: with captured connections (ClientHellos of Node 24, and
 * 10,000 others), and inline between two network namespaces, where the machine permits them. It installs Suricata from Debian's packages into `.local/suricata`. Where it can't, it prints the reason and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runInNamespace } from '../netns/namespace';
import { install, versionOf } from './install';
import { node24Path, node24Version } from './node-hello';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

async function run(): Promise<number> {
  const problem = install() ?? ((await node24Version()) === undefined ? "npm can't install Node 24" : undefined);
  if (problem !== undefined) {
    console.error(`not run: ${problem}`);
    return NOT_RUN;
  }
  console.log(`Suricata ${versionOf()}, ClientHellos of Node ${await node24Version()}`);
  const jest = [require.resolve('jest/bin/jest'), 'test/suricata', '--testPathIgnorePatterns', '/node_modules/'];
  const captures = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
  process.env.NODE24 = await node24Path();
  const inline = runInNamespace(path.join(__dirname, 'inline.ts'));
  if (inline === NOT_RUN) console.log('captures only: the part inline was not run');
  return captures === 0 && inline !== NOT_RUN ? inline : captures;
}

void run().then((code) => {
  process.exitCode = code;
});
