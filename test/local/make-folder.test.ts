import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '@/lib/local/make-folder';

const root = mkdtempSync(path.join(tmpdir(), 'make-folder-'));

test('each missing folder is created, with its mode', () => {
  makeFolder(path.join(root, 'a/b/c'), 0o700);
  for (const folder of ['a', 'a/b', 'a/b/c']) expect(statSync(path.join(root, folder)).mode & 0o777).toBe(0o700);
  expect(() => makeFolder(path.join(root, 'a/b/c'))).not.toThrow();
});

test('a relative path is of the working folder', () => {
  expect(() => makeFolder('.')).not.toThrow();
});

test('a folder above one that is missing is the folder that the path means', () => {
  makeFolder(path.join(root, 'none', '..', 'there'));
  makeFolder(`${root}/none/../too`);
  expect(statSync(path.join(root, 'too')).isDirectory()).toBe(true);
});

test('a file in the way is an error of the system', () => {
  writeFileSync(path.join(root, 'file'), '');
  expect(() => makeFolder(path.join(root, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(path.join(root, 'file/below'))).toThrow(/EEXIST|ENOTDIR/);
});

// Node.js itself tries for ever there.
test('a file system that creates no folders is an error of the system', () => {
  expect(() => makeFolder('/proc/none/below')).toThrow(/ENOENT|EROFS|EACCES/);
});
