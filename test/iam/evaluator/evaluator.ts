import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../support/physical';

/** A folder that git ignores. */
const FOLDER = path.join(__dirname, '../../../.local/iam-evaluator');
const LOCK = 'package-lock.json';

/** One call, with all policies that decide on it, by their names. */
export interface Request {
  readonly principal: string;
  /** The account of the resource. */
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly string[];
  readonly resourcePolicy?: string;
  /** The name of the permissions boundary. */
  readonly boundary?: string;
  readonly endpoint?: string;
}

export interface Verdict {
  readonly result?: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
  /** The mistake in the request or a policy, if it can't be evaluated. */
  readonly error?: string;
  /** Condition keys of the request that AWS's service reference doesn't list for the action. The evaluator ignores them. */
  readonly ignored: readonly string[];
}

/** Installs the evaluator as its lock file says, unless it is installed. */
export function installEvaluator(): void {
  const lock = readFileSync(path.join(__dirname, LOCK), 'utf8');
  const installed = path.join(FOLDER, LOCK);
  const done = path.join(FOLDER, 'node_modules/@cloud-copilot/iam-simulate/package.json');
  if (existsSync(done) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', LOCK]) copyFileSync(path.join(__dirname, file), path.join(FOLDER, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'pipe' });
}

/** Evaluates requests in a process of the evaluator. */
export function evaluate(policies: Readonly<Record<string, Json>>, requests: readonly Request[]): Verdict[] {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'evaluate.mjs')], {
    cwd: FOLDER,
    input: JSON.stringify({ policies, requests }),
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
