import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { type App, Stage } from 'aws-cdk-lib';

/** What a withheld manifest is renamed to: it can still be read, but nothing can be deployed from it. */
const WITHHELD = 'manifest.json.withheld';

/** Makes the cloud assembly of an app, and of every Stage in it, undeployable. */
export function withholdAssemblies(app: App): void {
  withholdAssembly(app.outdir);
  // A Stage may have an output folder of its own elsewhere.
  for (const construct of app.node.findAll()) if (Stage.isStage(construct)) withholdAssembly(construct.outdir);
}

/** Makes the cloud assembly in a folder, and the nested ones in it, undeployable, whichever run wrote them. */
export function withholdAssembly(folder: string): void {
  if (!existsSync(folder)) return;
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) renameSync(manifest, path.join(folder, WITHHELD));
  for (const name of readdirSync(folder)) if (name.startsWith('assembly-')) withholdAssembly(path.join(folder, name));
}
