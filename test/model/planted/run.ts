/**
 * `npm run test:model -- --planted` plants each mistake in a copy of the package or of a model, one at a time, and requires that a trace,
 * an invariant or an assertion finds it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simulate, trace } from '../tools/quint';
import { search } from '../tools/spin';
import { IN_CODE, type PlantedInCode, SEED, TRACES } from './in-code';
import { IN_PROMELA, IN_QUINT } from './in-models';

const ROOT = path.join(__dirname, '../../..');
const PARTS = ['lib', 'test', 'jest.config.js', 'package.json', 'tsconfig.json'];

/** Runs in which the simulation must find a mistake. */
const RUNS = 4_000;

/** Plants every mistake, those in Promela only if SPIN is there; returns the names of those that nothing found. */
export function missed(quint: string, hasSpin: boolean): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'planted-'));
  try {
    return [
      ...missedInCode(quint, folder),
      ...missedInQuint(quint, folder),
      ...(hasSpin ? missedInPromela(folder) : []),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function missedInCode(quint: string, folder: string): string[] {
  for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const traces = mkdtempSync(path.join(folder, 'traces-'));
  trace(quint, SEED, TRACES, traces);
  // Without a mistake, the same traces find no difference.
  const all = [...new Set(IN_CODE.map((planted) => planted.trace))];
  if (differs(folder, traces, all))
    throw new Error('a trace finds a difference without a planted mistake; fix that first');
  return IN_CODE.filter((planted) => {
    const isFound = withPlanted(path.join(folder, planted.file), planted, () =>
      differs(folder, traces, [planted.trace]),
    );
    return !told(isFound, `trace ${planted.trace} of seed ${SEED}`, planted.name);
  }).map(({ name }) => name);
}

/** Replays traces in the copy; returns whether one differs from the model. */
function differs(folder: string, traces: string, numbers: readonly number[]): boolean {
  const chosen = mkdtempSync(path.join(folder, 'chosen-'));
  for (const number of numbers)
    cpSync(path.join(traces, `${number}.itf.json`), path.join(chosen, `${number}.itf.json`));
  const command = ['node_modules/jest/bin/jest.js', '-c', 'test/model/jest.config.js', '-w', '1'];
  const env = { ...process.env, MODEL_TRACES: chosen };
  const { stderr, status } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  if (!/^Tests: /m.test(stderr)) throw new Error(`no trace was replayed:\n${stderr.slice(-2_000)}`);
  return status !== 0;
}

function missedInQuint(quint: string, folder: string): string[] {
  return IN_QUINT.filter((planted) => {
    const model = copied('rights.qnt', folder);
    const { violated } = withPlanted(model, planted, () => simulate(quint, SEED, RUNS, model));
    return !told(violated.includes(planted.invariant), `${planted.invariant}, seed ${SEED}`, planted.name);
  }).map(({ name }) => name);
}

function missedInPromela(folder: string): string[] {
  return IN_PROMELA.filter((planted) => {
    const model = copied('rights.pml', folder);
    const { violation } = withPlanted(model, planted, () => search(planted.search, model));
    return !told(violation !== undefined, `SPIN, ${planted.search}`, planted.name);
  }).map(({ name }) => name);
}

function copied(model: string, folder: string): string {
  const copy = path.join(folder, model);
  cpSync(path.join(__dirname, '..', model), copy);
  return copy;
}

/** Does the work with a mistake planted in a file. */
function withPlanted<T>(
  file: string,
  { name, text, replacement }: Pick<PlantedInCode, 'name' | 'text' | 'replacement'>,
  work: () => T,
): T {
  const original = readFileSync(file, 'utf8');
  const times = original.split(text).length - 1;
  if (times !== 1)
    throw new Error(`'${name}': its text must occur exactly once, found ${times} times; update the text`);
  writeFileSync(
    file,
    original.replace(text, () => replacement),
  );
  try {
    return work();
  } finally {
    writeFileSync(file, original);
  }
}

function told(isFound: boolean, by: string, name: string): boolean {
  console.log(`${isFound ? `found by ${by}` : `MISSED by ${by}`}: ${name}`);
  return isFound;
}
