import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sovereignFile } from '../harness/sovereign-config';
import type { RunContext } from './run';

/** The Region of the AWS European Sovereign Cloud. */
export const SOVEREIGN_REGION = 'eusc-de-east-1';

/** The example of the sovereign partition: deployed, read back and called. */
export async function sovereignRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, SOVEREIGN_REGION);
  const cdk = new Cdk(emulator.url, SOVEREIGN_REGION);
  const assembly = path.join(WORK, 'assembly');
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require('cdk synth', async () => void (await cdk.build(assembly, sovereignFile()))),
  ]);
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  console.log(JSON.stringify(outputs), tools.node);
  console.log(JSON.stringify(context.deployed.resources.map(({ type, physicalId }) => [type, physicalId])));
}
