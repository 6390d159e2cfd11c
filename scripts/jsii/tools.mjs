// Installs jsii's tools as their lock file has them, once for each content of it, into a folder that git ignores: only a release
// and `npm run test:languages` need them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const LOCAL = path.join(here, '../../.local/jsii');
const FILES = ['package.json', 'package-lock.json'].map((name) => path.join(here, name));

/** The folder of the installed tools. */
export function installTools() {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(file));
  const folder = path.join(LOCAL, `tools-${hash.digest('hex').slice(0, 12)}`);
  const marker = path.join(folder, 'installed');
  if (existsSync(marker)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(file, path.join(folder, path.basename(file)));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(marker, '');
  return folder;
}

/**
 * Runs one of the tools, and returns its output.
 *
 * @throws with the output, if it fails
 */
export function runTool(name, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(
    path.join(installTools(), 'node_modules/.bin', name),
    args,
    // It prints a page about Node 20, which the package supports.
    { cwd, encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' } },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}\n${stderr}`);
  return `${stdout}\n${stderr}`;
}
