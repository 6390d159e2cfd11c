import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Installed, inOrder, installedAt, ROOT } from './installed';

/** A published file that contains code of other packages. */
export interface Bundle {
  readonly name: string;
  /** From the root of the package. */
  readonly file: string;
  readonly isLambda: boolean;
  /** The packages whose code is in it, in order of name and version. */
  readonly packages: readonly Installed[];
}

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { bytesInOutput: number }>> }>>;
}

const readJson = (...parts: string[]) => JSON.parse(readFileSync(path.join(...parts), 'utf8'));

/** What the last build bundled, by esbuild's own lists, in order of name. */
export function bundles(): Bundle[] {
  const meta = path.join(ROOT, 'dist/meta');
  if (!existsSync(meta)) throw new Error("dist/meta doesn't exist, so the bundles are unknown; run: npm run build");
  return readdirSync(meta)
    .sort()
    .map((file) => bundleOf(path.basename(file, '.json'), readJson(meta, file)));
}

function bundleOf(name: string, { outputs }: Metafile): Bundle {
  const [[file, { inputs }] = ['', { inputs: {} }], ...others] = Object.entries(outputs);
  if (others.length > 0) throw new Error(`dist/meta/${name}.json lists ${1 + others.length} files, expected 1`);
  const places = Object.entries(inputs).flatMap(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? placeOf(input) : [],
  );
  const packages = inOrder([...new Set(places)].map(installedAt));
  return { name, file, isLambda: file.startsWith('dist/bundles/'), packages };
}

/** The place in the lock file that a bundled file is from; none for code of this package. */
function placeOf(input: string): string[] {
  const [place] = /(?<=^|\/)node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
  return place === undefined ? [] : [place];
}
