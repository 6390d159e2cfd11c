import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

test('bundles of the same files are left as they are, because other processes may be reading them', () => {
  const bundle = path.join(ROOT, 'dist/bundles/gateway/index.mjs');
  const before = statSync(bundle);
  execFileSync(process.execPath, ['scripts/bundle.mjs', '--if-changed'], { cwd: ROOT });
  const { ino, mtimeMs } = statSync(bundle);
  expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs });
});
