import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshFolder } from '@/test/guard/cdk/fresh-folder';

const MODULE = pathToFileURL(path.join(__dirname, '../../scripts/build-inputs.mjs')).href;
const FILES = {
  bin: 'bin/app.ts',
  lib: 'lib/guard/rules/index.ts',
  scripts: 'scripts/bundle.mjs',
  'package-lock.json': 'package-lock.json',
  'package.json': 'package.json',
};

const run = (root: string, code: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', `import * as build from '${MODULE}'; ${code}`, root], {
    encoding: 'utf8',
  });

const recordBuild = (root: string) =>
  run(root, 'const [, root] = process.argv; build.noteBuild(root, build.digestsOf(root));');
const changed = (root: string): string[] =>
  JSON.parse(
    run(
      root,
      'const [, root] = process.argv; console.log(JSON.stringify(build.changedInputs(root, build.digestsOf(root))));',
    ),
  );

/** A package directly after a build. */
function builtPackage(): string {
  const root = freshFolder();
  for (const file of [...Object.values(FILES), 'tsconfig.json', 'tsconfig.build.json', 'residency.yaml']) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), `${file}\n`);
  }
  recordBuild(root);
  return root;
}

test('an unchanged package needs no build', () => {
  expect(changed(builtPackage())).toEqual([]);
});

test.each(Object.entries(FILES))('a changed byte in %s needs a build, even if its time is older', (input, file) => {
  const root = builtPackage();
  appendFileSync(path.join(root, file), ' ');
  utimesSync(path.join(root, file), new Date(0), new Date(0));
  expect(changed(root)).toEqual([input]);
});

test('a checkout of another version needs a build, whatever the times of its files', () => {
  const root = builtPackage();
  const other = freshFolder();
  cpSync(root, other, { recursive: true, preserveTimestamps: true });
  writeFileSync(path.join(other, FILES.lib), 'another version\n');
  cpSync(path.join(other, 'lib'), path.join(root, 'lib'), { recursive: true, preserveTimestamps: true });
  expect(changed(root)).toEqual(['lib']);
});

test.each([
  ['is added', (root: string) => writeFileSync(path.join(root, 'lib/new.ts'), '')],
  ['is removed', (root: string) => rmSync(path.join(root, FILES.lib))],
])('a file of lib that %s needs a build', (_, change) => {
  const root = builtPackage();
  change(root);
  expect(changed(root)).toEqual(['lib']);
});

test('a change of the configuration needs no build', () => {
  const root = builtPackage();
  writeFileSync(path.join(root, 'residency.yaml'), 'changed\n');
  expect(changed(root)).toEqual([]);
});

test('an incomplete build is repeated', () => {
  const root = builtPackage();
  rmSync(path.join(root, 'dist'), { recursive: true });
  expect(changed(root)).toHaveLength(7);
});
