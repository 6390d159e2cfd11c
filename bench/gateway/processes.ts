import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = path.join(__dirname, '../..');
const BUILT = path.join(ROOT, '.local/bench');

/** A process that the measuring process started. */
export interface Running {
  readonly child: ChildProcess;
  /** The line that it printed when it was listening. */
  readonly line: string;
  /** Its resident memory in MB. */
  rss(): number;
  /** Its processor time in milliseconds. */
  cpu(): number;
  /** The milliseconds for which it was ready to run and waited for a core. */
  waited(): number;
  stop(): void;
}

/** Whether processes can be pinned to cores, so that other processes don't distort the measurement. */
const CAN_PIN = existsSync('/usr/bin/taskset');

export interface Start {
  readonly environment?: Readonly<Record<string, string>>;
  readonly core?: number;
  readonly nodeArgs?: readonly string[];
  /** The stream of its first line. */
  readonly from?: 'stdout' | 'stderr';
}

/** Compiles a script of this folder like a deployed bundle, and starts it. */
export function startScript(name: string, start: Start = {}): Promise<Running> {
  mkdirSync(BUILT, { recursive: true });
  const outfile = path.join(BUILT, `${name}.cjs`);
  buildSync({
    entryPoints: [path.join(__dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    logLevel: 'error',
  });
  return startNode([outfile], start);
}

/** Starts Node, and waits for the line with its port. */
export function startNode(
  args: readonly string[],
  { environment = {}, core, nodeArgs = [], from = 'stdout' }: Start = {},
): Promise<Running> {
  const command = [process.execPath, ...nodeArgs, ...args];
  const [program = '', ...rest] = CAN_PIN && core !== undefined ? ['taskset', '-c', `${core}`, ...command] : command;
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', from === 'stdout' ? 'pipe' : 'ignore', from === 'stderr' ? 'pipe' : 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`'${rest.at(-1)}' ended with code ${code} before it listened`)));
    child[from]?.on('data', (piece) => {
      text += piece;
      const line = text.split('\n')[0] ?? '';
      if (text.includes('\n')) {
        child.removeAllListeners('exit');
        const pid = child.pid ?? 0;
        resolve({
          child,
          line,
          rss: () => rssOf(pid),
          cpu: () => cpuOf(pid),
          waited: () => waitedOf(pid),
          stop: () => void child.kill(),
        });
      }
    });
  });
}

function rssOf(pid: number): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** The time that every thread of a process ran, without the time that it waited for a core. Linux counts it in nanoseconds. */
function cpuOf(pid: number): number {
  const ran = (thread: string) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + ran(thread), 0) / 1e6;
}

/** The time for which the main thread of a process was ready to run, and something else had the core. */
export const waitedOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
