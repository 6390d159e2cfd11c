import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** The paths of the command line, and the globs that fit nothing. */
export interface ExpandedPaths {
  readonly paths: readonly string[];
  readonly empty: readonly string[];
}

const WILDCARD = /[*?[\]{}!]/;

/**
 * Expands globs that the shell has left alone. A folder that a glob fits counts if it is a cloud assembly; what is named
 * twice is read once.
 */
export function expandPaths(given: readonly string[]): ExpandedPaths {
  const paths = new Map<string, string>();
  const add = (file: string) => paths.set(file === '-' ? file : path.resolve(file), fromHere(file));
  const empty: string[] = [];
  for (const text of given) {
    if (text === '-' || !WILDCARD.test(text) || existsSync(text)) {
      if (!paths.has(text === '-' ? text : path.resolve(text))) add(text);
      continue;
    }
    const { globSync } = require('tinyglobby') as typeof import('tinyglobby');
    const found = globSync(text.replaceAll('\\', '/'), {
      onlyFiles: false,
      expandDirectories: false,
      ignore: ['**/node_modules/**'],
    });
    const inputs = found.map((file) => file.replace(/\/$/, '')).filter(isInput);
    if (inputs.length === 0) empty.push(text);
    for (const file of inputs.sort()) if (!paths.has(path.resolve(file))) add(file);
  }
  return { paths: [...paths.values()], empty };
}

/** Exceptions and baselines name files from the working folder, so an absolute path below it is told the same way. */
function fromHere(file: string): string {
  const below = path.relative(process.cwd(), file);
  return !path.isAbsolute(file) || below === '' || below.startsWith('..') || path.isAbsolute(below) ? file : below;
}

/** What can't be looked at counts as well, so that reading it names why. */
function isInput(file: string): boolean {
  try {
    if (statSync(file).isFile()) return true;
  } catch {
    return true;
  }
  return ['manifest.json', 'manifest.json.withheld'].some((name) => existsSync(path.join(file, name)));
}
