import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores: what is installed here is measured, never shipped. */
const LOCAL = path.join(__dirname, '../.local');

/**
 * Installs a package of npm at one version, and returns its folder.
 *
 * @param overrides versions of what it depends on, where its own ranges have broken it since
 */
export function nodePeer(name: string, version: string, overrides: Readonly<Record<string, string>> = {}): string {
  const folder = path.join(LOCAL, 'peers', `${name.replace(/\W+/g, '-')}-${version}`);
  const installed = path.join(folder, 'node_modules', name);
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
    execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--legacy-peer-deps', `${name}@${version}`], {
      cwd: folder,
      stdio: 'pipe',
    });
  }
  return installed;
}

/** Installs Python packages at their versions in an environment of their own, and returns its folder of commands. */
export function pythonPeers(requirements: readonly string[]): string {
  const folder = path.join(LOCAL, `python-${requirements.join('-').replace(/[^\w.]+/g, '-')}`);
  const commands = path.join(folder, 'bin');
  const done = path.join(folder, 'installed');
  if (!existsSync(done)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
    execFileSync(path.join(commands, 'pip'), ['install', '--quiet', ...requirements], { stdio: 'pipe' });
    writeFileSync(done, '');
  }
  return commands;
}
