import { styleText } from 'node:util';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError } from '../lib/config/config-error';
import { loadConfig } from '../lib/config/load';
import { loadDeclarations } from '../lib/config/load-declarations';
import { ResidencyDeclarations } from '../lib/config/residency-declarations';
import { readAssembly } from '../lib/guard/assembly/read-assembly';
import { ResidencyApp } from '../lib/guard/cdk/residency-app';
import { withholdAssembly } from '../lib/guard/cdk/withhold';
import { inventory } from '../lib/report/inventory';
import { inventoryTable } from '../lib/report/inventory-table';
import { DeploymentStacks } from '../lib/stacks/deployment-stacks';

/** Synthesizes what a `residency.yaml` declares, and prints what is where. */
function synthesize(file: string): void {
  const { boundary, declarations, deployment, profileRows } = loadConfig(file);
  const own = process.env.RESIDENCY_EXCEPTIONS;
  const app = new ResidencyApp({
    boundary,
    declarations: ResidencyDeclarations._of(declarations, ...(own ? [loadDeclarations(own)] : [])),
    autoSynth: false,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  if (deployment) new DeploymentStacks(app, deployment, boundary);
  const assembly = app.synth();

  const lines = inventory(readAssembly(assembly.directory).templates, boundary, new Date(), profileRows);
  const bold = (text: string) => (process.stderr.isTTY && !process.env.NO_COLOR ? styleText('bold', text) : text);
  // Standard output belongs to the template that `cdk synth STACK` prints.
  if (lines.length > 0) console.error(inventoryTable(lines, bold));
  console.error(app.summary);
}

try {
  synthesize(process.env.RESIDENCY_CONFIG ?? 'residency.yaml');
} catch (error) {
  if (process.env.CDK_OUTDIR !== undefined) withholdAssembly(process.env.CDK_OUTDIR);
  console.error(error instanceof ConfigError ? error.message : ((error as Error).stack ?? error));
  process.exitCode = 1;
}
