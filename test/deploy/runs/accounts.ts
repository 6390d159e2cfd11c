import path from 'node:path';
import { PLATFORM, platformExample, tenantExample } from '../harness/accounts-examples';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { environment } from '../harness/environment';
import { WORK } from '../harness/folders';
import { platformTeam } from '../scenarios/accounts/platform-team';
import { sharedAlarms } from '../scenarios/accounts/shared-alarms';
import { DeployedApis } from '../scenarios/deployed-apis';
import { StoredContent } from '../scenarios/stored-content';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** The example of the platform team's account and that of a tenant's, each deployed to an account of its own. */
export async function accountsRun({ report, emulator, tools }: RunContext): Promise<void> {
  const platform = new Aws(emulator.url, REGION, { accessKeyId: PLATFORM, secretAccessKey: 'test' });
  const tenant = new Aws(emulator.url, REGION);
  const folder = (name: string) => path.join(WORK, `assembly-${name}`);

  report.section("the platform team's account");
  const platformCdk = new Cdk(emulator.url, REGION, environment(emulator.url, REGION, PLATFORM));
  const tenantCdk = new Cdk(emulator.url, REGION);
  await Promise.all([
    report.require('cdk bootstrap, in both accounts', async () => {
      await platformCdk.bootstrap(PLATFORM);
      await tenantCdk.bootstrap(ACCOUNT);
    }),
    report.require(
      'cdk synth of the example, with a build',
      async () => void (await platformCdk.synthApp(folder('platform'), platformExample())),
    ),
  ]);
  await report.require('cdk deploy --all', async () => void (await platformCdk.deploy(folder('platform'))));
  const shared = await Deployed.read(platform, folder('platform'));
  const topic = shared.one('AWS::SNS::Topic', 'platform/Alerts').physicalId;

  report.section("the tenant's account");
  await report.require(
    'cdk synth of the example, with the ARN of that topic',
    async () => void (await tenantCdk.synthApp(folder('tenant'), tenantExample(topic))),
  );
  const outputs = await report.require(
    'cdk deploy --all',
    () => tenantCdk.deploy(folder('tenant')),
    () => '',
  );
  const deployed = await Deployed.read(tenant, folder('tenant'));
  const context = { report, aws: tenant, deployed, workspace: 'sciences-workspace-sciences/Workspace' };
  await report.group('read back: what is shared', () => sharedAlarms(context, topic));

  report.section('call');
  const apis = await DeployedApis.start(context, tools);
  try {
    const content = new StoredContent(context, apis, baseUrlsOf(outputs));
    await report.require("the tenant's functions store content, and read it back", async () => {
      await content.write('the example', apis.apiGateway);
      await content.requireOpen(apis.apiGateway);
    });
    await report.group('the platform team', () => platformTeam(context, platform, shared));
  } finally {
    await apis.stop();
  }
}
