import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './children';
import { LOCAL } from './folders';

const VERSION = '24.9.0';

/** The path of the Node version that the functions are deployed for: this process's own, if it is a Node 24. */
export async function node24(): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(LOCAL, `node-${VERSION}`);
  const executable = path.join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(executable)) {
    const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${VERSION}`];
    const { code, output } = await run('npm', args);
    if (code !== 0) throw new Error(`Node ${VERSION} can't be installed; run the test with Node 24\n${output}`);
  }
  return executable;
}
