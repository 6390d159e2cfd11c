import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores: packages in it are measured, never shipped. */
const LOCAL = path.join(__dirname, '../.local');

/**
 * Installs an npm package at one version, and returns its folder.
 *
 * @param overrides versions of its dependencies, if newer versions in its own ranges break it
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

/** Installs Python packages at fixed versions in their own environment, and returns its folder of commands. */
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
