import path from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles a TypeScript file for a process without a loader, in the package's folder, from where it finds its packages. */
export function bundledProcess(entry: string): string {
  const root = path.join(__dirname, '../..');
  const outfile = path.join(root, '.local/processes', path.relative(root, entry).replace(/\W/g, '-').concat('.js'));
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['node-sqlite3-wasm'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}
