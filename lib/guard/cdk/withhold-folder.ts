import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The new name of a withheld manifest: people can still read it, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/** The evidence that a synth writes next to the manifest. */
export const EVIDENCE_FILE = 'residency-evidence.json';

/**
 * Makes the cloud assembly in a folder, and the nested ones in it, undeployable, whichever run wrote them. The evidence
 * of what could be deployed is deleted.
 *
 * @returns whether there was one
 */
export function withholdAssembly(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const manifest = path.join(folder, 'manifest.json');
  const isThere = existsSync(manifest);
  rmSync(path.join(folder, EVIDENCE_FILE), { force: true });
  if (isThere) renameSync(manifest, path.join(folder, WITHHELD));
  const nested = readdirSync(folder).filter((name) => name.startsWith('assembly-'));
  return nested.map((name) => withholdAssembly(path.join(folder, name))).includes(true) || isThere;
}
