import { cpus } from 'node:os';
import path from 'node:path';
import { columns } from '../lib/report/columns';
import { Client, closedLoop, type Kind, type Sample, type Target } from './gateway/load';
import { type Running, startNode, startScript } from './gateway/processes';
import { nodePeer } from './peers';
import { median, quantile } from './statistics';

/** Long enough for the engine to compile the hot code, which takes each contender some thousand calls. */
const WARM_UP_MS = 5_000;
const ROUNDS = 15;
const PER_ROUND = 60;
const LOAD_MS = 4_000;
const LOAD_ROUNDS = 2;
const KINDS: readonly Kind[] = ['json', 'sse'];

interface Contender extends Target {
  readonly running?: Running;
}

/**
 * Measures the time that this gateway adds to a call, compared with a bare hono and Portkey, in one run. The contenders take turns,
 * so that a slow moment of the machine affects all of them. Upstream and client share one core; each gateway has the other.
 */
export async function gatewayBench(): Promise<void> {
  const upstream = await startScript('fake-upstream', { core: 0 });
  const url = `http://127.0.0.1:${upstream.line}`;
  const contenders = await start(url);
  try {
    const { answers, alone } = await oneAtATime(contenders);
    const loaded = await underLoad(contenders);
    print(contenders, alone, loaded, answers);
  } finally {
    for (const { running } of contenders) running?.stop();
    upstream.stop();
  }
}

async function start(url: string): Promise<Contender[]> {
  const core = 1;
  const bare = await startScript('pass-through', { core, environment: { UPSTREAM: url } });
  const ours = await startScript('ours', { core, from: 'stderr', environment: { UPSTREAM: url } });
  const portkeyPort = 18_787;
  // Its streams need these versions of hono; with newer ones, it answers every stream with 500 (Portkey-AI/gateway#1389).
  const peer = nodePeer('@portkey-ai/gateway', '1.15.2', { '@hono/node-server': '1.13.5', hono: '4.9.7' });
  const portkey = await startNode([path.join(peer, 'build/start-server.js'), `--port=${portkeyPort}`, '--headless'], {
    core,
    environment: { TRUSTED_CUSTOM_HOSTS: '127.0.0.1', NODE_ENV: 'production' },
  });
  await waitForPort(portkeyPort);
  const keyed = ({ line }: Running) => {
    const [port, key = ''] = line.split(' ');
    return { port: Number(port), headers: { authorization: `Bearer ${key}` } };
  };
  return [
    { name: 'direct to the upstream', port: Number(new URL(url).port), headers: {} },
    { name: 'hono, bare pass-through', port: Number(bare.line), headers: {}, running: bare },
    { name: 'ours, to Bedrock', ...keyed(ours), running: ours },
    { name: 'ours, to a server', ...keyed(ours), model: 'local', running: ours },
    {
      name: 'Portkey 1.15.2, to Bedrock',
      port: portkeyPort,
      headers: {
        'x-portkey-provider': 'bedrock',
        'x-portkey-custom-host': url,
        'x-portkey-aws-access-key-id': 'AKIDBENCH',
        'x-portkey-aws-secret-access-key': 'bench',
        'x-portkey-aws-region': 'eu-central-1',
      },
      model: 'anthropic.claude-3-haiku-20240307-v1:0',
      running: portkey,
    },
    {
      name: 'Portkey 1.15.2, to a server',
      port: portkeyPort,
      headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${url}/v1`, authorization: 'Bearer x' },
      running: portkey,
    },
  ];
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port}`);
}

type Figures = ReadonlyMap<string, readonly Sample[]>;
const keyOf = (target: Target, kind: Kind) => `${target.name} ${kind}`;

/** Samples of single requests, in rounds. */
async function oneAtATime(contenders: readonly Contender[]) {
  const client = new Client(1);
  const alone = new Map<string, Sample[]>();
  let answers = 0;
  let failed = 0;
  const send = async (target: Target, kind: Kind) => {
    const sample = await client.send(target, kind);
    answers += 1;
    if (sample.status < 200 || sample.status > 299) failed += 1;
    return sample;
  };
  for (const target of contenders) {
    for (const kind of KINDS) await closedLoop(target, kind, 4, WARM_UP_MS);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const target of contenders) {
      for (const kind of KINDS) {
        const key = keyOf(target, kind);
        const list = alone.get(key) ?? [];
        alone.set(key, list);
        for (let i = 0; i < PER_ROUND; i++) list.push(await send(target, kind));
      }
    }
  }
  client.close();
  return { answers: { all: answers, failed }, alone };
}

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  /** Processor milliseconds per request, which other work on the machine affects least. */
  readonly cpu: number;
}

