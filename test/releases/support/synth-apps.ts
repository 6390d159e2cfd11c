import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyDeployment } from 'cdk-eu-residency';

/**
 * Synthesizes every app of a release in one process, into a folder each, with the context that `npx cdk synth` gives it. What CDK
 * itself thinks of the templates is a matter of other tests, and takes half of the time.
 */
process.env.CDK_VALIDATION = 'false';
const [, , folder = ''] = process.argv;
const ROOT = path.join(__dirname, '../../..');
const RELEASE = path.join(__dirname, '../0.1.0');
const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8'));
process.env.CDK_CONTEXT_JSON = JSON.stringify({
  ...context,
  'aws:cdk:enable-path-metadata': true,
});

const example = (name: string) => path.join(ROOT, 'examples', name, 'app.ts');
/** The sample and the examples as 0.1.0's users have them: today's call newer models. */
const former = (name: string) => path.join(__dirname, 'configurations', name, 'residency.yaml');
const deployment = (config: string) => () => void ResidencyDeployment.fromFile({ config }).synth();
const script = (file: string) => () => import(file);
const APPS: Readonly<Record<string, () => unknown>> = {
  sample: deployment(former('sample')),
  full: deployment(path.join(RELEASE, 'content/residency.yaml')),
  hook: script(path.join(RELEASE, 'produce/hook-app.ts')),
  'api-platform': deployment(former('api-platform')),
  'germany-only': deployment(former('germany-only')),
  university: deployment(former('university')),
  'guarded-app': script(example('guarded-app')),
  sovereign: script(example('sovereign')),
};

async function main(): Promise<void> {
  for (const [name, make] of Object.entries(APPS)) {
    process.env.CDK_OUTDIR = path.join(folder, name);
    await make();
  }
}

main();
