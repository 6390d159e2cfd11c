import { readFileSync } from 'node:fs';
import path from 'node:path';
import { visible } from '../../html/visible';
import { asUnicode, withoutCommands } from '../report/commands';

const NAME = 'cdk-eu-residency';

/** A copy of this package in the process. */
interface Copy {
  /** Its folder, or that of the bundle which contains it. */
  readonly folder: string;
  /** None if it is in a bundle. */
  readonly version?: string;
  /** The package of the bundle. */
  readonly bundledIn?: string;
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
  const copy = copyIn(from);
  copies().set(copy.folder, copy);
}

/** What to do about several copies, in lines; none if there is one. */
export function copyLines(): string[] {
  const all = [...copies().values()];
  if (all.length < 2) return [];
  const places = all.map(({ folder }) => place(folder));
  const lines = all.map((copy) => {
    const short = place(copy.folder);
    const isOnly = places.filter((other) => other === short).length === 1;
    return `  ${labelOf(copy)} in ${isOnly ? short : slashed(path.relative('', copy.folder))}`;
  });
  return [
    `${all.length} copies of ${NAME} are loaded: constructs of one don't know those of another, such as keys and boundaries.`,
    ...lines.map((line) => withoutCommands(visible(line), asUnicode)),
    `  Run 'npm ls ${NAME}' to see what requires each, agree on one version, then run 'npm dedupe'. A library must declare the package under 'peerDependencies'.`,
    ...(all.some(({ version }) => version === undefined)
      ? [`  A bundle has a copy of its own, which npm doesn't list; declare '${NAME}' as external to its bundler.`]
      : []),
  ];
}

/** The copy that is in a folder: the package itself, or a bundle of another package. */
function copyIn(from: string): Copy {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const { name, version } = manifestIn(folder);
    if (name === NAME) return { folder, version };
    // A build writes a `package.json` without a name to declare its type of modules.
    if (name !== undefined || folder === path.dirname(folder)) return { folder: from, bundledIn: name };
  }
}

/** A note must not prevent the package from being loaded, whatever is in a file of that name above it. */
function manifestIn(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) ?? {};
  } catch {
    return {};
  }
}

const labelOf = ({ version, bundledIn }: Copy) =>
  version ?? `unknown version, bundled${bundledIn === undefined ? '' : ` by ${bundledIn}`},`;

/** From the outermost `node_modules` on: what is above it says nothing of how it was installed. */
function place(folder: string): string {
  const [, inside] = /[\\/](node_modules[\\/].*)$/.exec(folder) ?? [];
  return slashed(inside ?? path.basename(folder));
}

const slashed = (folder: string) => folder.replaceAll('\\', '/');
