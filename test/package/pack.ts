import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './run';

export const ROOT = path.join(__dirname, '../..');

/** Packs the latest build as it would be published, and returns the path of the tarball. */
export function pack(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  run(ROOT, 'npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
  return path.join(folder, readdirSync(folder)[0] ?? '');
}
