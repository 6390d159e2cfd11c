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
