import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child } from './child';

/** An answer of a function, with all that its process did. */
export interface FunctionAnswer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** What a function without an API returned, or threw. */
  readonly result?: unknown;
  readonly error?: string;
  readonly ms: number;
  readonly bytes: number;
  readonly lines: readonly string[];
  readonly contacts: readonly string[];
}

/** A function of the deployment: the bundle, its policy and its environment. */
export interface DeployedFunction {
  readonly bundle: 'gateway' | 'workspace' | 'members' | 'jobs' | 'scim' | 'projects';
  /**
   * The name of the handler in the bundle.
   *
   * @default 'handler'
   */
  readonly handler?: 'handler' | 'work';
  readonly policy: object;
  readonly environment: Readonly<Record<string, string>>;
  /** In MiB, as it is deployed. */
  readonly memory: number;
}

const BUNDLES = path.join(__dirname, '../../../dist/bundles');
/** The part of a function's memory that is V8's heap, which would otherwise take that of the machine. */
const HEAP = 0.88;

/** Functions, each in a process that starts when it is first called. */
export class Functions {
  private readonly children = new Map<string, Promise<Child>>();
  private readonly folders: string[] = [];

  constructor(private readonly deployed: Readonly<Record<string, DeployedFunction>>) {}

  public async call(name: string, event: object, ms: number): Promise<FunctionAnswer> {
    const child = this.children.get(name) ?? this.start(name);
    this.children.set(name, child);
    return (await child).ask<FunctionAnswer>({ event, ms });
  }

  /** Ends each process, as Lambda does at any time. */
  public async restart(): Promise<void> {
    for (const child of this.children.values()) await (await child).stop();
    this.children.clear();
  }

  public async stop(): Promise<void> {
    await this.restart();
    for (const folder of this.folders) rmSync(folder, { recursive: true });
  }

  private async start(name: string): Promise<Child> {
    const { bundle, policy, environment, memory, handler = 'handler' } = this.deployed[name] as DeployedFunction;
    const folder = mkdtempSync(path.join(tmpdir(), 'attacks-bundle-'));
    this.folders.push(folder);
    writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
    const { child } = await Child.start<string>(path.join(__dirname, 'bundle-process.mjs'), [], {
      BUNDLE: path.join(BUNDLES, bundle, 'index.mjs'),
      HANDLER: handler,
      LAMBDA_TASK_ROOT: folder,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      NODE_OPTIONS: `--max-old-space-size=${Math.floor(memory * HEAP)}`,
      ...environment,
    });
    return child;
  }
}
