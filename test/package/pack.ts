import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './run';

export const ROOT = path.join(__dirname, '../..');

/** The package as it would be published, of what was built last: the path of its tarball. */
export function pack(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  run(ROOT, 'npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
  return path.join(folder, readdirSync(folder)[0] ?? '');
}