async function underLoad(contenders: readonly Contender[]): Promise<ReadonlyMap<string, readonly Load[]>> {
  const loads = new Map<string, Load[]>();
  for (let round = 0; round < LOAD_ROUNDS; round++) {
    for (const target of contenders) {
      for (const kind of KINDS) {
        for (const concurrency of [8, 32]) {
          const before = target.running?.cpu() ?? 0;
          const samples = await closedLoop(target, kind, concurrency, LOAD_MS);
          const used = (target.running?.cpu() ?? 0) - before;
          const totals = samples.map(({ total }) => total);
          const key = `${keyOf(target, kind)} ${concurrency}`;
          const failed = samples.filter(({ status }) => status < 200 || status > 299).length;
          const load = {
            perSecond: samples.length / (LOAD_MS / 1000),
            p50: median(totals),
            p99: quantile(totals, 0.99),
            failed,
            cpu: used / samples.length,
          };
          loads.set(key, [...(loads.get(key) ?? []), load]);
        }
      }
    }
  }
  return loads;
}

function print(
  contenders: readonly Contender[],
  alone: Figures,
  loaded: ReadonlyMap<string, readonly Load[]>,
  answers: { readonly all: number; readonly failed: number },
): void {
  const [direct] = contenders;
  if (direct === undefined) return;
  const of = (target: Target, kind: Kind, what: 'firstByte' | 'total') =>
    (alone.get(keyOf(target, kind)) ?? []).map((sample) => sample[what]);
  const added = (target: Target, kind: Kind, what: 'firstByte' | 'total', share: number) =>
    quantile(of(target, kind, what), share) - quantile(of(direct, kind, what), share);
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  console.log(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}); ${ROUNDS} rounds of ${PER_ROUND} after a warm-up of ${WARM_UP_MS / 1000} s each; ` +
      'added = minus the direct call. API Gateway and Lambda are excluded.\n',
  );
  const rows = [
    [
      'one at a time',
      'JSON added, median',
      'p99',
      'SSE first byte added, median',
      'p99',
      'SSE total added, median',
      'RSS',
    ],
    ...contenders.map((target) => [
      target.name,
      ms(added(target, 'json', 'total', 0.5)),
      ms(added(target, 'json', 'total', 0.99)),
      ms(added(target, 'sse', 'firstByte', 0.5)),
      ms(added(target, 'sse', 'firstByte', 0.99)),
      ms(added(target, 'sse', 'total', 0.5)),
      target.running === undefined ? '' : `${target.running.rss().toFixed(0)} MB`,
    ]),
  ];
  console.log(`${columns(rows).join('\n')}\n`);
  const best = (target: Target, kind: Kind, concurrency: number) =>
    (loaded.get(`${keyOf(target, kind)} ${concurrency}`) ?? []).reduce((a, b) => (b.perSecond > a.perSecond ? b : a));
  const loadRows = [
    [
      'requests per second (median, p99)',
      ...KINDS.flatMap((kind) => [8, 32].map((c) => `${kind.toUpperCase()} c=${c}`)),
    ],
    ...contenders.map((target) => [
      target.name,
      ...KINDS.flatMap((kind) =>
        [8, 32].map((c) => {
          const { perSecond, p50, p99 } = best(target, kind, c);
          return `${perSecond.toFixed(0)} (${ms(p50)}, ${ms(p99)})`;
        }),
      ),
    ]),
  ];
  console.log(`${columns(loadRows).join('\n')}\n`);
  const cpuRows = [
    ['processor time per request', ...KINDS.flatMap((kind) => [8, 32].map((c) => `${kind.toUpperCase()} c=${c}`))],
    ...contenders
      .filter(({ running }) => running !== undefined)
      .map((target) => [target.name, ...KINDS.flatMap((kind) => [8, 32].map((c) => ms(best(target, kind, c).cpu)))]),
  ];
  console.log(`${columns(cpuRows).join('\n')}\n`);
  // Each is compared with the peer that uses the same protocol to the same upstream.
  const targets = ['to Bedrock', 'to a server'].flatMap((to): [string, boolean][] => {
    const [ours, portkey] = ['ours', 'Portkey 1.15.2'].map((who) => named(contenders, `${who}, ${to}`)) as [
      Target,
      Target,
    ];
    const json = added(ours, 'json', 'total', 0.5);
    const more = (kind: Kind) => best(ours, kind, 32).perSecond > best(portkey, kind, 32).perSecond;
    return [
      [`${to}: added JSON median at most 2.0 ms`, json <= 2],
      [`${to}: added JSON median at most Portkey's`, json <= added(portkey, 'json', 'total', 0.5)],
      [`${to}: added SSE first byte at most 1.5 ms`, added(ours, 'sse', 'firstByte', 0.5) <= 1.5],
      [`${to}: JSON at c=32, more requests per second than Portkey`, more('json')],
      [`${to}: SSE at c=32, more requests per second than Portkey`, more('sse')],
    ];
  });
  const failed = answers.failed + [...loaded.values()].flat().reduce((sum, load) => sum + load.failed, 0);
  targets.push(['every answer of every contender has status 2xx', failed === 0]);
  for (const [name, met] of targets) console.log(`${met ? 'met   ' : 'MISSED'}  ${name}`);
  if (targets.some(([, met]) => !met)) process.exitCode = 1;
}

function named(contenders: readonly Contender[], name: string): Target {
  const found = contenders.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`there is no contender '${name}'`);
  return found;
}
