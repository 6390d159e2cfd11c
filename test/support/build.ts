import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '../..');
const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts', script), ...args]);

/** Bundles the handlers, and the command into a folder, once before the tests, so that no test uses an old bundle. */
export async function bundle(folder: string): Promise<void> {
  const command = path.join(folder, 'bin/eu-residency.js');
  // In a build, the bundle replaces the compiler's output.
  mkdirSync(path.dirname(command), { recursive: true });
  writeFileSync(command, '');
  await Promise.all([
    run('bundle.mjs', '--if-changed'),
    run('bundle-command.mjs', command),
    build({
      entryPoints: [
        'load',
        'load-facts',
        'load-admitted',
        'load-azure-checks',
        'load-declarations',
        'load-declared-providers',
        'load-profile-rows',
        'write-admitted',
        'write-azure-checks',
        'write-profile-rows',
      ].map((name) => path.join(ROOT, `lib/config/${name}.ts`)),
      outdir: path.join(folder, 'lib/config'),
      bundle: true,
      platform: 'node',
    }),
  ]);
}
