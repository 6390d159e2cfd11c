import { type App, Stage } from 'aws-cdk-lib';
import { withholdAssembly } from './withhold-folder';

/** Makes the cloud assembly of an app, and of every Stage in it, undeployable. */
export function withholdAssemblies(app: App): void {
  withholdAssembly(app.outdir);
  // A Stage may have an output folder of its own elsewhere.
  for (const construct of app.node.findAll()) if (Stage.isStage(construct)) withholdAssembly(construct.outdir);
}
