import type { ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import type { Aws, Identity } from '../harness/aws';
import { run, start, stop } from '../harness/children';
import { WORK } from '../harness/folders';

/** Receives the parts of a function's answer to one event, in order. */
export interface Listener {
  readonly onMetadata: (metadata: { statusCode: number; headers: Record<string, string> }) => void;
  readonly onChunk: (chunk: Buffer) => void;
  readonly onEnd: () => void;
  readonly onFailure: (reason: string) => void;
}

/** The tools of this machine that unpack and run a function. */
export interface Runtime {
  readonly node: string;
  readonly python: string;
  /** Credentials of a function's role. */
  readonly identity: (functionName: string) => Promise<Identity>;
  /** Variables in addition to the function's own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is loaded before a function's code; none for most functions. */
  readonly preload?: (functionName: string) => Preload | undefined;
}

/** A module that replaces parts of a function's network, with its own variables. */
export interface Preload {
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The deployed code, downloaded from Lambda and run in one process, like Lambda's warm environments. */
export class DeployedFunction {
  private log = '';
  private readonly listeners = new Map<string, Listener>();

  private constructor(
    private readonly child: ChildProcess,
    /** SHA-256 of the zip, as Lambda reports it. */
    public readonly codeSha256: string,
  ) {}

  /** The version of Node that runs the code. */
  public version = '';

  public static async start(aws: Aws, FunctionName: string, runtime: Runtime): Promise<DeployedFunction> {
    const identity = await runtime.identity(FunctionName);
    const { Code, Configuration } = await aws.lambda.send(new GetFunctionCommand({ FunctionName }));
    const zip = Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer());
    const sha256 = createHash('sha256').update(zip).digest('base64');
    if (sha256 !== Configuration?.CodeSha256)
      throw new Error(`${FunctionName}: the code's digest differs from the one that Lambda reports`);

    // Two versions of a function can run at the same time.
    const folder = path.join(WORK, `${FunctionName}-${Buffer.from(sha256, 'base64').toString('hex').slice(0, 8)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}.zip`, zip);
    const { code, output } = await run(runtime.python, ['-m', 'zipfile', '-e', `${folder}.zip`, folder]);
    if (code !== 0) throw new Error(`${FunctionName}: the code can't be unpacked: ${output}`);

    const preload = runtime.preload?.(FunctionName);
    const options = preload === undefined ? [] : ['--require', preload.module];
    const child = start(runtime.node, [...options, path.join(__dirname, 'lambda-host.mjs')], {
      cwd: folder,
      env: {
        ...Configuration.Environment?.Variables,
        AWS_REGION: aws.region,
        AWS_LAMBDA_FUNCTION_NAME: FunctionName,
        AWS_LAMBDA_LOG_GROUP_NAME: Configuration.LoggingConfig?.LogGroup,
        AWS_ACCESS_KEY_ID: identity.accessKeyId,
        AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
        AWS_SESSION_TOKEN: identity.sessionToken,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: Configuration.Handler ?? '',
        ...runtime.environment,
        ...preload?.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const deployed = new DeployedFunction(child, sha256);
    await deployed.ready();
    return deployed;
  }

  /** Everything that this process has written to the function's log. */
  public get logged(): string {
    return this.log;
  }

  /** @param arn the ARN that was invoked, with its alias */
  public invoke(event: unknown, listener: Listener, arn?: string): void {
    const id = randomUUID();
    this.listeners.set(id, listener);
    this.child.send({ id, event, arn });
  }

  public stop(): Promise<void> {
    return stop(this.child);
  }

  private async ready(): Promise<void> {
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    }
    await new Promise<void>((resolve, reject) => {
      this.child.once('message', ({ ready }: { ready: string }) => {
        this.version = ready;
        resolve();
      });
      this.child.once('exit', () => reject(new Error(`the function doesn't start: ${this.log}`)));
    });
    this.child.on('message', (message: Message) => this.dispatch(message));
    this.child.once('exit', () => {
      for (const listener of this.listeners.values()) listener.onFailure('the function has ended');
    });
  }

  private dispatch({ id, metadata, chunk, end, failed }: Message): void {
    const listener = this.listeners.get(id);
    if (metadata) listener?.onMetadata(metadata);
    if (chunk !== undefined) listener?.onChunk(Buffer.from(chunk, 'base64'));
    if (failed !== undefined) listener?.onFailure(failed);
    if (end) listener?.onEnd();
    if (end || failed !== undefined) this.listeners.delete(id);
  }
}

interface Message {
  readonly id: string;
  readonly metadata?: { statusCode: number; headers: Record<string, string> };
  readonly chunk?: string;
  readonly end?: boolean;
  readonly failed?: string;
}
