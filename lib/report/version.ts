import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root';

/** The version of this package. */
export function version(): string {
  const root = packageRoot();
  return root === undefined ? 'unknown' : JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}
