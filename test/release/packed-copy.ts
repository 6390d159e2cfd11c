import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../package/pack';
import { cleanCopy } from './clean-copy';

/** How the machine of a build differs from another's. */
export interface Machine {
  /** The folder of the clone. */
  readonly folder: string;
  readonly umask: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Builds and packs a clean copy, and returns the folder, in which the tarball is `cdk-eu-residency-VERSION.tgz`. */
export async function packedCopy({ folder, umask, env }: Machine): Promise<string> {
  // On the same disk as the installed packages, because hard links need that.
  mkdirSync(path.join(ROOT, '.local'), { recursive: true });
  const parent = mkdtempSync(path.join(ROOT, '.local', 'release-'));
  const copy = path.join(parent, folder);
  cleanCopy(copy);
  await promisify(execFile)('sh', ['-c', `umask ${umask} && npm pack --pack-destination "$PWD/.."`], {
    cwd: copy,
    env: { ...ownEnvironment(), ...env },
    maxBuffer: 2 ** 26,
  });
  const [tarball = ''] = readdirSync(path.dirname(copy)).filter((name) => name.endsWith('.tgz'));
  return path.join(path.dirname(copy), tarball);
}

/** Without the settings of the npm script and the test that run this. */
const ownEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|JEST_|NODE_ENV$|CDK_)/.test(name)));
