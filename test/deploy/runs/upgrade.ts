import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { PROVIDED } from '../harness/people-config';
import { FORMER_CONFIG, releaseAssembly } from '../harness/release';
import { DeployedApis } from '../scenarios/deployed-apis';
import { StoredContent } from '../scenarios/stored-content';
import { switchedOn } from '../scenarios/switched-on';
import { baseUrlsOf } from '../scenarios/tenants';
import { upgrade } from '../scenarios/upgrade';
import { REGION, type RunContext } from './run';

/**
 * 0.1.0's deployment of the sample, with content, and its upgrade to today's code. Its residency.yaml is read unchanged. Then it switches on
 * what 0.1.0 didn't have.
 */
export async function upgradeRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const today = path.join(WORK, 'assembly-today');
  report.section('deploy 0.1.0');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require(
      "cdk synth of 0.1.0's residency.yaml with today's code",
      async () => void (await cdk.build(today, FORMER_CONFIG)),
    ),
  ]);
  const former = releaseAssembly(today, path.join(WORK, 'assembly-0.1.0'));
  const outputs = await report.require(
    "cdk deploy --all with 0.1.0's templates and functions",
    () => cdk.deploy(former),
    () => '',
  );
  const context = { report, aws, deployed: await Deployed.read(aws, former) };
  // The pool's users are named like those of an identity provider, so that SCIM can send them later.
  const apis = await DeployedApis.start(context, tools, PROVIDED);
  const baseUrls = baseUrlsOf(outputs);
  const content = new StoredContent(context, apis, baseUrls);
  try {
    await upgrade(context, cdk, apis, { former, today }, baseUrls, content);
    await switchedOn(context, cdk, apis, readFileSync(FORMER_CONFIG, 'utf8'), content);
  } finally {
    await apis.stop();
  }
}
