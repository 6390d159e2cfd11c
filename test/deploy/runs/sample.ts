import path from 'node:path';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT, type Emulator } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { sampleFile } from '../harness/sample';
import { READ_BACK } from '../read-back/all';
import type { Context } from '../read-back/context';
import { chat, withoutContent } from '../scenarios/chat';
import { closure } from '../scenarios/closure';
import { Data } from '../scenarios/data';
import { DeployedApis } from '../scenarios/deployed-apis';
import { destroy } from '../scenarios/destroy';
import { domain } from '../scenarios/domain';
import { failedUpdate } from '../scenarios/failed-update';
import { ledger } from '../scenarios/ledger';
import { nothingInOtherRegions } from '../scenarios/other-regions';
import { StoredConversation } from '../scenarios/retention';
import { OWN, simulatedOnly } from '../scenarios/simulated';
import { baseUrlsOf } from '../scenarios/tenants';
import { type Deployment, update } from '../scenarios/update';
import { REGION, type RunContext } from './run';

/** The sample: deployed, read back, called, updated and destroyed. */
export async function sampleRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require(
      'cdk synth of residency.yaml, with a build',
      async () => void (await cdk.build(assembly, sampleFile())),
    ),
  ]);
  const outputs = await report.require('cdk deploy --all', () => cdk.deploy(assembly));
  const deployed = await Deployed.read(aws, assembly);
  const context = { report, aws, deployed };
  for (const [name, readBack] of Object.entries(READ_BACK))
    await report.group(`read back: ${name}`, () => readBack(context));
  await report.group('nothing in other Regions', () =>
    nothingInOtherRegions(report, emulator.url, ['certificates', 'domains']),
  );

  report.section('call');
  const apis = await DeployedApis.start(context, tools);
  try {
    await lifecycle(context, cdk, apis, { assembly, deployed, baseUrls: baseUrlsOf(outputs) }, emulator);
  } finally {
    await apis.stop();
  }
}

/** The life of a deployment: calls, stored data, an update, a failed update, the closure of a workspace and the deletion of the stacks. */
async function lifecycle(
  before: Context,
  cdk: Cdk,
  apis: DeployedApis,
  first: Deployment,
  emulator: Emulator,
): Promise<void> {
  const { report, aws, deployed } = before;
  const data = new Data(aws, deployed);
  const conversation = new StoredConversation(before, apis);
  await report.group('call', () => chat(before, apis, first.baseUrls));
  await report.group('store', async () => {
    await report.require('a conversation and a file are stored', () => data.store());
    await report.check("both are read back, the file under the workspace's key", () => data.requireIntact());
    await report.require("a member's conversation is stored", () => conversation.store(first.baseUrls));
  });
  await report.group('ledger', () => ledger(before, apis));

  let now = first;
  await report.group('update', async () => {
    now = await update(before, cdk, data);
    await apis.apiGateway.restartAll();
  });
  const context = { ...before, deployed: now.deployed };
  await report.group('domain', () => domain(context, apis, first.baseUrls, now.baseUrls));
  await report.group('another period', () => conversation.checkPeriod(180, now.baseUrls));
  await report.group('failed update', () => failedUpdate(context, cdk, data, now.assembly));
  await report.group('nothing in other Regions after the updates', () => nothingInOtherRegions(report, emulator.url));
  await report.group('closure', async () => {
    await closure(context, apis, conversation, now.baseUrls);
    await withoutContent(context, apis);
  });
  await report.group('destroy', () => destroy(context, cdk, data, now.assembly));
  await report.group(OWN, () => simulatedOnly(report, now.deployed, emulator.ledger));
}
