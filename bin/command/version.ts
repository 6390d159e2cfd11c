import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root';

/** The version of this package. */
export const version = (): string => JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')).version;
