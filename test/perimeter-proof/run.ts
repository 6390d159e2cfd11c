/**
 * `npm run test:proof` proves what the documents of a perimeter promise, for every request: docs/PROOF.md. The solver and the evaluator, with
 * which the encoding is compared, are installed if they are missing; both need only npm's registry. With `--write` it writes the requests
 * that it finds for each changed statement to the rows of `npm run test:iam` instead.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installEvaluator } from '../iam/evaluator/evaluator';
import { installSolver } from './solver/solver';
import { writeRows } from './write-rows';

const ROOT = path.join(__dirname, '../..');

installSolver();
installEvaluator();
if (process.argv.includes('--write')) writeRows();
else {
  const jest = [require.resolve('jest/bin/jest'), 'test/perimeter-proof', '--testPathIgnorePatterns', '/node_modules/'];
  process.exitCode =
    spawnSync(process.execPath, [...jest, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}
