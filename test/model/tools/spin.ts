import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MODEL = path.join(__dirname, '../rights.pml');

/** A search of all states: the states, and the violated assertion, if there is one. */
export interface Searched {
  readonly states: number;
  readonly violation?: string;
}

/** Returns why SPIN can't run, and how to install what is missing; undefined if nothing is. */
export function missingSpin(): string | undefined {
  if (firstLine('gcc', '--version') === undefined) return "there is no C compiler; install 'gcc'";
  if (spinVersion() !== undefined) return undefined;
  return "SPIN isn't installed; run 'apt-get update && apt-get install spin'";
}

/** The version of SPIN that searches; undefined if there is none. */
export const spinVersion = (): string | undefined => firstLine('spin', '-V');

function firstLine(command: string, argument: string): string | undefined {
  const { error, stdout } = spawnSync(command, [argument], { encoding: 'utf8' });
  return error === undefined ? stdout.split('\n')[0] : undefined;
}

/** The searches: the model explains them. */
export const SEARCHES = ['NO_CLOSURES', 'NO_HOLDS', 'NO_EXPORTS'] as const;

/** What can be left out of a search. */
export type Search = (typeof SEARCHES)[number];

/**
 * Visits every state of a part of the model.
 *
 * @param memory what the search may use, in MB
 * @throws Error when not every state was visited
 */
export function search(part: Search, model = MODEL, memory = 8_000): Searched {
  const folder = mkdtempSync(path.join(tmpdir(), 'spin-'));
  try {
    copyFileSync(model, path.join(folder, 'rights.pml'));
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
    execFileSync('spin', [`-D${part}`, '-a', 'rights.pml'], options);
    // Breadth first, because paths are too long for a stack. So a violation is found by a shortest path.
    const defines = ['SAFETY', 'BFS', 'NOREDUCE', `MEMLIM=${memory}`].map((name) => `-D${name}`);
    execFileSync('gcc', ['-O2', ...defines, '-o', 'pan', 'pan.c'], options);
    return result(spawnSync(path.join(folder, 'pan'), ['-E', '-w24'], options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What a search found.
 *
 * @throws Error unless it found a violation or visited every state: a search that was killed or ran out of memory shows nothing
 */
function result({ stdout, stderr, status, signal }: SpawnSyncReturns<string>): Searched {
  const violation = /^pan:\d+: (.*?) \(at depth/m.exec(stdout)?.[1];
  const states = Number(/(\d\S*) states, stored/.exec(stdout)?.[1]);
  const isComplete =
    status === 0 &&
    Number.isFinite(states) &&
    !/out of memory|Search not completed|max search depth too small/.test(stdout);
  if (violation === undefined && !isComplete) {
    throw new Error(
      `not every state was visited (exit code ${status}, signal ${signal}):\n${stdout.slice(0, 2_000)}${stderr.slice(0, 2_000)}`,
    );
  }
  return { states, violation };
}
