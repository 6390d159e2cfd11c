import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '../../lib/app/residency-deployment';

const ROOT = path.join(__dirname, '../..');

let synthesized: string | undefined;

/** The folder of the sample's assembly with construct paths, as the CLI writes it; synthesized once for all pages. */
export function sampleAssembly(): string {
  synthesized ??= synthesize();
  return synthesized;
}

function synthesize(): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'sample-'));
  const { CDK_CONTEXT_JSON: before } = process.env;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({
    ...JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')).context,
    'aws:cdk:enable-path-metadata': true,
  });
  try {
    ResidencyDeployment.fromFile({ config: path.join(ROOT, 'residency.yaml'), outdir }).synth();
  } finally {
    if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = before;
  }
  return outdir;
}
