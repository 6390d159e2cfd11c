import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { loadConfig } from '../../config/load';
import { VARIANTS_FILE } from '../../report/cost/variant';
import { DeploymentStacks } from '../deployment-stacks';
import { variantsOf } from './variants';

/** Nothing is deployed from these assemblies, so they contain no code. */
const CONTEXT = { 'aws:cdk:disable-asset-staging': true };

/**
 * Synthesizes the variants of a deployment, each into a folder of its own, and lists them. The guard checks none of them: none is
 * deployed.
 *
 * @throws if the configuration has mistakes, or declares nothing to deploy
 */
export function synthesizeVariants(file: string, folder: string): void {
  const { boundary, deployment } = loadConfig(file);
  if (deployment === undefined) throw new Error(`${file}: declares nothing to deploy; add a workspace or a project`);
  const variants = variantsOf(deployment, boundary);
  for (const { variant, deployment: varied } of variants) {
    const app = new App({ outdir: path.join(folder, variant.name), context: CONTEXT, analyticsReporting: false });
    new DeploymentStacks(app, varied, boundary);
    app.synth();
  }
  writeFileSync(path.join(folder, VARIANTS_FILE), JSON.stringify(variants.map(({ variant }) => variant)));
}

// `eu-residency cost` runs it in a process of its own, because the command itself never loads the CDK.
const [, , file, folder] = process.argv;
if (require.main === module && file !== undefined && folder !== undefined) synthesizeVariants(file, folder);
