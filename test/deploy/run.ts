/**
 * `npm run test:deploy`: the sample, deployed by the real CDK CLI to an AWS emulator, read back, called, changed, destroyed; with
 * `-- recovery` the sample with a recovery Region, and what is kept there.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Aws } from './machine/aws';
import { Cdk } from './machine/cdk';
import { Deployed } from './machine/deployed';
import { ACCOUNT, Emulator } from './machine/emulator';
import { ROOT, WORK } from './machine/folders';
import { node24 } from './machine/node24';
import { python } from './machine/python';
import { Report } from './machine/report';
import type { Context } from './read-back/context';
import { READINGS } from './read-back/everything';
import { chat, withoutContent } from './story/chat';
import { closing } from './story/closing';
import { Data } from './story/data';
import { destroy } from './story/destroy';
import { domain } from './story/domain';
import { failedUpdate } from './story/failed-update';
import { outside } from './story/outside';
import { Kept } from './story/period';
import { pretended } from './story/pretended';
import { RECOVERY, recovery } from './story/recovery';
import { Served, type Tools } from './story/served';
import { baseUrlsOf } from './story/tenants';
import { type Updated, update } from './story/update';

const REGION = 'eu-central-1';
const report = new Report();
// The package is for Node 20 too; what the SDK will support in a year is no finding of this test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  let emulator: Emulator | undefined;
  try {
    report.section('install and start');
    const pythonPath = await report.require('Python with the emulator', python);
    const nodePath = await report.require('Node of the functions', node24);
    emulator = await report.require(
      'the emulator answers on a free port',
      () => Emulator.start(pythonPath, nodePath, REGION),
      ({ url, pid }) => `${url}, process ${pid}`,
    );
    const tell = process.argv[2] === 'recovery' ? recoveryStory : story;
    await tell(emulator, { python: pythonPath, node: nodePath });
  } catch (error) {
    report.crashed(error);
  } finally {
    await emulator?.stop();
  }
  const code = report.close();
  if (code === 0) rmSync(WORK, { recursive: true, force: true });
  process.exit(code);
}

async function story(emulator: Emulator, tools: Tools): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  report.section('deploy');
  await Promise.all([
    report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT))),
    report.require(
      'cdk synth of residency.yaml, with a build',
      async () => void (await cdk.build(assembly, path.join(ROOT, 'residency.yaml'))),
    ),
  ]);
  const outputs = await report.require('cdk deploy --all', () => cdk.deploy(assembly));
  const deployed = await Deployed.read(aws, assembly);
  const context = { report, aws, deployed };
  for (const [what, read] of Object.entries(READINGS)) await report.group(`read back: ${what}`, () => read(context));
  await report.group('nothing outside', () => outside(report, emulator.url, ['certificates', 'domains']));

  report.section('call');
  const served = await Served.start(context, tools);
  try {
    await lived(context, cdk, served, { assembly, deployed, baseUrls: baseUrlsOf(outputs) }, emulator);
  } finally {
    await served.stop();
  }
}

/** What becomes of a deployment: it is called, stores, changes, fails to change, is closed and goes. */
async function lived(before: Context, cdk: Cdk, served: Served, first: Updated, emulator: Emulator): Promise<void> {
  const { report, aws, deployed } = before;
  const data = new Data(aws, deployed);
  const kept = new Kept(before, served);
  await report.group('call', () => chat(before, served, first.baseUrls));
  await report.group('store', async () => {
    await report.require('a conversation and a file are stored', () => data.store());
    await report.check('both are read, the file under the key of the workspace', () => data.isThere());
    await report.require('a member keeps a conversation', () => kept.store(first.baseUrls));
  });

  let now = first;
  await report.group('update', async () => {
    now = await update(before, cdk, data);
    await served.front.forgetAll();
  });
  const context = { ...before, deployed: now.deployed };
  await report.group('domain', () => domain(context, served, first.baseUrls, now.baseUrls));
  await report.group('another period, and a hold', () => kept.hasPeriodOf(180, now.baseUrls));
  await report.group('an update that fails', () => failedUpdate(context, cdk, data, now.assembly));
  await report.group('nothing outside, after the updates', () => outside(report, emulator.url));
  await report.group('closing', async () => {
    await closing(context, served, kept, now.baseUrls);
    await withoutContent(context, served);
  });
  await report.group('destroy', () => destroy(context, cdk, data, now.assembly));
  await report.group('what is only pretended', () => pretended(report, now.deployed, emulator.ledger));
}

/** The same deployment with a second Region, from the first day on. */
async function recoveryStory(emulator: Emulator, tools: Tools): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const [assembly, config] = [path.join(WORK, 'assembly'), path.join(WORK, 'residency.yaml')];
  const sample = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
  writeFileSync(config, sample.replace(`primary: ${REGION}`, `primary: ${REGION}\n  recovery: ${RECOVERY}`));
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
  const served = await Served.start(context, tools);
  try {
    await report.group('kept a second time', () => recovery(context, served, baseUrlsOf(outputs), config));
  } finally {
    await served.stop();
  }
}

void main();
