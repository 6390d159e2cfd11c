/** `npm run test:deploy`: the sample, deployed by the real CDK CLI to an AWS emulator, read back, called, changed, destroyed. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Aws } from './machine/aws';
import { Cdk } from './machine/cdk';
import { Deployed } from './machine/deployed';
import { ACCOUNT, Emulator } from './machine/emulator';
import { ROOT, WORK } from './machine/folders';
import { node24 } from './machine/node24';
import { python } from './machine/python';
import { Report } from './machine/report';
import { READINGS } from './read-back/everything';
import { chat } from './story/chat';
import { Data } from './story/data';
import { destroy } from './story/destroy';
import { failedUpdate } from './story/failed-update';
import { outside } from './story/outside';
import { pretended } from './story/pretended';
import { update } from './story/update';

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
    await story(emulator, pythonPath, nodePath);
  } catch (error) {
    report.crashed(error);
  } finally {
    await emulator?.stop();
  }
  const code = report.close();
  if (code === 0) rmSync(WORK, { recursive: true, force: true });
  process.exit(code);
}

async function story(emulator: Emulator, pythonPath: string, node: string): Promise<void> {
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
  await report.group('nothing outside', () => outside(report, emulator.url));

  const data = new Data(aws, deployed);
  const baseUrls = Object.fromEntries(Object.entries(outputs).map(([stack, { BaseUrl = '' }]) => [stack, BaseUrl]));
  await report.group('call', () => chat({ ...context, node, python: pythonPath, baseUrls }));
  await report.group('store', async () => {
    await report.require('a conversation and a file are stored', () => data.store());
    await report.check('both are read, the file under the key of the workspace', () => data.isThere());
  });

  let updated = assembly;
  await report.group('update', async () => {
    updated = await update(context, cdk, data);
  });
  await report.group('an update that fails', () => failedUpdate(context, cdk, data, updated));
  await report.group('nothing outside, after the updates', () => outside(report, emulator.url));
  await report.group('destroy', () => destroy(context, cdk, data, updated));
  await report.group('what is only pretended', () => pretended(report, deployed, emulator.ledger));
}

void main();
