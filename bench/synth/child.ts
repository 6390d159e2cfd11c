/**
 * Synthesizes one configuration as the package's own app does, and prints what it took as JSON. It is started in the folder of the
 * package, from a folder of its own, and gets the configuration and the folder of the cloud assembly.
 */
import path from 'node:path';
import type { Figures } from './figures';

const [config, folder] = process.argv.slice(2);
process.env.CDK_OUTDIR = folder;
const started = performance.now();
const before = process.cpuUsage();

/** Compiled, as users install it. */
const dist = (module: string) => require(path.resolve('dist/lib', module));
const dependency = (name: string) => require(path.resolve('node_modules', name));
const { Validations } = dependency('aws-cdk-lib') as typeof import('aws-cdk-lib');
const { AwsSolutionsChecks } = dependency('cdk-nag') as typeof import('cdk-nag');
const { ResidencyDeployment } = dist('app/residency-deployment') as typeof import('../../lib/app/residency-deployment');
const { LimitsPlugin } = dist('app/limits-plugin') as typeof import('../../lib/app/limits-plugin');

// What AWS would refuse ends a synthesis before the evidence is written. It is counted here instead, so that every size does the same work.
const validate = LimitsPlugin.prototype.validate;
const exceeded: string[] = [];
LimitsPlugin.prototype.validate = function (context) {
  exceeded.push(...validate.call(this, context).violations.map(({ description }) => description));
  return { success: true, violations: [] };
};

const app = ResidencyDeployment._alone({ config });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.report();

const { user, system } = process.cpuUsage(before);
const figures: Figures = {
  seconds: (performance.now() - started) / 1000,
  processor: (user + system) / 1e6,
  megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  resources: app.checkedResources,
  exceeded,
};
console.log(JSON.stringify(figures));
