import { createReadStream, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../shared/usage-error';
import { type Bundle, isFileName, tooLarge } from './bundle';

/**
 * A bundle that is a folder.
 *
 * @throws UsageError if it has something else than files with names of a bundle
 */
export function openFolder(root: string): Bundle {
  const files: string[] = [];
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const name = entry.split(path.sep).join('/');
    const stat = lstatSync(path.join(root, entry));
    if (stat.isDirectory()) continue;
    if (!stat.isFile() || !isFileName(name)) {
      throw new UsageError(
        `${root}: one of its entries is a link, or has a name that no file of a bundle has; use the folder as 'audit bundle' wrote it`,
      );
    }
    files.push(name);
  }
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
