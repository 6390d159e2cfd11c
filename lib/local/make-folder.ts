import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Creates a folder and those above it that are missing. Node.js does this too, but never ends in a file system that creates no folders at all, such
 * as `/proc`.
 *
 * @param mode of each folder that is created; by default, what the process's mask leaves
 * @throws the system's error with its code, such as `EACCES` or `ENOTDIR`
 */
export function makeFolder(folder: string, mode?: number): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(path.dirname(path.resolve(folder)), mode);
  mkdirSync(folder, { mode });
}
