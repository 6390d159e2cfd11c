import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtCommand } from '@/test/support/built-command';
import { type ClientAnswer, disclosures } from './answers';
import { configOf } from './deployment';
import { filesBelow, marksBelow } from './files';
import { mark, marksIn } from './marks';
import { type CanaryRequest, LIMITED, NOT_SENT, requestsTo } from './requests';
import { CanaryUpstream, STATES, UNFINISHED_STATES } from './upstream';

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
const TO_MODELS = [...requestsTo('bedrock'), ...requestsTo('server')];
jest.setTimeout(30_000);

/** A process of `serve`, in a folder for all its files. */
class Serve {
  public readonly folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  public printed = '';
  // Only a client with a persistent connection receives the error for a body that is too large; for others, the connection is reset.
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

  public send({ method, path: below, headers, body, project }: CanaryRequest): ClientRequest {
    const { url = '', key } = this.ports.get(project) ?? {};
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/${below}`, {
      method,
      agent: this.agent,
      headers: { authorization: `Bearer ${key}`, ...length, ...headers },
    });
    // The answer to a body that is too large arrives before the whole body is sent.
    sent.on('error', () => {});
    sent.end(body);
    return sent;
  }

  public async ask(request: CanaryRequest): Promise<ClientAnswer> {
    const [response] = (await once(this.send(request), 'response')) as [IncomingMessage];
    let body = '';
    try {
      for await (const chunk of response) body += chunk;
    } catch {
      // Some of the tested answers are streams that break off.
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

  /** Stops the process, and waits for the last of its output. */
  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child?.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'close');
    this.agent.destroy();
    this.child.kill(signal);
    await ended;
  }

  /** Reads output until a condition is met. If the process ends first, the error contains its output. */
  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
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

/** Stops the process, and requires that none of its output and files contains a canary. */
async function expectClean(): Promise<void> {
  await gateway.recorded(count);
  expect(gateway.records).toHaveLength(count);
  await gateway.stop();
  expect(marksIn(gateway.printed)).toEqual([]);
  expect(filesBelow(gateway.folder)).toContain('data/serve.sqlite');
  expect(marksBelow(gateway.folder)).toEqual([]);
}

async function askAll(requests: readonly CanaryRequest[]): Promise<number[]> {
  const statuses: number[] = [];
  const found: string[] = [];
  for (const request of requests) {
    const answer = await gateway.ask(request);
    statuses.push(answer.status);
    found.push(...disclosures(request, answer));
    count += 1;
  }
  expect(found).toEqual([]);
  return statuses;
}

test.each(STATES)('serve stores and prints no content while the upstream %s', async (state) => {
  upstream.state = state;
  const statuses = await askAll(TO_MODELS);
  if (state === 'answers') expect(statuses).toEqual(TO_MODELS.map(() => 200));
  await expectClean();
  // The content was sent to the model, although nothing stored it.
  for (const place of ['prompt', 'system', 'tool', 'schema', 'argument', 'toolresult', 'instructions', 'part']) {
    expect(upstream.received).toContain(mark(place));
  }
  for (const place of ['header', 'agent', 'cookie', 'user', 'safety', 'cachekey', 'metadata', 'requestid']) {
    expect(upstream.received).not.toMatch(new RegExp(`${mark(place)}["\\\\]`));
  }
});

test('serve stores and prints no content of requests that it refuses or that call no model', async () => {
  upstream.state = 'answers';
  await askAll([...NOT_SENT]);
  expect(upstream.received).toBe('');
  await expectClean();
});

test('serve stores and prints no content of requests that a limit refuses', async () => {
  upstream.state = 'answers';
  expect(await askAll(LIMITED)).toEqual([200, 429, 200, 429]);
  await expectClean();
});

test.each(UNFINISHED_STATES)(
  'serve stores and prints no content when the client disconnects while the upstream %s',
  async (state) => {
    upstream.state = state;
    for (const request of TO_MODELS) {
      const [held, dropped] = [upstream.held(), upstream.dropped()];
      const sent = gateway.send(request);
      const response = once(sent, 'response').catch(() => []);
      await held;
      if (state === 'pauses' && request.name.endsWith('streamed')) {
        const [answer] = (await response) as [IncomingMessage];
        answer.on('error', () => {});
        await once(answer, 'data');
      }
      sent.destroy();
      await dropped;
      count += 1;
    }
    await expectClean();
    expect(gateway.records.map(({ outcome }) => outcome)).toEqual(TO_MODELS.map(() => 'aborted'));
  },
);
