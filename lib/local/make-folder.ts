import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Creates a folder and those above it that are missing. Node.js does this too, but never ends in a file system that creates no folders at all, such
 * as `/proc`.
 *
 * @param mode of each folder that is created; by default, what the process's mask leaves
 * @throws the system's error with its code, such as `EACCES`, or `EEXIST` if a file is there
 */
export function makeFolder(folder: string, mode?: number): void {
  const target = path.resolve(folder);
  if (isFolder(target)) return;
  const parent = path.dirname(target);
  // A drive that doesn't exist is its own parent.
  if (parent !== target) makeFolder(parent, mode);
  try {
    mkdirSync(target, { mode });
  } catch (error) {
    // Another process may have created it meanwhile.
    if (!isFolder(target)) throw error;
  }
}

const isFolder = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
