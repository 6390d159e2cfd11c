import { readFileSync } from 'node:fs';
import path from 'node:path';

const { engines, peerDependencies, devDependencies } = JSON.parse(
  readFileSync(path.join(__dirname, '../../package.json'), 'utf8'),
) as Readonly<Record<'engines' | 'peerDependencies' | 'devDependencies', Readonly<Record<string, string>>>>;

/** The versions of a tool that the package is tested with. */
export interface TestedRange {
  readonly name: string;
  readonly lowest: string;
  /** The version that all tests use; for Node.js, the newest one in which `.ci/run` runs the app and the command. */
  readonly newest: string;
}

/** `^2.271.0` and `>=20.19` begin with the lowest version. */
const lowestOf = (range = '') => range.replace(/^\D+/, '');

/** Derived from the manifest, except for the newest Node.js. */
export const TESTED: readonly TestedRange[] = [
  { name: 'Node.js', lowest: lowestOf(engines.node), newest: '24' },
  ...Object.entries(peerDependencies).map(([name, range]) => ({
    name,
    lowest: lowestOf(range),
    newest: devDependencies[name] ?? '',
  })),
];

/** A package in its lowest tested version, as npm takes it. */
export function lowestPackage(name: string): string {
  const found = TESTED.find((tested) => tested.name === name);
  if (found === undefined) throw new Error(`'${name}' is no peer dependency of this package; package.json lists them`);
  return `${name}@${found.lowest}`;
}
