// Joins the compiled command into one file, dist/bin/eu-residency.js: a check is to start in a moment, and reading some
// hundred small files takes longer than checking a template. What is loaded only on demand stays so.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

// The loader of configurations brings zod, more than all the rest, and a check without --config never needs it.
const apart = {
  name: 'apart',
  setup(bundle) {
    bundle.onResolve({ filter: /lib\/config\/load(-declarations)?$/ }, ({ path: id }) => ({
      path: id.replace('../../lib', '../lib').concat('.js'),
      external: true,
    }));
  },
};

await build({
  entryPoints: [path.join(root, 'bin/eu-residency.ts')],
  outfile: process.argv[2] ?? path.join(root, 'dist/bin/eu-residency.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  plugins: [apart],
  logLevel: 'warning',
});
