import path from 'node:path';
import { nodePeer } from '../peers';
import type { Target } from './load';
import { type Running, startNode, startScript } from './processes';

/** A gateway, or the upstream itself, and the process in which it runs. */
export interface Contender extends Target {
  /** @default - the upstream, whose process isn't measured */
  readonly running?: Running;
  /** Every process that takes part in a request, besides this one. */
  readonly involved: readonly Running[];
}

export const [DIRECT, BARE, PORTKEY] = ['direct to the upstream', 'hono, bare pass-through', 'Portkey 1.15.2'];
export const [BEDROCK, SERVER] = ['to Bedrock', 'to a server'];
export const WITH_TABLE = `ours, ${BEDROCK}, with its table`;

/** The port of Portkey, which can't choose a free one itself. */
const PORTKEY_PORT = 18_787;

/** Starts everything. Upstream, table and client share one core; the gateways have the other. */
export async function start(): Promise<{ readonly contenders: readonly Contender[]; stop(): void }> {
  const upstream = await startScript('fake-upstream', { core: 0 });
  const table = await startScript('fake-table', { core: 0 });
  const url = `http://127.0.0.1:${upstream.line}`;
  const environment = { UPSTREAM: url };
  const core = 1;
  const bare = await startScript('pass-through', { core, environment });
  const ours = await startScript('ours', { core, from: 'stderr', environment });
  const withTable = await startScript('ours', {
    core,
    from: 'stderr',
    environment: { ...environment, TABLE: `http://127.0.0.1:${table.line}` },
  });
  const portkey = await startPortkey(core);
  const contenders: Contender[] = [
    { name: DIRECT, port: Number(upstream.line), headers: {}, involved: [upstream] },
    { name: BARE, port: Number(bare.line), headers: {}, running: bare, involved: [bare, upstream] },
    { name: `ours, ${BEDROCK}`, ...keyed(ours), involved: [ours, upstream] },
    { name: WITH_TABLE, ...keyed(withTable), involved: [withTable, upstream, table] },
    { name: `ours, ${SERVER}`, ...keyed(ours), model: 'local', involved: [ours, upstream] },
    {
      name: `${PORTKEY}, ${BEDROCK}`,
      port: PORTKEY_PORT,
      headers: {
        'x-portkey-provider': 'bedrock',
        'x-portkey-custom-host': url,
        'x-portkey-aws-access-key-id': 'AKIDBENCH',
        'x-portkey-aws-secret-access-key': 'bench',
        'x-portkey-aws-region': 'eu-central-1',
      },
      model: 'anthropic.claude-3-haiku-20240307-v1:0',
      running: portkey,
      involved: [portkey, upstream],
    },
    {
      name: `${PORTKEY}, ${SERVER}`,
      port: PORTKEY_PORT,
      headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${url}/v1`, authorization: 'Bearer x' },
      running: portkey,
      involved: [portkey, upstream],
    },
  ];
  const all = [bare, ours, withTable, portkey, table, upstream];
  return {
    contenders,
    stop: () => {
      for (const running of all) running.stop();
    },
  };
}

function keyed(running: Running): Pick<Contender, 'port' | 'headers' | 'running'> {
  const [port, key = ''] = running.line.split(' ');
  return { port: Number(port), headers: { authorization: `Bearer ${key}` }, running };
}

async function startPortkey(core: number): Promise<Running> {
  // Its streams need these versions of hono; with newer ones, it answers every stream with 500 (Portkey-AI/gateway#1389).
  const peer = nodePeer('@portkey-ai/gateway', '1.15.2', { '@hono/node-server': '1.13.5', hono: '4.9.7' });
  const portkey = await startNode([path.join(peer, 'build/start-server.js'), `--port=${PORTKEY_PORT}`, '--headless'], {
    core,
    environment: { TRUSTED_CUSTOM_HOSTS: '127.0.0.1', NODE_ENV: 'production' },
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${PORTKEY_PORT}/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer !== undefined) return portkey;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${PORTKEY_PORT}`);
}
