import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { signedHeaders } from '@/test/support/signed-headers';
import type { Ready, Used } from './child';

/** A request, with the place of its tenant's API and the credential that it is sent with. */
export interface FuzzRequest {
  readonly as: 'member' | 'admin' | 'auditor' | 'project' | 'scim' | 'operator';
  readonly method: string;
  /** The path, with its query. */
  readonly path: string;
  readonly body?: string | FormData;
}

/** What a request did to its process. A process that died has no status. */
export interface Outcome extends Used {
  readonly status: number;
  /** The events of a stream. */
  readonly events: number;
  /** The beginning and the end of the body. */
  readonly answer: string;
  /**
   * The memory that the process has in a deployment, in bytes.
   *
   * @default - that of the machine
   */
  readonly memory?: number;
}

/** The first and the last characters of a text, in which an answer has its IDs; what is between can be megabytes of content. */
export const ends = (text: string): string =>
  text.length <= 2 * SHOWN ? text : text.slice(0, SHOWN) + text.slice(-SHOWN);

const SHOWN = 2_000;

/** Longer than any request may take, on a busy machine. */
const TIMEOUT_MS = 120_000;

/** A process that serves a data folder. */
export class ServedProcess {
  private readonly ended: Promise<undefined>;

  private constructor(
    private readonly child: ChildProcess,
    public readonly ready: Ready,
  ) {
    this.ended = once(child, 'exit').then(() => undefined);
  }

  public static async start(bundle: string, data: string): Promise<ServedProcess> {
    const child = fork(bundle, [data], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // The parent's loader of TypeScript would count as memory of the request.
      execArgv: [],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    const [ready] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the process ended before it listened');
      }),
    ])) as [Ready];
    return new ServedProcess(child, ready);
  }

  /** Sends one request, reads the answer without storing it, and asks the process what it used. */
  public async send(request: FuzzRequest): Promise<Outcome> {
    await this.ask<'begun'>('begin');
    const { status, events, answer } = await this.fetched(request);
    const used = await this.ask<Used>('end');
    return { ...(used ?? { bytes: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY }), status, events, answer };
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private async fetched({ as, method, path, body }: FuzzRequest) {
    const { workspace, project, campus, operator } = this.ready;
    const { url } = as === 'project' || as === 'operator' ? project : as === 'scim' ? campus : workspace;
    const base = url.replace(/\/v1$/, '');
    const headers = {
      ...(as === 'operator' ? signatureOf() : { authorization: `Bearer ${credential()}` }),
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    };
    function credential() {
      if (as === 'project') return project.key;
      return as === 'scim' ? campus.token : workspace.tokens[as];
    }
    // `fetch` sends the host by itself, and takes no other.
    function signatureOf() {
      const signed = { method, url: new URL(base + path), body: typeof body === 'string' ? body : '', at: new Date() };
      const { host: _, ...rest } = signedHeaders(signed, operator);
      return rest;
    }
    let [events, answer] = [0, ''];
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      for await (const chunk of response.body ?? []) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) if (chunk[at + 1] === 10) events++;
        answer = ends(answer + Buffer.from(chunk).toString('latin1'));
      }
      return { status: response.status, events, answer };
    } catch {
      return { status: 0, events, answer };
    }
  }

  /** The answer of the process; undefined if it ended, or is too busy to answer. */
  private async ask<T>(message: string): Promise<T | undefined> {
    if (!this.child.connected) return undefined;
    const answered = once(this.child, 'message', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    this.child.send(message);
    return Promise.race([answered.then(([value]) => value as T).catch(() => undefined), this.ended]);
  }
}
