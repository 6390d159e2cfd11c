import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A copy of this package in the process. */
interface Copy {
  readonly name: string;
  readonly version: string;
  /** Its folder. */
  readonly folder: string;
}

/** Shared by all copies, of any version: a symbol of the process, and plain data. */
const COPIES = Symbol.for('cdk-eu-residency.copies');

/** Every copy of the package that the process has loaded, by folder. */
function copies(): Map<string, Copy> {
  const shared = globalThis as { [COPIES]?: Map<string, Copy> };
  shared[COPIES] ??= new Map();
  return shared[COPIES];
}

/** Notes that a copy is loaded. */
export function noteCopy(from: string = __dirname): void {
  const folder = packageFolder(from);
  if (folder === undefined) return;
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  copies().set(folder, { name, version, folder });
}

/** What to do about several copies, in lines; none if there is one. */
export function copyLines(): string[] {
  const all = [...copies().values()];
  const [first] = all;
  if (first === undefined || all.length < 2) return [];
  return [
    `${all.length} copies of ${first.name} are loaded: constructs of one don't know those of another, such as keys and boundaries.`,
    ...all.map(({ version, folder }) => `  ${version} in ${place(folder)}`),
    `  Run 'npm ls ${first.name}' to see what requires each, agree on one version, then run 'npm dedupe'. A library must declare the package under 'peerDependencies'.`,
  ];
}

/** The nearest folder above with a `package.json`; none in a bundle of the app's own. */
function packageFolder(from: string): string | undefined {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const above = path.dirname(from);
  return above === from ? undefined : packageFolder(above);
}

/** From the outermost `node_modules` on: what is above it says nothing of how it was installed. */
function place(folder: string): string {
  const [, inside] = /[\\/](node_modules[\\/].*)$/.exec(folder) ?? [];
  return (inside ?? path.basename(folder)).replaceAll('\\', '/');
}
