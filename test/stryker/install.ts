import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores. */
export const LOCAL = path.join(__dirname, '../../.local/stryker');

const FILES = ['package.json', 'package-lock.json'].map((name) => path.join(__dirname, name));

/** Installs Stryker at its locked version, once for each content of the lock, and returns the folder. */
export function install(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(file));
  const folder = path.join(LOCAL, `installed-${hash.digest('hex').slice(0, 12)}`);
  const marker = path.join(folder, 'installed');
  if (existsSync(marker)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) cpSync(file, path.join(folder, path.basename(file)));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
  writeFileSync(marker, '');
  return folder;
}
