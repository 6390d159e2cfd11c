import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sovereignFile } from '../harness/sovereign-config';
import { DeployedApis } from '../scenarios/deployed-apis';
import { ledger } from '../scenarios/ledger';
import { boundary } from '../scenarios/perimeter/boundary';
import { simulatedSection } from '../scenarios/simulated-part';
import { OwnNetwork } from '../scenarios/sovereign/network';
import { partition } from '../scenarios/sovereign/partition';
import { sovereignRequests } from '../scenarios/sovereign/requests';
import { sovereignSimulated } from '../scenarios/sovereign/simulated';
import { baseUrlsOf } from '../scenarios/tenants';
import { PERIMETER } from './perimeter';
import type { RunContext } from './run';

/** The Region of the AWS European Sovereign Cloud. */
export const SOVEREIGN_REGION = 'eusc-de-east-1';

/** The example of the sovereign partition, under the permissions boundary of its perimeter: deployed, read back and called. */
export async function sovereignRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, SOVEREIGN_REGION);
  const cdk = new Cdk(emulator.url, SOVEREIGN_REGION);
  const assembly = path.join(WORK, 'assembly');
  const file = sovereignFile();
  appendFileSync(file, PERIMETER);
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require(
      'cdk synth of examples/sovereign-deployment under a permissions boundary, with a build',
      async () => void (await cdk.build(assembly, file)),
    ),
  ]);
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  await report.group('sovereign: the partition', () => partition(context));
  await report.group('sovereign: the boundary', () => boundary(context, file));

  report.section('the APIs');
  const network = new OwnNetwork(emulator.url, tools.bedrockPort);
  const apis = await DeployedApis.start(context, tools, {}, network.preload);
  try {
    await report.group('sovereign: requests', () => sovereignRequests(context, apis, baseUrlsOf(outputs), network));
    await report.group('sovereign: the ledger', () => ledger(context, apis));
  } finally {
    await apis.stop();
  }
  await report.group('sovereign: the partition after the requests', () => partition(context));
  await report.group(simulatedSection('sovereign'), () => sovereignSimulated(context, emulator.ledger));
}
