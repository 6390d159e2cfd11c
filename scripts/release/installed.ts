import { readFileSync } from 'node:fs';
import path from 'node:path';

/** An npm package, in the version that the lock file names and that is installed here. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its manifest. */
  readonly license: string;
  /** SHA-512 of its tarball in hexadecimal. */
  readonly sha512: string;
  /** In the lock file, such as `node_modules/zod`. */
  readonly place: string;
}

interface LockEntry {
  readonly version: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export const ROOT = path.join(__dirname, '../..');
const FOLDER = 'node_modules/';

const readJson = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

const LOCK: Readonly<Record<string, LockEntry>> = readJson('package-lock.json').packages;

/** The package at a place of the lock file. */
export function installedAt(place: string): Installed {
  const { name, version, license } = readJson(`${place}/package.json`);
  const entry = LOCK[place];
  if (entry?.version !== version || entry?.integrity === undefined) {
    throw new Error(`${place} has version ${version}; package-lock.json has ${entry?.version ?? 'none'}; run: npm ci`);
  }
  if (typeof license !== 'string') {
    throw new Error(`${place}/package.json names no license, so a bundle can't contain it; bundle another package`);
  }
  return { name, version, license, sha512: hexOf(entry.integrity, place), place };
}

/** The runtime dependencies of this package, and all that they depend on. */
export function runtimePackages(): Installed[] {
  const found = new Map<string, Installed>();
  const add = (place: string) => {
    for (const each of dependenciesOf(place)) {
      if (found.has(each.place)) continue;
      found.set(each.place, each);
      add(each.place);
    }
  };
  add('');
  return inOrder([...found.values()]);
}

/** The packages that the one at a place depends on directly; `''` is this package. */
export const dependenciesOf = (place: string): Installed[] =>
  Object.keys(LOCK[place]?.dependencies ?? {}).map((name) => installedAt(resolve(place, name)));

/** As Node.js looks it up: in the closest folder that has it. */
function resolve(from: string, name: string): string {
  for (let above = from; ; above = above.slice(0, Math.max(above.lastIndexOf(`/${FOLDER}`), 0))) {
    const place = `${above}${above === '' ? '' : '/'}${FOLDER}${name}`;
    if (LOCK[place]) return place;
    if (above === '')
      throw new Error(`package-lock.json has no entry for '${name}', a dependency of '${from}'; run: npm ci`);
  }
}

function hexOf(integrity: string, place: string): string {
  const [, sha512] = /^sha512-([\w+/]+={0,2})$/.exec(integrity) ?? [];
  if (sha512 === undefined) throw new Error(`package-lock.json: the integrity of ${place} isn't one SHA-512`);
  return Buffer.from(sha512, 'base64').toString('hex');
}

/** `zod@4.6.7`, which names a package exactly. */
export const keyOf = ({ name, version }: Pick<Installed, 'name' | 'version'>) => `${name}@${version}`;

/** Each package once, by code unit: the locale of a machine changes nothing. */
export function inOrder(packages: readonly Installed[]): Installed[] {
  const byKey = new Map(packages.map((each) => [keyOf(each), each]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
