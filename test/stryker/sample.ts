import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SEED = 'stryker-1';

interface Chosen {
  readonly keys: readonly string[];
  /** The number of mutants from which they were chosen. */
  readonly from: number;
}

/**
 * A sample of the mutants of a folder, the same for the same code: the mutants whose hash, together with a seed, is the lowest. A change of
 * one file hardly changes which mutants of the other files are chosen.
 */
export async function sampleOf(code: string, size: number, installed: string): Promise<Chosen> {
  const keys = await keysOf(code, installed);
  const hash = (key: string) => createHash('sha256').update(`${SEED} ${key}`).digest('hex');
  const order = new Map(keys.map((key) => [key, hash(key)]));
  const sorted = [...keys].sort((a, b) => ((order.get(a) ?? '') < (order.get(b) ?? '') ? -1 : 1));
  return { keys: sorted.slice(0, size), from: keys.length };
}

/** The keys of all mutants of a folder, from Stryker's own instrumenter. */
async function keysOf(code: string, installed: string): Promise<string[]> {
  const { Instrumenter } = await load(
    path.join(installed, 'node_modules/@stryker-mutator/instrumenter/dist/src/index.js'),
  );
  const { keyOf } = await load(path.join(__dirname, 'sample-checker.mjs'));
  const files = readdirSync(code, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.resolve(code, file))
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { mutants } = await new Instrumenter(SILENT).instrument(files, options);
  return mutants.map(keyOf);
}

const load = (file: string) => import(pathToFileURL(file).href);

const SILENT = { debug: () => {}, info: () => {}, isDebugEnabled: () => false };
