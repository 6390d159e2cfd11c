import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('homepage and bugs derive from the repository address, so that it is set in one place', () => {
  const [, repository] = /^git\+(https:\/\/.+)\.git$/.exec(manifest.repository.url) ?? [];
  expect(manifest.homepage).toBe(`${repository}#readme`);
  expect(manifest.bugs).toEqual({ url: `${repository}/issues` });
});

test('npm runs no script of the package where it is installed, also from a tarball, and asks users to review none', () => {
  // Version 11 lists those of a tarball that it would run in the folder of the package.
  const events = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
  expect(Object.keys(manifest.scripts).filter((name) => events.includes(name))).toEqual([]);
  expect(manifest.scripts.dependencies).toBe('node scripts/build.mjs');
});

test('no other file contains the repository address', () => {
  const { pathname } = new URL(manifest.homepage);
  for (const file of ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md']) {
    expect(read(file)).not.toContain(pathname.slice(1));
  }
});

test('the private report address is set exactly once, in SECURITY.md', () => {
  expect(read('SECURITY.md').match(/^\*\*Private report address:\*\* .+$/gm)).toHaveLength(1);
  expect(manifest.bugs.email).toBeUndefined();
});
