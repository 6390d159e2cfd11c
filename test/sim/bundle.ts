import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROOT = path.join(__dirname, '../..');

/** A change of one file of the code. */
export interface Planted {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * Bundles the simulation into one file. Only what is loaded from there is under the simulated clock, so the libraries are in it too.
 *
 * @throws when the text to replace isn't in the file exactly once
 */
export async function bundle(outfile: string, planted?: Planted): Promise<void> {
  await build({
    entryPoints: [path.join(__dirname, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // It loads a file next to itself.
    external: ['node-sqlite3-wasm'],
    logLevel: 'error',
    plugins: planted === undefined ? [] : [planting(planted)],
    tsconfig: path.join(ROOT, 'tsconfig.json'),
  });
}

const planting = ({ file, find, replace }: Planted): Plugin => ({
  name: 'planted-mistake',
  setup: (plugin) => {
    plugin.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
      if (loaded !== path.join(ROOT, file)) return undefined;
      const text = readFileSync(loaded, 'utf8');
      if (text.split(find).length !== 2) throw new Error(`'${find}' must be in ${file} exactly once`);
      return { contents: text.replace(find, () => replace), loader: 'ts' };
    });
  },
});
