import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** The paths of the command line, and the globs that match nothing. */
export interface ExpandedPaths {
  readonly paths: readonly string[];
  readonly empty: readonly string[];
}

const WILDCARD = /[*?[\]{}!]/;

/**
 * Expands globs that the shell hasn't expanded. A folder that matches a glob counts if it is a cloud assembly; a path that
 * is named twice is read once.
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

/** Exceptions and baselines name files relative to the working folder, so an absolute path below it is made relative. */
function fromHere(file: string): string {
  const below = path.relative(process.cwd(), file);
  return !path.isAbsolute(file) || below === '' || below.startsWith('..') || path.isAbsolute(below) ? file : below;
}

/** A path that can't be inspected counts too, so that reading it reports the reason. */
function isInput(file: string): boolean {
  try {
    if (statSync(file).isFile()) return true;
  } catch {
    return true;
  }
  return ['manifest.json', 'manifest.json.withheld'].some((name) => existsSync(path.join(file, name)));
}
