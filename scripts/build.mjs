// Builds the package when something that it is built from has changed since the last build.
//
//   node scripts/build.mjs            build if needed
//   node scripts/build.mjs --always   build
//   node scripts/build.mjs --config   build if needed, and check the app's configuration first, which takes a second
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedInputs, digestsOf, lastBuild, noteBuild } from './build-inputs.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const COMPILER = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const has = (flag) => process.argv.includes(flag);

/** Runs a script of the package; its failure is the build's. */
function run(...args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function build(changed, digests) {
  const why = lastBuild(root) === undefined ? "it isn't built yet" : `${changed.join(', ') || 'nothing'} changed`;
  if (process.stderr.isTTY) console.error(`building the package (${why}) ...`);
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  run(COMPILER, '-p', 'tsconfig.build.json');
  run('scripts/bundle.mjs');
  run('scripts/bundle-command.mjs');
  noteBuild(root, digests);
}

const digests = digestsOf(root);
const changed = changedInputs(root, digests);
if (changed.length > 0 || has('--always')) {
  if (existsSync(COMPILER)) {
    // A mistake in the configuration is found in a tenth of the time that a build takes.
    if (has('--config')) run('--import', 'tsx', 'scripts/check-config.ts');
    build(changed, digests);
  } else {
    console.error("the package isn't built, because its development dependencies aren't installed; run: npm ci");
    // `npm ci --omit=dev` is complete all the same.
    if (process.env.npm_lifecycle_event !== 'dependencies') process.exitCode = 1;
  }
}
