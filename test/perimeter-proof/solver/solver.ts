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

/** A problem in SMT-LIB. */
export interface Problem {
  readonly declarations: string;
  /** What holds for every question; one assertion each. */
  readonly assertions: readonly string[];
  /** One assertion each, which holds for this question only. */
  readonly questions: readonly string[];
}

/** What the solver found. */
export interface Found {
  readonly answer: 'sat' | 'unsat' | 'unknown';
  /** If it is `sat`, the values: `v0 -> v0c3`, one a line. */
  readonly model?: string;
}

/** Formulas in SMT-LIB, each as an assertion, and requests to evaluate them for. */
export interface Evaluation {
  readonly declarations: string;
  readonly formulas: readonly string[];
  readonly requests: readonly { readonly formula: number; readonly values: readonly [string, string][] }[];
}

/** Decides the questions of a problem, one after the other, in a process of the solver. */
export const solve = (problem: Problem): Found[] => run<{ answers: Found[] }>(problem).answers;

/** The value of a formula for each request, by the solver's own evaluation. @throws if a value isn't `true` or `false` */
export function evaluateFormulas(evaluation: Evaluation): boolean[] {
  const { values } = run<{ values: string[] }>(evaluation);
  const open = values.find((value) => value !== 'true' && value !== 'false');
  if (open !== undefined) throw new Error(`a request leaves a formula open: ${open.slice(0, 300)}`);
  return values.map((value) => value === 'true');
}

function run<T>(input: Problem | Evaluation): T {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'solve.mjs')], {
    cwd: FOLDER,
    input: JSON.stringify(input),
    maxBuffer: 1024 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
