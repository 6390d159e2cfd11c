/**
 * `npm run test:model [-- --seed N --runs N --traces N]` checks the model of the rights of users, and the package against it. Quint simulates
 * runs and checks the invariants; the package replays traces of other runs and is compared after each action; SPIN visits every state of
 * the same protocol for two members, two administrators and one crash. Quint is installed into a local folder if it is missing. If a tool
 * is missing still, it prints what to run and exits with 77. With `--planted`, it plants mistakes instead, and requires that each is found.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { missed } from './planted/run';
import { installQuint, reached, simulate, trace } from './tools/quint';
import { missingSpin, SEARCHES, search, spinVersion } from './tools/spin';

const NOT_RUN = 77;

/** The runs of a simulation, unless others are asked for. */
const RUNS = 10_000;
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

/** Plants mistakes, those that SPIN finds only if it is there. */
function planting(quint: string): number {
  const missing = missingSpin();
  if (missing === undefined) console.log(spinVersion());
  const isFound = missed(quint, missing === undefined).length === 0;
  if (missing !== undefined) console.error(`SPIN not run: ${missing}`);
  if (!isFound) return 1;
  return missing === undefined ? 0 : NOT_RUN;
}

function main(): number {
  const option = { type: 'string' } as const;
  const planted = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { seed: option, runs: option, traces: option, planted } });
  const [seed, runs, traces] = [Number(values.seed ?? 1), Number(values.runs ?? RUNS), Number(values.traces ?? 200)];
  let quint: string;
  try {
    quint = installQuint();
  } catch (error) {
    console.error(`not run: Quint couldn't be installed: ${(error as Error).message.split('\n')[0]}`);
    return NOT_RUN;
  }
  if (values.planted) return planting(quint);
  const { violated, output } = simulate(quint, seed, runs);
  const goals = [...reached(output)];
  for (const [goal, times] of goals) console.log(`${goal} was reached in ${times} runs`);
  // A few runs may miss one, and then say less about the invariants.
  const isReached = runs < RUNS || goals.every(([, times]) => times > 0);
  if (!isReached) console.log('a goal was reached in no run, so the invariants are not checked where they could fail');
  console.log(
    `${runs} runs with seed ${seed}: ${violated.length === 0 ? 'no invariant is violated' : `violated: ${violated.join(', ')}`}`,
  );
  const isReplayed = replayed(quint, seed, traces);
  console.log(
    `${traces} traces with seed ${seed}: ${isReplayed ? 'the package does the same' : 'the package differs'}`,
  );
  const isRight = violated.length === 0 && isReached && isReplayed;
  const missing = missingSpin();
  if (missing !== undefined) {
    console.error(`SPIN not run: ${missing}`);
    return isRight ? NOT_RUN : 1;
  }
  console.log(spinVersion());
  const violations = SEARCHES.flatMap((part) => {
    const { states, violation } = search(part);
    console.log(
      `${states} states with ${part}: ${violation === undefined ? 'no assertion is violated' : `violated: ${violation}`}`,
    );
    return violation ?? [];
  });
  return isRight && violations.length === 0 ? 0 : 1;
}

process.exitCode = main();
