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

/** The searches: the model explains them. */
export const SEARCHES = ['ONLY_EXPORTS', 'NO_EXPORTS'] as const;

/** Visits every state of a part of the model, in the memory that is given in MB. */
export function search(part: (typeof SEARCHES)[number], model = MODEL, memory = 8_000): Searched {
  const folder = mkdtempSync(path.join(tmpdir(), 'spin-'));
  try {
    copyFileSync(model, path.join(folder, 'rights.pml'));
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
    execFileSync('spin', [`-D${part}`, '-a', 'rights.pml'], options);
    // Breadth first, because paths are too long for a stack. So a violation is found by a shortest path.
    const defines = ['SAFETY', 'COLLAPSE', 'BFS', 'NOREDUCE', `MEMLIM=${memory}`].map((name) => `-D${name}`);
    execFileSync('gcc', ['-O2', ...defines, '-o', 'pan', 'pan.c'], options);
    const { stdout } = spawnSync(path.join(folder, 'pan'), ['-E', '-w26'], options);
    const violation = /^pan:\d+: (.*?) \(at depth/m.exec(stdout)?.[1];
    if (violation === undefined && /out of memory|Search not completed/.test(stdout))
      throw new Error(`not every state was visited:\n${stdout.slice(0, 2_000)}`);
    return { states: Number(/(\d\S*) states, stored/.exec(stdout)?.[1]), violation };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
