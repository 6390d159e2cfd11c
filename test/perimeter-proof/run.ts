/**
 * `npm run test:proof` proves what the documents of a perimeter promise, for every request: docs/PROOF.md. The solver and the evaluator, with
 * which the encoding is compared, are installed if they are missing; both need only npm's registry.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installEvaluator } from '../iam/evaluator/evaluator';
import { installSolver } from './solver/solver';

const ROOT = path.join(__dirname, '../..');

installSolver();
installEvaluator();
const jest = [require.resolve('jest/bin/jest'), 'test/perimeter-proof', '--testPathIgnorePatterns', '/node_modules/'];
process.exitCode =
  spawnSync(process.execPath, [...jest, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
