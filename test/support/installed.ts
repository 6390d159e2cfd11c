import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder that git ignores: what is in it is used by tests, never shipped. */
const LOCAL = path.join(__dirname, '../../.local');

/**
 * The folder of what a test installs, which is made if it isn't complete, once for each content of the files that lock it.
 *
 * @param name its path below the ignored folder, such as `clients/node`
 */
export function installed(name: string, files: readonly string[], make: (folder: string) => void): string {
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
