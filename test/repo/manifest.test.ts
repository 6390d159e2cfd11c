import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('the pages of the package are those of its repository, so that one address is set in one place', () => {
  const [, repository] = /^git\+(https:\/\/.+)\.git$/.exec(manifest.repository.url) ?? [];
  expect(manifest.homepage).toBe(`${repository}#readme`);
  expect(manifest.bugs).toEqual({ url: `${repository}/issues` });
});

test('no other file names the repository', () => {
  const { pathname } = new URL(manifest.homepage);
  for (const file of ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md']) {
    expect(read(file)).not.toContain(pathname.slice(1));
  }
});

test('the private report address is set in SECURITY.md, once', () => {
  expect(read('SECURITY.md').match(/^\*\*Private report address:\*\* .+$/gm)).toHaveLength(1);
  expect(manifest.bugs.email).toBeUndefined();
});
