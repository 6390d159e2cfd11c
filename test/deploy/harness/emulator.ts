import type { ChildProcess } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, stop } from './children';
import { LOCAL, ROOT, WORK } from './folders';
import { freePort } from './free-port';
import { regionOf } from './region';

const LAUNCHER = path.join(__dirname, '../emulator/launch.py');
const NETWORK = path.join(__dirname, '../emulator/network.cjs');

const ROUTES = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

/** The Regions that the profiles of the sample, and of 0.1.0's sample, route to from the stacks' Region, according to the simulated Bedrock. */
const PROFILES = { 'eu.anthropic.claude-sonnet-5': ROUTES, 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0': ROUTES };

/** The account that the emulator assigns to a caller whose access key is this number. */
export const ACCOUNT = '123456789012';

/** The properties of the templates that the emulator dropped, as its launcher recorded them. */
export interface Ledger {
  readonly types: readonly string[];
  readonly ignored: readonly { readonly type: string; readonly property: string }[];
}

/** The AWS emulator, on a free port of this machine. */
export class Emulator {
  public readonly log = path.join(WORK, 'emulator.log');
  private readonly ledgerFile = path.join(WORK, 'ledger.json');

  private constructor(
    public readonly url: string,
    private readonly home: string,
    /** The port of the fake model, which the functions that the emulator itself calls find there. */
    public readonly bedrockPort: number,
  ) {}

  private child?: ChildProcess;

  /** @param node runs the functions that the emulator itself calls: those of custom resources, schedules and streams */
  public static async start(python: string, node: string, region: string): Promise<Emulator> {
    const port = await freePort();
    const emulator = new Emulator(`http://127.0.0.1:${port}`, region, await freePort());
    await emulator.launch(python, node, port);
    return emulator;
  }

  public get pid(): number | undefined {
    return this.child?.pid;
  }

  public get ledger(): Ledger {
    return JSON.parse(readFileSync(this.ledgerFile, 'utf8'));
  }

  public async stop(): Promise<void> {
    if (this.child) await stop(this.child);
  }

  private async launch(python: string, node: string, port: number): Promise<void> {
    const log = openSync(this.log, 'w');
    const { partition, dnsSuffix } = regionOf(this.home);
    const environment = {
      PATH: `${path.dirname(node)}:${process.env.PATH}`,
      NODE_OPTIONS: `--require=${NETWORK}`,
      // What Lambda has besides a function: the SDK, which a function of CDK expects.
      NODE_PATH: path.join(ROOT, 'node_modules'),
      DEPLOY_TEST_PROFILES: JSON.stringify(PROFILES),
      TMPDIR: WORK,
      STATE_DIR: path.join(WORK, 'state'),
      PYTHONPYCACHEPREFIX: path.join(LOCAL, 'pycache'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_REGION: this.home,
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      LOG_LEVEL: 'INFO',
      // The policies of callers, keys and buckets are evaluated, not only stored.
      AUTH: 'true',
      ...(partition !== 'aws' && { DEPLOY_TEST_PARTITION: partition }),
      DEPLOY_TEST_DNS_SUFFIX: dnsSuffix,
      DEPLOY_TEST_LEDGER: this.ledgerFile,
      // The functions inherit it. Every other service is the emulator.
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${this.bedrockPort}`,
    };
    // The launcher's standard input closes when this process ends, even by SIGKILL. Then the launcher ends too.
    this.child = start(python, [LAUNCHER], { cwd: WORK, env: environment, stdio: ['pipe', log, log] });
    for (let attempt = 0; attempt < 150; attempt += 1) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/_ministack/health`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(200);
    }
    throw new Error(`the emulator doesn't answer:\n${readFileSync(this.log, 'utf8').slice(-2_000)}`);
  }
}
