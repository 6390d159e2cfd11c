import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleFile } from '../harness/sample';
import { chat } from '../scenarios/chat';
import { DeployedApis } from '../scenarios/deployed-apis';
import { ledger } from '../scenarios/ledger';
import { boundary } from '../scenarios/perimeter/boundary';
import { perimeterSimulated } from '../scenarios/perimeter/simulated';
import { watch } from '../scenarios/perimeter/watch';
import { simulatedSection } from '../scenarios/simulated-part';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** What switches the boundary on. */
export const PERIMETER = '\nperimeter: { organization: o-exampleorgid, permissionsBoundary: true }\n';

/** The sample under the permissions boundary of its perimeter, with the watch: deployed, read back and called. */
export async function perimeterRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  const file = sampleFile();
  appendFileSync(file, PERIMETER);
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require('cdk synth, whose guard requires the boundary', async () => void (await cdk.build(assembly, file))),
  ]);
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  await report.group('perimeter: the boundary', () => boundary(context, file));
  await report.group('perimeter: the watch', () => watch(context));

  report.section('the APIs');
  const apis = await DeployedApis.start(context, tools);
  try {
    await report.group('perimeter: requests', () => chat(context, apis, baseUrlsOf(outputs)));
    await report.group('perimeter: the ledger', () => ledger(context, apis));
  } finally {
    await apis.stop();
  }
  await report.group(simulatedSection('perimeter'), async () => perimeterSimulated(context, emulator.ledger));
}
