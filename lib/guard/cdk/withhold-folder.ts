import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** The new name of a withheld manifest: people can still read it, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/** Makes the cloud assembly in a folder, and the nested ones in it, undeployable, whichever run wrote them. */
export function withholdAssembly(folder: string): void {
  if (!existsSync(folder)) return;
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) renameSync(manifest, path.join(folder, WITHHELD));
  for (const name of readdirSync(folder)) if (name.startsWith('assembly-')) withholdAssembly(path.join(folder, name));
}
