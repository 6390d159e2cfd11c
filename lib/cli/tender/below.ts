import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Files as they are named below the given paths, so that an answer shows no folder of this machine. With several paths, a name begins
 * with that of its folder.
 */
export function below(paths: readonly string[]): (file: string) => string {
  const bases = paths.map((given) => {
    const full = path.resolve(given);
    const folder = existsSync(full) && statSync(full).isDirectory() ? full : path.dirname(full);
    return { folder, from: paths.length === 1 ? folder : path.dirname(folder) };
  });
  return (file) => {
    const base = bases.find(({ folder }) => isBelow(path.relative(folder, path.resolve(file))));
    return file === '-' || base === undefined ? file : path.relative(base.from, file).replaceAll(path.sep, '/');
  };
}

const isBelow = (relative: string): boolean => !relative.startsWith('..') && !path.isAbsolute(relative);
