import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node24 } from '../deploy/harness/node24';
import { installed } from '../support/installed';

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
  const folder = installed('clients/node', files, (target) => {
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
  const folder = installed(`clients/python-${lock}`, [requirements], (target) => {
    execFileSync('python3', ['-m', 'venv', target], { stdio: 'inherit' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
    execFileSync(path.join(target, 'bin/python'), [...pip, '-r', requirements], { stdio: 'inherit' });
  });
  return path.join(folder, 'bin/python');
}
