import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** The new name of a withheld manifest: people can still read it, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/**
 * Makes the cloud assembly in a folder, and the nested ones in it, undeployable, whichever run wrote them.
 *
 * @returns whether there was one
 */
export function withholdAssembly(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const manifest = path.join(folder, 'manifest.json');
  const isThere = existsSync(manifest);
  if (isThere) renameSync(manifest, path.join(folder, WITHHELD));
  const nested = readdirSync(folder).filter((name) => name.startsWith('assembly-'));
  return nested.map((name) => withholdAssembly(path.join(folder, name))).includes(true) || isThere;
}
