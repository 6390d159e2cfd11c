/**
 * `npm run test:deploy`: the real CDK CLI deploys the sample to an AWS emulator, and the test reads it back, calls it, updates it and
 * destroys it. With `-- NAME`, it runs another deployment: see RUNS.
 */
import { rmSync } from 'node:fs';
import { Emulator } from './harness/emulator';
import { WORK } from './harness/folders';
import { node24 } from './harness/node24';
import { python } from './harness/python';
import { Report } from './harness/report';
import { accountRun } from './runs/account';
import { accountsRun } from './runs/accounts';
import { egressRun } from './runs/egress';
import { firstRun } from './runs/first';
import { laterRun } from './runs/later';
import { peopleRun } from './runs/people';
import { perimeterRun } from './runs/perimeter';
import { recoveryRun } from './runs/recovery';
import { REGION, type RunContext } from './runs/run';
import { sampleRun } from './runs/sample';
import { SOVEREIGN_REGION, sovereignRun } from './runs/sovereign';
import { upgradeRun } from './runs/upgrade';

const RUNS: Readonly<Record<string, (context: RunContext) => Promise<void>>> = {
  sample: sampleRun,
  account: accountRun,
  accounts: accountsRun,
  egress: egressRun,
  first: firstRun,
  later: laterRun,
  people: peopleRun,
  perimeter: perimeterRun,
  recovery: recoveryRun,
  sovereign: sovereignRun,
  upgrade: upgradeRun,
};

/** The emulator's own Region; all of its ARNs and hosts are of the partition of this Region. */
const homeOf = (name: string) => (name === 'sovereign' ? SOVEREIGN_REGION : REGION);

const report = new Report();
// The package supports Node 20 too; which versions the SDK will support in a year doesn't concern this test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  const { 2: name = 'sample' } = process.argv;
  const run = RUNS[name];
  if (run === undefined) throw new Error(`there is no such run; name one of ${Object.keys(RUNS).join(', ')}`);
  let emulator: Emulator | undefined;
  try {
    report.section('install and start');
    const pythonPath = await report.require('Python with the emulator is installed', python);
    const nodePath = await report.require("the functions' version of Node is installed", node24);
    emulator = await report.require(
      'the emulator answers on a free port',
      () => Emulator.start(pythonPath, nodePath, homeOf(name)),
      ({ url, pid }) => `${url}, process ${pid}`,
    );
    await run({ report, emulator, tools: { python: pythonPath, node: nodePath, bedrockPort: emulator.bedrockPort } });
  } catch (error) {
    report.crashed(error);
  } finally {
    await emulator?.stop();
  }
  const code = report.close();
  if (code === 0) rmSync(WORK, { recursive: true, force: true });
  process.exit(code);
}

void main();
