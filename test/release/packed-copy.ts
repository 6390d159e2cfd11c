import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cleanCopy } from './clean-copy';

/** How the machine of a build differs from another's. */
export interface Machine {
  /** The folder of the clone. */
  readonly folder: string;
  readonly umask: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Builds and packs a clean copy in a folder of its own below `work`, and returns the path of the tarball. */
export async function packedCopy(work: string, { folder, umask, env }: Machine): Promise<string> {
  const copy = path.join(work, folder);
  cleanCopy(copy);
  const destination = mkdtempSync(path.join(work, 'tarball-'));
  await promisify(execFile)('sh', ['-c', `umask ${umask} && npm pack --pack-destination '${destination}'`], {
    cwd: copy,
    env: { ...ownEnvironment(), ...env },
    maxBuffer: 2 ** 26,
  });
  return path.join(destination, readdirSync(destination)[0] ?? '');
}

/** Without the settings of the npm script and the test that run this. */
const ownEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|JEST_|NODE_ENV$|CDK_)/.test(name)));
