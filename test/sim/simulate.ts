import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundle, type Planted } from './bundle';

const OUT = path.join(__dirname, '../../.local');

/** The options of a run. */
export interface RunOptions {
  readonly seed: number;
  readonly days: number;
  readonly members: number;
  /** Whether much more happens on each day than usually. */
  readonly isBusy: boolean;
  /** Whether members ask for answers in the background. */
  readonly hasJobs: boolean;
  readonly isVerbose: boolean;
}

/** What a run printed, and its processor time. */
export interface RunResult {
  readonly status: number;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a simulation in a process of its own, in which nothing has read the clock before. */
export async function simulate(options: RunOptions, planted?: Planted): Promise<RunResult> {
  mkdirSync(OUT, { recursive: true });
  const folder = mkdtempSync(path.join(OUT, 'sim-'));
  try {
    const file = path.join(folder, 'main.cjs');
    await bundle(file, planted);
    return await run(file, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Most of what is allocated lives for one request. */
const FLAGS = ['--no-warnings', '--max-semi-space-size=64'];

const run = (file: string, options: RunOptions): Promise<RunResult> =>
  new Promise((resolve) => {
    const given = [...FLAGS, file, JSON.stringify(options)];
    execFile(process.execPath, given, { maxBuffer: 2 ** 30 }, (error, output, errors) => {
      const [, seconds = 'NaN'] = /^([\d.]+) s of processor time$/m.exec(errors) ?? [];
      const status = error === null ? 0 : 1;
      resolve({ status, output: status === 1 && output === '' ? errors : output, seconds: Number(seconds) });
    });
  });
