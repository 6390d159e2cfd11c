import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleText } from '../harness/sample';
import { DeployedApis } from '../scenarios/deployed-apis';
import { RECOVERY, recovery } from '../scenarios/recovery';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** The sample with a recovery Region from the start. */
export async function recoveryRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const [assembly, config] = [path.join(WORK, 'assembly'), path.join(WORK, 'residency.yaml')];
  writeFileSync(config, sampleText().replace(`primary: ${REGION}`, `primary: ${REGION}\n  recovery: ${RECOVERY}`));
  report.section('deploy');
  for (const region of [REGION, RECOVERY])
    await report.require(
      `cdk bootstrap in ${region}`,
      async () => void (await new Cdk(emulator.url, region).bootstrap(ACCOUNT)),
    );
  await report.require('cdk synth with a recovery Region', async () => void (await cdk.build(assembly, config)));
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  report.section('recovery');
  const apis = await DeployedApis.start(context, tools);
  try {
    await report.group('recovery Region', () => recovery(context, apis, baseUrlsOf(outputs), config));
  } finally {
    await apis.stop();
  }
}
