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

test('the lock file contains no registry address', () => {
  expect(Object.values<{ resolved?: string }>(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual(
    [],
  );
});

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = lock.packages[''];
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/);
});
