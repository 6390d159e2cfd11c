import assert, { AssertionError } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '@/test/account/account';
import { findings } from '@/test/account/findings';
import { dollarsPerHour } from '@/test/account/fixed-cost';
import { Progress } from '@/test/account/progress';
import { sample } from '@/test/account/sample';
import { session } from '@/test/account/session';
import { STEPS } from '@/test/account/steps/all';
import { BY_HAND } from '@/test/account/steps/by-hand';
import { send } from '../api-gateway/client';
import { asAdministrator, assume } from '../harness/administrator';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { WORK } from '../harness/folders';
import { DeployedApis } from '../scenarios/deployed-apis';
import { REGION, type RunContext } from './run';

const DAY_MS = 86_400_000;

/** Every step of the test of an account, in the emulator's account. Each step waits for a day, by its clock. */
export async function accountRun(context: RunContext): Promise<void> {
  const { report } = context;
  const account = new EmulatedAccount(context);
  const { assembly } = await account.synth('estimate', sample({ recovery: true }));
  const progress = new Progress(path.join(WORK, 'account.json'), ACCOUNT);
  let days = 0;
  try {
    await session(account, {
      steps: STEPS,
      byHand: BY_HAND,
      progress,
      dollarsPerHour: dollarsPerHour(assembly, new Date()),
      person: { print: (line) => console.log(`> ${line}`), agrees: async () => true, says: async () => '' },
      now: () => {
        days += 1;
        return new Date(Date.now() + DAY_MS * days);
      },
      restore: async (kept) => ({ ...kept, deployed: await Deployed.read(account.aws, kept.assembly) }),
    });
  } finally {
    await account.stop();
  }
  report.section('the report');
  await report.check('every step ran', () => {
    assert.deepEqual(
      STEPS.map(({ id }) => id).filter((id) => !(id in progress.done)),
      [],
    );
    return `${STEPS.length} steps`;
  });
  await report.check('the report to send has every step, and nothing that identifies the account', () => {
    const text = findings(
      progress.done,
      BY_HAND.map(({ id }) => id),
    );
    for (const { id } of STEPS) assert.match(text, new RegExp(`^## ${id} `, 'm'));
    assert.doesNotMatch(text, new RegExp(ACCOUNT));
    return `${text.split('\n').length} lines`;
  });
}

class EmulatedAccount implements Account {
  public readonly report;
  public readonly aws: Aws;
  public readonly cdk: Cdk;
  public readonly caller = { credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'test' } };
  public readonly alarmSeconds = 0;
  private apis: DeployedApis | undefined;
  private built = false;

  constructor(private readonly context: RunContext) {
    this.report = context.report;
    this.aws = new Aws(context.emulator.url, REGION);
    this.cdk = new Cdk(context.emulator.url, REGION);
  }

  public readonly in = (region: string) => new Aws(this.context.emulator.url, region);

  public readonly bootstrap = (region: string) => new Cdk(this.context.emulator.url, region).bootstrap(ACCOUNT);

  public async synth(name: string, text: string) {
    const [config, assembly] = [path.join(WORK, `${name}.yaml`), path.join(WORK, `assembly-${name}`)];
    writeFileSync(config, text);
    const synth = this.built ? this.cdk.synth : this.cdk.build;
    await this.report.require(
      `cdk synth: ${name}`,
      () => synth.call(this.cdk, assembly, config),
      () => '',
    );
    this.built = true;
    return { assembly, config };
  }

  public readonly as = async (role: string) => {
    const found: Aws[] = [];
    await asAdministrator(this.aws, async (admin) => {
      found.push(new Aws(this.context.emulator.url, REGION, await assume(admin, role)));
    });
    return found[0] as Aws;
  };

  public readonly fetch = async (url: URL, init: RequestInit, apiKey?: string) => {
    this.apis ??= await this.startApis();
    return send(url, init, this.apis.apiGateway.port, { apiKey });
  };

  public readonly restart = async () => this.apis?.apiGateway.restartAll();

  /** What only AWS does fails here by an assertion, so that the rest of the code is run. */
  public readonly onlyAws = async (name: string, run: () => unknown) => {
    await this.report.check(`${name} (only AWS shows it)`, async () => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof AssertionError)) throw error;
        return 'not in the emulator';
      }
      return 'in the emulator too';
    });
  };

  public stop = async () => this.apis?.stop();

  private async startApis(): Promise<DeployedApis> {
    const deployed = await Deployed.read(this.aws, path.join(WORK, 'assembly-deployed'));
    return DeployedApis.start({ report: this.report, aws: this.aws, deployed }, this.context.tools);
  }
}
