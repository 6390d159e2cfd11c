import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { withEgress } from '../harness/egress-config';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleText } from '../harness/sample';
import { EGRESS_READ_BACK } from '../read-back/egress/all';
import { secretAccess } from '../read-back/egress/secrets';
import { DeployedApis } from '../scenarios/deployed-apis';
import { leavingProvider } from '../scenarios/egress/leaving';
import { OutsideProviders } from '../scenarios/egress/outside-providers';
import { egressRequests } from '../scenarios/egress/requests';
import { egressSimulated } from '../scenarios/egress/simulated';
import { simulatedSection } from '../scenarios/simulated-part';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** The sample with models at two providers outside AWS: its network and keys read back, requests, and a provider that leaves. */
export async function egressRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  const config = withEgress(sampleText(), 'egress.yaml');
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require('cdk synth with models outside AWS', async () => void (await cdk.build(assembly, config))),
  ]);
  const outputs = await report.require(
    'cdk deploy --all',
    () => cdk.deploy(assembly),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  for (const [name, readBack] of Object.entries(EGRESS_READ_BACK))
    await report.group(`egress: ${name}`, () => readBack(context));
  report.section('the APIs');
  const outside = await OutsideProviders.start();
  const apis = await DeployedApis.start(context, tools, {}, outside.preload);
  try {
    const egress = { context, apis, baseUrls: baseUrlsOf(outputs), outside };
    await report.group('egress: requests', () => egressRequests(egress));
    await report.group('egress: a provider that leaves', () => leavingProvider(egress, config));
    await report.group('egress: who reads and sets keys', () => secretAccess(context));
    await report.group(simulatedSection('egress'), () => egressSimulated(context, emulator.ledger));
  } finally {
    await apis.stop();
    await outside.stop();
  }
}
