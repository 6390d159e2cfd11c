import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { BUILT_COMMAND } from './built-command';

const ROOT = path.join(__dirname, '../..');
const run = (script: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts', script), ...args]);

/** Bundles the handlers and the command once before the tests, so that nothing is tested with an old bundle. */
export default async function bundle(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'built-'));
  await Promise.all([
    run('bundle.mjs'),
    run('bundle-command.mjs', path.join(folder, 'bin/eu-residency.js')),
    build({
      entryPoints: ['load', 'load-profile-rows', 'write-profile-rows'].map((name) =>
        path.join(ROOT, `lib/config/${name}.ts`),
      ),
      outdir: path.join(folder, 'lib/config'),
      bundle: true,
      platform: 'node',
    }),
  ]);
  // The tests' processes are started later, with what the environment is then.
  process.env[BUILT_COMMAND] = folder;
}
