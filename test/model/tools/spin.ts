import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MODEL = path.join(__dirname, '../rights.pml');

/** A search of all states: the states, and the violated assertion, if there is one. */
export interface Searched {
  readonly states: number;
  readonly violation?: string;
}

/** Finds SPIN and a C compiler, or installs SPIN from Debian; returns why it can't run, if it can't. */
export function missingSpin(): string | undefined {
  if (!exists('gcc')) return "there is no C compiler; install 'gcc'";
  if (exists('spin')) return undefined;
  spawnSync('apt-get', ['install', '-y', 'spin'], { stdio: 'ignore' });
  return exists('spin') ? undefined : "SPIN isn't installed; run 'apt-get update && apt-get install spin'";
}

const exists = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;

/** Visits every state of the model, in the memory that is given in MB. */
export function search(model = MODEL, memory = 8_000): Searched {
  const folder = mkdtempSync(path.join(tmpdir(), 'spin-'));
  try {
    copyFileSync(model, path.join(folder, 'rights.pml'));
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
    execFileSync('spin', ['-a', 'rights.pml'], options);
    const defines = ['SAFETY', 'COLLAPSE', 'NOREDUCE', `MEMLIM=${memory}`].map((name) => `-D${name}`);
    execFileSync('gcc', ['-O2', ...defines, '-o', 'pan', 'pan.c'], options);
    // Its one process ends when the workspace is closed, and no other end is expected.
    const { stdout } = spawnSync('./pan', [`-m${DEPTH}`, '-w26'], options);
    const violation = /^pan:\d+: (.*?) \(at depth/m.exec(stdout)?.[1];
    if (violation === undefined && /error: max search depth|out of memory|Search not completed/.test(stdout))
      throw new Error(`not every state was visited:\n${stdout.slice(0, 2_000)}`);
    return { states: Number(/(\d\S*) states, stored/.exec(stdout)?.[1]), violation };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Longer than any path without a state twice. */
const DEPTH = 20_000_000;
