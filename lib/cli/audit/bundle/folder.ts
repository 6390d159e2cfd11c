import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../shared/usage-error';
import { type Bundle, isFileName, tooLarge } from './bundle';

/** Far more than a year of an account has. A forged folder could have any number. */
const MOST_ENTRIES = 5_000_000;

/**
 * A bundle that is a folder.
 *
 * @throws UsageError if it has something else than files with names of a bundle
 */
export function openFolder(root: string): Bundle {
  const files = filesBelow(root);
  const names = new Set(files);
  return {
    files: files.sort(),
    has: (file) => names.has(file),
    read: (file, most) => {
      const target = path.join(root, file);
      if (statSync(target).size > most) throw tooLarge(most);
      return readFileSync(target);
    },
    stream: (file) => createReadStream(path.join(root, file)),
  };
}

/** The files of a folder and of those below it. A link is refused before it is followed: it could lead anywhere, also back. */
function filesBelow(root: string): string[] {
  const files: string[] = [];
  const folders = [''];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}${entry.name}`;
      entries += 1;
      if (entries > MOST_ENTRIES) {
        throw new UsageError(`the bundle has more than ${MOST_ENTRIES} entries; make one of a shorter period`);
      }
      if (!(entry.isDirectory() || entry.isFile()) || !isFileName(name)) {
        throw new UsageError(
          `${root}: one of its entries is a link, or has a name that no file of a bundle has; use the folder as 'audit bundle' wrote it`,
        );
      }
      if (entry.isDirectory()) folders.push(`${name}/`);
      else files.push(name);
    }
  }
  return files;
}
