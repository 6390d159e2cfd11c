import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { marksIn } from './marks';

/** Every canary in the names and contents of the files below a folder. */
export function marksBelow(folder: string): string[] {
  return filesBelow(folder).flatMap((file) => [
    ...marksIn(file).map((found) => `name of ${file}: ${found}`),
    ...marksIn(readFileSync(path.join(folder, file))).map((found) => `${file}: ${found}`),
  ]);
}

/** The files below a folder, by their paths within it. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
