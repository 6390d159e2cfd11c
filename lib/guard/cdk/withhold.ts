import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { type App, Stage } from 'aws-cdk-lib';

/** The new name of a withheld manifest: people can still read it, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/** Makes the cloud assemblies of an app and its Stages undeployable. */
export function withholdAssemblies(app: App): void {
  withholdAssembly(app.outdir);
  // A Stage may have an output folder elsewhere.
  for (const construct of app.node.findAll()) if (Stage.isStage(construct)) withholdAssembly(construct.outdir);
}

/** Makes the cloud assembly in a folder, including nested ones, undeployable, whichever run wrote it. */
export function withholdAssembly(folder: string): void {
  if (!existsSync(folder)) return;
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) renameSync(manifest, path.join(folder, WITHHELD));
  for (const name of readdirSync(folder)) if (name.startsWith('assembly-')) withholdAssembly(path.join(folder, name));
}
