import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleText } from '../harness/sample';
import { DeployedApis } from '../scenarios/deployed-apis';
import { FURTHER, furtherRegion } from '../scenarios/further-region';
import { laterRecovery } from '../scenarios/later-recovery';
import { RECOVERY } from '../scenarios/recovery';
import { sameIdentities } from '../scenarios/same-identities';
import { StoredContent } from '../scenarios/stored-content';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

const MODEL = '- bedrock: openai.gpt-oss-120b-1:0';

/** The sample with content, to which a recovery Region and then a further Region are added. */
export async function laterRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const deploy = async (name: string, text: string, build = false) => {
    const [config, assembly] = [path.join(WORK, `${name}.yaml`), path.join(WORK, `assembly-${name}`)];
    writeFileSync(config, text);
    await report.require(
      `cdk synth: ${name}`,
      () => (build ? cdk.build : cdk.synth).call(cdk, assembly, config),
      () => '',
    );
    const outputs = await report.require(
      `cdk deploy --all: ${name}`,
      () => cdk.deploy(assembly),
      () => '',
    );
    return { config, outputs, deployed: await Deployed.read(aws, assembly) };
  };
  report.section('deploy');
  for (const region of [REGION, RECOVERY, FURTHER])
    await report.require(
      `cdk bootstrap in ${region}`,
      async () => void (await new Cdk(emulator.url, region).bootstrap(ACCOUNT)),
    );
  const first = await deploy('sample', sampleText(), true);
  const context = { report, aws, deployed: first.deployed };
  const apis = await DeployedApis.start(context, tools);
  try {
    const content = new StoredContent(context, apis, baseUrlsOf(first.outputs));
    await report.require('conversations and files are stored', () => content.write('the sample', apis.apiGateway));

    report.section('a recovery Region, later');
    const withRecovery = sampleText().replace(`primary: ${REGION}`, `primary: ${REGION}\n  recovery: ${RECOVERY}`);
    const second = await deploy('recovery', withRecovery);
    await report.group('recovery', () =>
      laterRecovery({ ...context, deployed: second.deployed }, apis, content, first.deployed, second.config),
    );

    report.section('a further Region');
    const further = withRecovery.replace(MODEL, `${MODEL}\n      ${MODEL}\n        region: ${FURTHER}`);
    const third = await deploy('further-region', further);
    await report.group('further Region', async () => {
      await report.check('nothing of the deployment was replaced', () => {
        // What sets and checks Bedrock runs again for the new Region, under another logical ID; its deletion calls nothing.
        const again = ['Custom::BedrockRetention', 'Custom::DestinationCheck'];
        sameIdentities(second.deployed, third.deployed, again);
      });
      await furtherRegion({ ...context, deployed: third.deployed });
      await apis.inOtherProcesses(async (updated) => {
        await report.check('everything that was stored before opens', () => content.requireOpen(updated));
      });
    });
  } finally {
    await apis.stop();
  }
}
