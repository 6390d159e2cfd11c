// What the build reads, by content: a checkout or a copy can give a changed file an older time.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The lock file stands for the installed packages, which the bundles hold. */
const INPUTS = ['bin', 'lib', 'scripts', 'package-lock.json', 'package.json', 'tsconfig.build.json', 'tsconfig.json'];

const stampOf = (root) => path.join(root, 'dist', 'built-from.json');

/** The digest of each input, by its name. */
export const digestsOf = (root) => Object.fromEntries(INPUTS.map((name) => [name, digestOf(root, name)]));

/** The inputs that aren't as they were at the last build; all of them if no build came to its end. */
export function changedInputs(root, now) {
  const before = lastBuild(root);
  return INPUTS.filter((name) => now[name] !== before?.[name]);
}

/** What the last build was made from; none if none came to its end. */
export function lastBuild(root) {
  try {
    return JSON.parse(readFileSync(stampOf(root), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Notes that a build came to its end. */
export function noteBuild(root, digests) {
  mkdirSync(path.dirname(stampOf(root)), { recursive: true });
  writeFileSync(stampOf(root), `${JSON.stringify(digests, undefined, 2)}\n`);
}

/** The digest of several inputs together. */
export const digestOfInputs = (root, names) =>
  createHash('sha256')
    .update(names.map((name) => digestOf(root, name)).join())
    .digest('hex');

function digestOf(root, name) {
  const hash = createHash('sha256');
  for (const file of filesOf(root, name)) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesOf(root, name) {
  if (statSync(path.join(root, name)).isFile()) return [name];
  return readdirSync(path.join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
