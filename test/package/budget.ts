import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the package may weigh, and how long its handlers may take to be imported: the only place that says it. */

/**
 * The tarball. 0.7 MB of it are the three dependencies, which jsii requires in it, 0.2 MB are the template of the hook, which is compressed already,
 * 0.45 MB are the handlers of open projects, SCIM and the conversion of office files, 0.2 MB are the perimeter of an organization and the reports
 * of several accounts, and 0.04 MB are the page of the evidence with its map.
 */
export const TARBALL_BYTES = 6_030_000;

/** All files in the folder of a bundle, in KiB: what Lambda unpacks, whatever is imported at once. */
export const BUNDLE_KIB: Readonly<Record<string, number>> = {
  conversion: 620,
  egress: 150,
  gateway: 450,
  hook: 430,
  jobs: 820,
  'key-sets': 243,
  members: 439,
  projects: 380,
  scim: 322,
  settings: 387,
  watch: 16,
  workspace: 1_030,
};

/** The import of a bundle in a cold process on Node 20, in milliseconds of a processor on the quiet machine of `reference.ts`. */
export const IMPORT_MS: Readonly<Record<string, number>> = { egress: 35, gateway: 75, workspace: 110 };

/** The command `validate` on the sample, start and end of the process included, in the same milliseconds. */
export const VALIDATE_MS = 500;

/** Where the bundles are built. */
export const BUNDLES = path.join(__dirname, '../../dist/bundles');

/** What a bundle weighs, in KiB. */
export function bundleKib(name: string): number {
  const files = readdirSync(path.join(BUNDLES, name), { recursive: true, withFileTypes: true });
  const bytes = files.map((file) => (file.isFile() ? statSync(path.join(file.parentPath, file.name)).size : 0));
  return bytes.reduce((sum, size) => sum + size, 0) / 1_024;
}
