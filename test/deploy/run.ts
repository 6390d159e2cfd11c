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

const REGION = 'eu-central-1';
const report = new Report();

async function main(): Promise<void> {
  let emulator: Emulator | undefined;
  try {
    report.section('install and start');
    const pythonPath = await report.require('Python with the emulator', python);
    const nodePath = await report.require('Node of the functions', node24);
    emulator = await report.require(
      'the emulator answers on a free port',
      () => Emulator.start(pythonPath, REGION),
      ({ url, pid }) => `${url}, process ${pid}`,
    );
    await story(emulator, nodePath);
  } catch (error) {
    report.crashed(error);
  } finally {
    await emulator?.stop();
  }
  const code = report.close();
  if (code === 0) rmSync(WORK, { recursive: true, force: true });
  process.exit(code);
}

async function story(emulator: Emulator, _node: string): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  const assembly = path.join(WORK, 'assembly');
  report.section('deploy');
  await report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT)));
  await report.require(
    'cdk synth of residency.yaml',
    async () => void (await cdk.synth(assembly, path.join(ROOT, 'residency.yaml'))),
  );
  await report.require('cdk deploy --all', async () => void (await cdk.deploy(assembly)));
  const deployed = await Deployed.read(aws, assembly);
  for (const [what, read] of Object.entries(READINGS)) {
    report.section(`read back: ${what}`);
    await report.check(`all of: ${what}`, () => read({ report, aws, deployed }));
  }
}

void main();
