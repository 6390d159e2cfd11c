/**
 * `npm run test:ledger` compares the ledger with an implementation of its own: Go's `sumdb/note` and `sumdb/tlog`. Each verifies what the
 * other one made. Without Go, or without its module proxy, the run ends with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { compareWithGo } from './compare-with-go';

const NOT_RUN = 77;
const FOLDER = path.join(__dirname, 'go');

function main(): number {
  if (spawnSync('go', ['version']).status !== 0) {
    console.error("not run, because Go isn't installed");
    return NOT_RUN;
  }
  const { status, stderr } = spawnSync('go', ['mod', 'download'], { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`not run, because Go's modules can't be downloaded: ${stderr.trim()}`);
    return NOT_RUN;
  }
  const mistakes = compareWithGo((vectors) => {
    const run = spawnSync('go', ['run', '.'], { cwd: FOLDER, encoding: 'utf8', input: vectors, maxBuffer: 2 ** 26 });
    if (run.status !== 0) throw new Error(`Go refuses what the package made: ${run.stderr}`);
    return run.stdout;
  });
  for (const mistake of mistakes) console.error(mistake);
  if (mistakes.length === 0) console.info('Go and the package verify what the other one made');
  return mistakes.length === 0 ? 0 : 1;
}

process.exitCode = main();
