import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores. */
const FOLDER = path.join(__dirname, '../../../.local/perimeter-proof');
const LOCK = 'package-lock.json';

/** Installs the solver as its lock file says, unless it is installed. */
export function installSolver(): void {
  const lock = readFileSync(path.join(__dirname, LOCK), 'utf8');
  const installed = path.join(FOLDER, LOCK);
  const done = path.join(FOLDER, 'node_modules/z3-solver/package.json');
  if (existsSync(done) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', LOCK]) copyFileSync(path.join(__dirname, file), path.join(FOLDER, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'pipe' });
}

/** A command in SMT-LIB. */
export interface Command {
  readonly command: string;
  /** What to ask for if the answer is `sat`. */
  readonly ifSat?: string;
  /** What to run after both. */
  readonly last?: string;
}

/** What the solver printed. */
export interface Printed {
  readonly answer: string;
  readonly model?: string;
}

/** Runs commands in a process of the solver, one after the other; returns the answer to each. */
export function solve(commands: readonly Command[]): Printed[] {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'solve.mjs')], {
    cwd: FOLDER,
    input: JSON.stringify(commands),
    maxBuffer: 1024 * 1024 * 1024,
    encoding: 'utf8',
  });
  const printed: Printed[] = JSON.parse(output);
  for (const { answer, model } of printed)
    if (`${answer}${model}`.includes('(error'))
      throw new Error(`the solver refused a command: ${answer.slice(0, 500)}`);
  return printed;
}
