/**
 * `npm run test:model [-- --seed N --runs N --traces N]` checks the model of the rights of users, and the package against it. Quint simulates
 * runs and checks the invariants; the package replays traces of other runs and is compared after each action; SPIN visits every state of
 * the same protocol for two members, two administrators and one crash. Tools are installed if they are missing. If they can't be, it prints
 * the reason and exits with 77. With `--planted`, it plants mistakes instead, and requires that each is found.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { missed } from './planted/run';
import { installQuint, reached, simulate, trace } from './tools/quint';
import { missingSpin, SEARCHES, search } from './tools/spin';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

function replayed(quint: string, seed: number, traces: number): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'model-'));
  try {
    trace(quint, seed, traces, folder);
    const command = [require.resolve('jest/bin/jest'), '-c', 'test/model/jest.config.js'];
    const env = { ...process.env, MODEL_TRACES: folder };
    return spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit', env }).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function main(): number {
  const option = { type: 'string' } as const;
  const planted = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { seed: option, runs: option, traces: option, planted } });
  const [seed, runs, traces] = [Number(values.seed ?? 1), Number(values.runs ?? 10_000), Number(values.traces ?? 200)];
  let quint: string;
  try {
    quint = installQuint();
  } catch (error) {
    console.error(`not run: Quint couldn't be installed: ${(error as Error).message.split('\n')[0]}`);
    return NOT_RUN;
  }
  if (values.planted) return missed(quint).length === 0 ? 0 : 1;
  const { violated, output } = simulate(quint, seed, runs);
  for (const line of reached(output)) console.log(line);
  console.log(
    `${runs} runs with seed ${seed}: ${violated.length === 0 ? 'no invariant is violated' : `violated: ${violated.join(', ')}`}`,
  );
  const isReplayed = replayed(quint, seed, traces);
  console.log(
    `${traces} traces with seed ${seed}: ${isReplayed ? 'the package does the same' : 'the package differs'}`,
  );
  const missing = missingSpin();
  if (missing !== undefined) {
    console.error(`SPIN not run: ${missing}`);
    return violated.length === 0 && isReplayed ? NOT_RUN : 1;
  }
  const violations = SEARCHES.flatMap((part) => {
    const { states, violation } = search(part);
    console.log(
      `${states} states with ${part}: ${violation === undefined ? 'no assertion is violated' : `violated: ${violation}`}`,
    );
    return violation ?? [];
  });
  return violated.length === 0 && isReplayed && violations.length === 0 ? 0 : 1;
}

process.exitCode = main();
