import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';

/** Longer than any attack may take, on a busy machine. */
const TIMEOUT_MS = 60_000;

/** A process that answers one message after another. */
export class Child {
  private last: Promise<unknown> = Promise.resolve();
  public printed = '';

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk) => {
        this.printed += chunk;
      });
    }
  }

  public static async start<Ready>(
    file: string,
    args: readonly string[],
    env: ForkOptions['env'],
  ): Promise<{ child: Child; ready: Ready }> {
    // The parent's loader of TypeScript would count as memory of the request.
    const options: ForkOptions = {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      serialization: 'advanced',
      env,
    };
    const child = new Child(fork(file, args, options));
    return { child, ready: await child.next<Ready>() };
  }

  /** Sends a message when the messages before it are answered. */
  public ask<Answer>(message: object): Promise<Answer> {
    const answered = this.last.then(() => {
      const answer = this.next<Answer>();
      // A process that ends at the message reports that by its exit.
      this.process.send(message, () => {});
      return answer;
    });
    this.last = answered.catch(() => {});
    return answered;
  }

  public async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  private get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  private get end(): Error {
    return new Error(`the process ended: ${this.printed.slice(-2_000)}`);
  }

  private async next<Answer>(): Promise<Answer> {
    if (this.hasEnded) throw this.end;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const first = once(this.process, 'message', { signal }) as Promise<[Answer]>;
      const exit = once(this.process, 'exit', { signal }).then(() => {
        throw this.end;
      });
      return (await Promise.race([first, exit]))[0];
    } finally {
      ended.abort();
    }
  }
}
