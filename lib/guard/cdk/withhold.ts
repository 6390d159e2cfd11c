import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a withheld manifest is renamed to: it can still be read, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/** Makes the cloud assemblies of an app and of every Stage in it undeployable. */
export function withholdAssemblies(root: IConstruct): void {
  for (const construct of root.node.findAll()) if (Stage.isStage(construct)) withholdAssembly(construct.outdir);
}

/** Makes the cloud assembly in a folder undeployable, whichever run wrote it. */
export function withholdAssembly(folder: string): void {
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) renameSync(manifest, path.join(folder, WITHHELD));
}
