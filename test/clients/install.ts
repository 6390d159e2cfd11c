import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node24 } from '../deploy/harness/node24';

/** A folder that git ignores: the clients are tested, never shipped. */
const LOCAL = path.join(__dirname, '../../.local/clients');

/** Where the commands that run clients are. */
export interface Installed {
  readonly node: string;
  /** The folder of the Node clients' scripts, next to their packages. */
  readonly scripts: string;
  readonly python: Readonly<Record<'openai-2' | 'openai-3', string>>;
}

/** Installs every client at its locked version, once for each content of the locks. */
export async function install(): Promise<Installed> {
  const scripts = nodeClients();
  return {
    node: await node24(),
    scripts,
    python: { 'openai-2': pythonClients('openai-2'), 'openai-3': pythonClients('openai-3') },
  };
}

function nodeClients(): string {
  const files = ['package.json', 'package-lock.json'].map((name) => path.join(__dirname, name));
  const folder = folderOf('node', files, (target) => {
    for (const file of files) cpSync(file, path.join(target, path.basename(file)));
    // Some clients need a newer Node than this process, and are run with one.
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
      cwd: target,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
  // A script finds its packages in the folders above it.
  const scripts = path.join(folder, 'scripts');
  rmSync(scripts, { recursive: true, force: true });
  cpSync(path.join(__dirname, 'node'), scripts, { recursive: true });
  return scripts;
}

function pythonClients(lock: 'openai-2' | 'openai-3'): string {
  const requirements = path.join(__dirname, 'python', `${lock}.txt`);
  const folder = folderOf(`python-${lock}`, [requirements], (target) => {
    execFileSync('python3', ['-m', 'venv', target], { stdio: 'inherit' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
    execFileSync(path.join(target, 'bin/python'), [...pip, '-r', requirements], { stdio: 'inherit' });
  });
  return path.join(folder, 'bin/python');
}

/** The folder for a content of files, which is made if it isn't complete. */
function folderOf(name: string, files: readonly string[], make: (folder: string) => void): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const folder = path.join(LOCAL, `${name}-${hash.digest('hex').slice(0, 12)}`);
  const marker = path.join(folder, 'installed');
  if (!existsSync(marker)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    make(folder);
    writeFileSync(marker, '');
  }
  return folder;
}
