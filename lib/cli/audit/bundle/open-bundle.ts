import { existsSync, statSync } from 'node:fs';
import { UsageError } from '../../shared/usage-error';
import type { Bundle } from './bundle';
import { openFolder } from './folder';

/**
 * Opens a bundle.
 *
 * @throws UsageError if there is none
 */
export function openBundle(path: string): Bundle {
  if (existsSync(path) && statSync(path).isDirectory()) return openFolder(path);
  throw new UsageError('the bundle is no folder; name one that "audit bundle" wrote');
}
