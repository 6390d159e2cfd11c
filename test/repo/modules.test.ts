import { builtinModules } from 'node:module';
import path from 'node:path';
import { type Imports, importsOf, SOURCES, specifiersIn } from '@/scripts/modules/imports';
import { MODULES, moduleOf } from '@/scripts/modules/modules';

const IMPORTS = new Map<string, Imports>(SOURCES.map((file) => [file, importsOf(file)]));
const importsFrom = (file: string): Imports => IMPORTS.get(file) ?? { files: [], packages: [] };

const isBuiltin = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
/** Modules that decide without access to files, the clock or the network. */
const PURE = ['lib/facts', 'lib/boundary'];

test('every file belongs to a module', () => {
  expect(SOURCES.filter((file) => moduleOf(file) === undefined)).toEqual([]);
});

test('every module stands below all that it may import', () => {
  const above = (index: number) => MODULES.slice(0, index).map((module) => module.path);
  const upward = MODULES.flatMap((module, index) =>
    module.uses.filter((used) => !above(index).includes(used)).map((used) => `${module.path} -> ${used}`),
  );
  expect(upward).toEqual([]);
});

test.each(MODULES.map(({ path: name }) => name))('%s imports only modules above it', (name) => {
  const { uses, packages = [] } = MODULES.find((module) => module.path === name) as (typeof MODULES)[number];
  const isAllowedPackage = (id: string) =>
    isBuiltin(id) ? !PURE.includes(name) : packages.some((pattern) => pattern.test(id));
  const violations = SOURCES.filter((file) => moduleOf(file)?.path === name).flatMap((file) => {
    const found = importsFrom(file);
    const files = found.files.filter((target) => ![name, ...uses].includes(moduleOf(target)?.path ?? ''));
    return [...files, ...found.packages.filter((id) => !isAllowedPackage(id))].map((id) => `${file} -> ${id}`);
  });
  expect(violations).toEqual([]);
});

/** Generated data and its types count as one folder. */
const folderOf = (file: string) => (file.startsWith('lib/facts/') ? 'lib/facts' : path.posix.dirname(file));

/** Folders that import each other, directly or through other folders. */
function circles(): string[] {
  const edges = new Map<string, Set<string>>();
  for (const file of SOURCES) {
    for (const target of importsFrom(file).files) {
      const [from, to] = [folderOf(file), folderOf(target)];
      if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const reachable = (from: string): Set<string> => {
    const seen = new Set<string>();
    const visit = (folder: string) => {
      for (const next of edges.get(folder) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        visit(next);
      }
    };
    visit(from);
    return seen;
  };
  return [...edges.keys()].filter((folder) => reachable(folder).has(folder)).sort();
}

test('imports between folders go one way, within a module too', () => {
  expect(circles()).toEqual([]);
});

/** A file, and every file that it imports, directly or through others. */
function closureOf(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    importsFrom(file).files.forEach(visit);
  };
  visit(entry);
  return seen;
}

/** Every package that a file needs, directly or through the files that it imports. */
function packagesOf(entry: string): string[] {
  const names = [...closureOf(entry)].flatMap((file) => importsFrom(file).packages);
  return [...new Set(names)].filter((name) => !isBuiltin(name)).sort();
}

test('the command imports neither aws-cdk-lib nor cdk-nag', () => {
  const needed = packagesOf('bin/eu-residency.ts');
  expect(needed.filter((name) => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(name))).toEqual([]);
});

test('the public API reaches the contract, but none of its schemas', () => {
  const files = [...closureOf('lib/index.ts')].filter((file) => file.startsWith('lib/contract/'));
  expect(files).toContain('lib/contract/policies/gateway-policy.ts');
  expect(files.filter((file) => file.startsWith('lib/contract/schemas/'))).toEqual([]);
  expect(packagesOf('lib/index.ts')).not.toContain('zod/mini');
});

test('only the entry for cdk-nag imports cdk-nag', () => {
  expect(packagesOf('lib/index.ts')).not.toContain('cdk-nag');
  expect(packagesOf('lib/nag.ts')).toContain('cdk-nag');
});

test('imports of every form are found, and text that looks like an import is not', () => {
  const code = `
    import a from './a'; import type { B } from './b'; export * from './c'; export { d } from './d';
    const e = require('./e'); const f = import('./f'); type G = import('./g').G; import h = require('./h');
    declare module './i' { interface I { j: true } }
    // import x from './comment'
    const text = "from './string'"; export const own = 1;`;
  expect(specifiersIn(code)).toEqual(['./a', './b', './c', './d', './e', './f', './g', './h', './i']);
});
