import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores. */
const LOCAL = path.join(__dirname, '../../../.local/model');
const FILES = ['package.json', 'package-lock.json'].map((name) => path.join(__dirname, name));
const MODEL = path.join(__dirname, '../rights.qnt');

/** The length of a run. The model checks at its end that every request ends. */
const STEPS = 20;

/** Installs Quint at its locked version, once for each content of the lock; returns its command. */
export function installQuint(): string {
  const digest = createHash('sha256');
  for (const file of FILES) digest.update(readFileSync(file));
  const folder = path.join(LOCAL, digest.digest('hex').slice(0, 16));
  const command = path.join(folder, 'node_modules/.bin/quint');
  const complete = path.join(folder, 'complete');
  if (existsSync(complete)) return command;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) cpSync(file, path.join(folder, path.basename(file)));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder });
  writeFileSync(complete, '');
  return command;
}

/** What a simulation found: the names of violated invariants, and Quint's output. */
export interface Simulated {
  readonly violated: readonly string[];
  readonly output: string;
}

/** The invariants of the model. */
export const INVARIANTS = [
  'nothingHeldIsLost',
  'heldIsKept',
  'noErasedKeyReturns',
  'certifiedIsGone',
  'noPersonReadsAlone',
  'nothingIsEarly',
  'onlyReleasedIsRead',
  'everyRequestEnds',
] as const;

/** How far runs must get, so that the invariants are checked where they could fail. */
const GOALS = ['handsOver', 'certifies', 'readmits', 'isClosedNow', 'isRestored'] as const;

/** Simulates runs of the model, and checks the invariants after each action. */
export function simulate(quint: string, seed: number, runs: number, model = MODEL): Simulated {
  const output = run(quint, model, seed, runs, ['--invariants', ...INVARIANTS, '--witnesses', ...GOALS]);
  const violated = INVARIANTS.filter((name) => output.includes(`❌ ${name}`));
  if (violated.length === 0 && !output.includes('[ok]'))
    throw new Error(`the simulation failed:\n${output.slice(-2_000)}`);
  return { violated, output };
}

/** Writes traces of the model to a folder. */
export function trace(quint: string, seed: number, traces: number, folder: string): void {
  const out = path.join(folder, '{seq}.itf.json');
  const output = run(quint, MODEL, seed, traces, ['--n-traces', `${traces}`, '--mbt', '--out-itf', out]);
  if (!output.includes('[ok]')) throw new Error(`no traces were written:\n${output.slice(-2_000)}`);
}

/** Only the evaluator in TypeScript is part of the package; the others are downloaded when they are used. */
function run(quint: string, model: string, seed: number, runs: number, options: readonly string[]): string {
  const limits = ['--max-samples', `${runs}`, '--max-steps', `${STEPS}`, '--seed', `${seed}`];
  const args = ['run', model, '--backend=typescript', '--verbosity=2', ...limits, ...options];
  const { stdout, stderr } = spawnSync(quint, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return `${stdout}${stderr}`;
}

/** In how many runs each goal was reached. */
export const reached = (output: string): ReadonlyMap<string, number> =>
  new Map(GOALS.map((goal) => [goal, Number(new RegExp(`${goal} was witnessed in (\\d+)`).exec(output)?.[1] ?? 0)]));
