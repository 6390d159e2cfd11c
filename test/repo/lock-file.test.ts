import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));

test('the lock file contains the packages of every platform, so that npm ci accepts it everywhere', () => {
  expect(() =>
    execFileSync(process.execPath, [path.join(ROOT, 'scripts/lock-platforms.mjs'), '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});

test.each([
  'package-lock.json',
  'scripts/jsii/package-lock.json',
  'test/browser/package-lock.json',
  'test/clients/package-lock.json',
  'test/languages/package-lock.json',
  'test/model/tools/package-lock.json',
  'test/perimeter-proof/solver/package-lock.json',
  'test/stryker/package-lock.json',
])('%s contains no registry address', (file) => {
  const { packages } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
  const entries = Object.values<{ resolved?: string }>(packages);
  expect(entries.length).toBeGreaterThan(2);
  expect(entries.filter((entry) => entry.resolved !== undefined)).toEqual([]);
});

test.each([
  'test/clients/python/openai-2.txt',
  'test/clients/python/openai-3.txt',
  'test/languages/python/requirements.txt',
])('%s contains exact versions with hashes, and no registry address', (file) => {
  const lines = readFileSync(path.join(ROOT, file), 'utf8').trimEnd().split('\n');
  expect(lines.filter((line) => !/^([\w.-]+==\S+| {4}--hash=sha256:[0-9a-f]{64})( \\)?$/.test(line))).toEqual([]);
});

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = lock.packages[''];
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/);
});

/** Development dependencies that run a script when they are installed, with what it does. No user installs them. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  '@parcel/watcher': 'compiles its native code if npm is told to; jest watches files with it',
  '@swc/core': 'installs a WebAssembly build if no package has the native one for the platform',
  'classic-level': 'compiles its native code if it has none for the platform; dynalite stores with it',
  esbuild: 'checks its native program, and downloads it if no package has it for the platform',
};

test('no dependency of a user has an install script, and each of the others is known', () => {
  interface Entry {
    readonly dev?: boolean;
    readonly hasInstallScript?: boolean;
  }
  const scripted = Object.entries<Entry>(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripted.filter(([, { dev }]) => !dev)).toEqual([]);
  const names = scripted.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect([...new Set(names)].sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
});
