import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtCommand } from '@/test/support/built-command';
import { type Answered, givenAway } from './answers';
import { type Asked, LIMITED, served, UNSENT } from './asked';
import { configOf } from './deployment';
import { filesBelow, marksBelow } from './kept';
import { mark, marksIn } from './marks';
import { CanaryUpstream, HOLDING, STATES } from './upstream';

const FLAGS = [
  'serve',
  '--config',
  'residency.yaml',
  '--data',
  'data',
  '--port',
  '0',
  '--upstream',
  'aws',
  '--format',
  'json',
];
const SERVED = [...served('bedrock'), ...served('server')];
jest.setTimeout(30_000);

/** A whole process of `serve`, in a folder that holds all that it writes to disk. */
class Serve {
  public readonly folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  public printed = '';
  // A client that keeps its connection is told of a body that is too large; another meets a closed door.
  private readonly agent = new Agent({ keepAlive: true });
  private child: ChildProcess | undefined;
  private readonly ports = new Map<string, { readonly url: string; readonly key: string }>();

  public async start(command: string, upstream: string): Promise<void> {
    mkdirSync(path.join(this.folder, 'tmp'));
    writeFileSync(path.join(this.folder, 'residency.yaml'), configOf(`${upstream}/v1`));
    this.child = spawn(process.execPath, [command, ...FLAGS], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        TMPDIR: path.join(this.folder, 'tmp'),
        AWS_ACCESS_KEY_ID: 'AKIDTEST',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream,
      },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text) => {
        this.printed += text;
      });
    }
    await this.until(() => this.printed.includes('\n'));
    for (const { id, url, key } of JSON.parse(this.printed.split('\n')[0] ?? '').projects)
      this.ports.set(id, { url, key });
  }

  public send({ method, path: below, headers, body, project }: Asked): ClientRequest {
    const { url = '', key } = this.ports.get(project) ?? {};
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/${below}`, {
      method,
      agent: this.agent,
      headers: { authorization: `Bearer ${key}`, ...length, ...headers },
    });
    // A body that is refused by its size is answered before all of it is sent.
    sent.on('error', () => {});
    sent.end(body);
    return sent;
  }

  public async ask(asked: Asked): Promise<Answered> {
    const [response] = (await once(this.send(asked), 'response')) as [IncomingMessage];
    let body = '';
    try {
      for await (const chunk of response) body += chunk;
    } catch {
      // A stream that breaks is what some of the answers are about.
    }
    return { status: response.statusCode ?? 0, headers: response.rawHeaders, body };
  }

  /** The residency records so far. */
  public get records(): { readonly outcome: string }[] {
    const lines = this.printed.split('\n').filter((line) => line.includes('"event":"residency"'));
    return lines.map((line) => JSON.parse(line));
  }

  public async recorded(count: number): Promise<void> {
    await this.until(() => this.printed.split('"event":"operations"').length > count);
  }

  /** Ends the process, and waits until the last of what it printed has come. */
  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child?.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'close');
    this.agent.destroy();
    this.child.kill(signal);
    await ended;
  }

  /** Reads on until something was printed; a process that ends before is told of with what it said. */
  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.child?.exitCode !== null) throw new Error(this.printed);
      const { stdout, stderr } = this.child;
      const more = new AbortController();
      await Promise.race(
        [stdout, stderr, this.child].map((from) => from && once(from, from === this.child ? 'exit' : 'data', more)),
      );
      more.abort();
    }
  }
}

const upstream = new CanaryUpstream();
let gateway: Serve;
let count = 0;
let command = '';
const built = mkdtempSync(path.join(tmpdir(), 'canary-command-'));
beforeAll(async () => {
  await upstream.start();
  command = builtCommand(built);
});
afterAll(async () => {
  await upstream.stop();
  rmSync(built, { recursive: true });
});
beforeEach(async () => {
  count = 0;
  upstream.received = '';
  gateway = new Serve();
  await gateway.start(command, upstream.url);
});
afterEach(async () => {
  await gateway.stop('SIGKILL');
  rmSync(gateway.folder, { recursive: true });
});

/** All that the process left behind; it has ended, so that nothing more comes. */
async function expectClean(): Promise<void> {
  await gateway.recorded(count);
  expect(gateway.records).toHaveLength(count);
  await gateway.stop();
  expect(marksIn(gateway.printed)).toEqual([]);
  expect(filesBelow(gateway.folder)).toContain('data/serve.sqlite');
  expect(marksBelow(gateway.folder)).toEqual([]);
}

async function askAll(requests: readonly Asked[]): Promise<number[]> {
  const statuses: number[] = [];
  const found: string[] = [];
  for (const asked of requests) {
    const answer = await gateway.ask(asked);
    statuses.push(answer.status);
    found.push(...givenAway(asked, answer));
    count += 1;
  }
  expect(found).toEqual([]);
  return statuses;
}

test.each(STATES)('serve keeps and prints no content while the upstream %s', async (state) => {
  upstream.state = state;
  const statuses = await askAll(SERVED);
  if (state === 'well') expect(statuses).toEqual(SERVED.map(() => 200));
  await expectClean();
  // What was kept from every store did go where it belongs.
  for (const place of ['prompt', 'system', 'tool', 'schema', 'argument', 'toolresult', 'instructions', 'part']) {
    expect(upstream.received).toContain(mark(place));
  }
  for (const place of ['header', 'agent', 'cookie', 'user', 'safety', 'cachekey', 'metadata', 'requestid']) {
    expect(upstream.received).not.toMatch(new RegExp(`${mark(place)}["\\\\]`));
  }
});

test('serve keeps and prints no content of what it refuses, and of what has nothing to send', async () => {
  upstream.state = 'well';
  await askAll([...UNSENT]);
  expect(upstream.received).toBe('');
  await expectClean();
});

test('serve keeps and prints no content of what a limit refuses', async () => {
  upstream.state = 'well';
  expect(await askAll(LIMITED)).toEqual([200, 429, 200, 429]);
  await expectClean();
});

test.each(HOLDING)('serve keeps and prints no content when the client leaves an upstream that %s', async (state) => {
  upstream.state = state;
  for (const asked of SERVED) {
    const [held, dropped] = [upstream.held(), upstream.dropped()];
    const sent = gateway.send(asked);
    const response = once(sent, 'response').catch(() => []);
    await held;
    if (state === 'pauses' && asked.name.endsWith('streamed')) {
      const [answer] = (await response) as [IncomingMessage];
      answer.on('error', () => {});
      await once(answer, 'data');
    }
    sent.destroy();
    await dropped;
    count += 1;
  }
  await expectClean();
  expect(gateway.records.map(({ outcome }) => outcome)).toEqual(SERVED.map(() => 'aborted'));
});
