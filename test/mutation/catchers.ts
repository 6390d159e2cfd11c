import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What caught a broken promise; undefined if nothing did. */
export type Caught = string | undefined;

interface ProcessResult {
  readonly code: number;
  readonly output: string;
}

/** Long enough for a busy machine. */
const TIMEOUT = 900_000;

function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout: TIMEOUT, maxBuffer: 2 ** 26 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error?.killed || (error && typeof error.code !== 'number')) reject(error);
      else resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** Runs the guard and AwsSolutions in a synth of the sample. */
export async function guard(directory: string): Promise<Caught> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'mutated-'));
  try {
    const { code, output } = await run(directory, ['--import', 'tsx', 'bin/app.ts'], { CDK_OUTDIR: outdir });
    if (code === 0) return undefined;
    const [rule] = /\b(?:EuResidency|AwsSolutions)(?:::)[\w-]+/.exec(output) ?? [];
    return rule === undefined ? `synth: ${firstLine(output)}` : `rule ${rule}`;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface JestReport {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the assertions of these test files. A snapshot difference doesn't count, because a snapshot is easy to update. */
export async function assertions(directory: string, tests: readonly string[]): Promise<Caught> {
  const report = path.join(directory, 'report.json');
  rmSync(report, { force: true });
  // Includes the slow tests, which jest otherwise excludes.
  const all = ['--testPathIgnorePatterns', '/node_modules/'];
  const options = [
    '--ci',
    '-w',
    '1',
    '--testTimeout',
    '300000',
    ...all,
    '--json',
    `--outputFile=${report}`,
    '--runTestsByPath',
  ];
  const { output } = await run(directory, ['node_modules/jest/bin/jest.js', ...options, ...tests]);
  if (!existsSync(report)) throw new Error(`jest wrote no report for ${tests.join(', ')}\n${output}`);
  const { numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  if (numTotalTests === 0) throw new Error(`no test ran in ${tests.join(', ')}\n${testResults[0]?.message}`);
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status, failureMessages }) => status === 'failed' && failureMessages.some(isAssertion));
  return failed && `test '${failed.fullName}'`;
}

const isAssertion = (message: string) => !/toMatch(?:Inline)?Snapshot\(/.test(message);

/** Checks the types, without declarations, which can't refer to files outside the copy. */
export async function types(directory: string): Promise<Caught> {
  const options = ['--noEmit', '--declaration', 'false', '-p', '.'];
  const { code, output } = await run(directory, ['node_modules/typescript/bin/tsc', ...options]);
  return code === 0 ? undefined : `types: ${firstLine(output)}`;
}

const firstLine = (output: string) =>
  output
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? 'ended without output';
