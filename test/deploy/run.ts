/**
 * `npm run test:deploy`: the real CDK CLI deploys the sample to an AWS emulator, and the test reads it back, calls it, updates it and
 * destroys it. With `-- recovery`, it deploys the sample with a recovery Region and checks the copies there.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from './harness/aws';
import { Cdk } from './harness/cdk';
import { Deployed } from './harness/deployed';
import { ACCOUNT, Emulator } from './harness/emulator';
import { WORK } from './harness/folders';
import { node24 } from './harness/node24';
import { python } from './harness/python';
import { Report } from './harness/report';
import { sampleFile, sampleText } from './harness/sample';
import { READ_BACK } from './read-back/all';
import type { Context } from './read-back/context';
import { chat, withoutContent } from './scenarios/chat';
import { closure } from './scenarios/closure';
import { Data } from './scenarios/data';
import { DeployedApis, type Tools } from './scenarios/deployed-apis';
import { destroy } from './scenarios/destroy';
import { domain } from './scenarios/domain';
import { failedUpdate } from './scenarios/failed-update';
import { nothingInOtherRegions } from './scenarios/other-regions';
import { RECOVERY, recovery } from './scenarios/recovery';
import { StoredConversation } from './scenarios/retention';
import { simulatedOnly } from './scenarios/simulated';
import { baseUrlsOf } from './scenarios/tenants';
import { type Deployment, update } from './scenarios/update';

const REGION = 'eu-central-1';
const report = new Report();
// The package supports Node 20 too; which versions the SDK will support in a year doesn't concern this test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  let emulator: Emulator | undefined;
  try {
    report.section('install and start');
    const pythonPath = await report.require('Python with the emulator is installed', python);
    const nodePath = await report.require("the functions' version of Node is installed", node24);
    emulator = await report.require(
      'the emulator answers on a free port',
      () => Emulator.start(pythonPath, nodePath, REGION),
      ({ url, pid }) => `${url}, process ${pid}`,
    );
    const run = process.argv[2] === 'recovery' ? recoveryScenario : mainScenario;
    await run(emulator, { python: pythonPath, node: nodePath });
  } catch (error) {
    report.crashed(error);
  } finally {
    await emulator?.stop();
  }
  const code = report.close();
  if (code === 0) rmSync(WORK, { recursive: true, force: true });
  process.exit(code);
}

async function mainScenario(emulator: Emulator, tools: Tools): Promise<void> {
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
  await report.group('simulated only', () => simulatedOnly(report, now.deployed, emulator.ledger));
}

/** The same deployment with a recovery Region from the start. */
async function recoveryScenario(emulator: Emulator, tools: Tools): Promise<void> {
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

void main();
