/**
 * Runs gateways with the built egress function, in a network namespace in which only the providers' hosts are reachable. It counts every name
 * look-up, every connection and every packet without a route; one too many fails. `run.ts` starts it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EgressRequest } from '@/lib/contract/egress';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { deployedServers } from '@/lib/runtime/gateway/deployed-servers';
import { EgressClient } from '@/lib/runtime/gateway/egress/egress-client';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { watchContacts } from '../runtime/gateway/support/contacts';
import { gatewayFor, NO_BEDROCK, post } from '../runtime/gateway/support/gateway';
import { certificate } from './certificate';
import { EGRESS, GATEWAY, MODELS, PROVIDER_HOSTS } from './egress-policies';
import { control, difference, unequal } from './findings';
import { nameServer } from './name-server';
import { counter, onlyLoopback } from './namespace';
import { type Scenario, scenariosOf } from './scenarios';
import { FAULTS, type Host, upstreams } from './upstreams';

const ROOT = path.join(__dirname, '../..');
const NAME = 'egress';
const FUNCTION = `arn:aws:lambda:eu-central-1:111122223333:function:${NAME}`;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' };
/** A host that a false answer of the resolver leads to, on a private address. */
const PRIVATE = '10.99.0.9';
const SCENARIOS = scenariosOf(MODELS, ['embed']);

async function main(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'netns-egress-'));
  onlyLoopback(folder, '127.0.0.1');
  for (const address of [...PROVIDER_HOSTS.map((host) => host.address), PRIVATE])
    execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);
  const { key, cert, file } = certificate(folder, PROVIDER_HOSTS);
  const known = new Map(PROVIDER_HOSTS.map(({ name, address }) => [name, address]));
  const names = await nameServer(known);
  const servers = await upstreams(key, cert, PROVIDER_HOSTS);
  const secrets = await secretsManager();
  const lure = await listening(PRIVATE, 443);
  const egress = await startEgress(folder, file, secrets.url);

  const { contacts, stop } = watchContacts();
  const wrong: string[] = [];
  const tally = new Map<string, number>();
  const count = (status: string) => void tally.set(status, (tally.get(status) ?? 0) + 1);
  for (const fault of FAULTS) {
    servers.fail(fault);
    const send = gatewayThrough(egress.url);
    for (const scenario of SCENARIOS) {
      const status = await send(scenario);
      count(`${status}`);
      if (isWrong(scenario, fault, status)) {
        wrong.push(`${fault}: ${scenario.path} ${JSON.stringify(scenario.body)}: ${status}`);
      }
    }
  }
  servers.fail('none');
  const before = [...servers.accepted.values()].reduce((sum, one) => sum + one, 0);
  for (const [what, request] of planted()) {
    const outcome = await failureOf(egress.url, request);
    count(`planted ${outcome}`);
    if (outcome !== 'EgressRefused') wrong.push(`a planted gateway, ${what}: ${outcome}`);
  }
  const accepted = [...servers.accepted.values()].reduce((sum, one) => sum + one, 0);
  known.set('eu.api.openai.com', PRIVATE);
  const misled = await failureOf(egress.url, plain());
  if (misled !== 'EHOSTUNREACH') wrong.push(`a false answer of the resolver: ${misled}`);
  stop();
  egress.child.kill();

  const own = new Set(contacts);
  const made = readFileSync(path.join(folder, 'journal'), 'utf8')
    .trim()
    .split('\n')
    .filter((contact) => !contact.startsWith('/'));
  const findings = [
    ...wrong,
    ...unequal("contacts for a planted gateway's requests", accepted - before, 0),
    ...unequal('contacts at a private address', lure.accepted(), 0),
    ...difference(
      'names looked up',
      [...new Set(names.lookups)],
      PROVIDER_HOSTS.map(({ name }) => name),
    ),
    ...difference("connected to by the gateways' process", [...own], [hostOf(egress.url)]),
    ...difference(
      'connected to by the egress function',
      [...new Set(made)],
      [hostOf(secrets.url), ...PROVIDER_HOSTS.map(({ address }) => `${address}:443`)],
    ),
    ...unequal('packets without a route', counter('Ip', 'OutNoRoutes'), 0),
    ...unequal(
      'connections opened, compared with those of both processes',
      counter('Tcp', 'ActiveOpens'),
      contacts.length + made.length,
    ),
    ...(await control()),
  ];
  servers.close();
  names.close();
  lure.close();
  secrets.close();

  console.log(
    `${SCENARIOS.length * FAULTS.length} requests of gateways under ${FAULTS.length} states of ${PROVIDER_HOSTS.length} providers: ` +
      [...tally].map(([status, times]) => `${times} x ${status}`).join(', '),
  );
  console.log(`${made.length} connections of the egress function, ${accepted} accepted by the providers`);
  for (const finding of findings) console.error(`FOUND  ${finding}`);
  console.log(
    findings.length === 0
      ? 'no other name was looked up, and no other connection or packet was sent'
      : `${findings.length} findings`,
  );
  return findings.length === 0 ? 0 : 1;
}

const hostOf = (url: string): string => new URL(url).host;

/** Sends the requests of one gateway, whose circuits are all closed. */
function gatewayThrough(endpoint: string): (scenario: Scenario) => Promise<number> {
  const environment = { ...CREDENTIALS, EGRESS_FUNCTION: FUNCTION, AWS_ENDPOINT_URL_LAMBDA: endpoint };
  const bedrock = new Bedrock({ endpoints: new Map(), credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const servers = deployedServers(admitPolicy(GATEWAY), bedrock, environment);
  const { gateway } = gatewayFor(GATEWAY, NO_BEDROCK, { servers });
  return async ({ path: at, body, headers }) => {
    const response = await gateway.fetch(post(at, body, headers));
    await response.text().catch(() => '');
    return response.status;
  };
}

/** Without a fault, each expected status is known; with one, only the statuses of requests that are refused before a call. */
function isWrong({ expected }: Scenario, fault: string, status: number): boolean {
  if (expected === 0) return status !== 403 && status !== 404;
  if (expected === 200 && fault !== 'none') return ![200, 400, 429, 502, 503].includes(status);
  return status !== expected;
}

const plain = (over: Partial<EgressRequest> = {}, body: object = {}): EgressRequest => ({
  provider: 'openai',
  model: 'gpt-5.2',
  kind: 'text',
  path: '/chat/completions',
  body: JSON.stringify({ model: 'gpt-5.2', messages: [], store: false, prompt_cache_retention: 'in_memory', ...body }),
  ...over,
});

/** Requests of a gateway that was replaced, each of which would lead elsewhere or leave something behind. */
const planted = (): [string, EgressRequest][] => [
  ...['us.api.openai.com', 'https://example.com', 'OpenAI', '__proto__', '127.0.0.1', 'mistral'].map(
    (provider): [string, EgressRequest] => [`provider ${provider}`, plain({ provider })],
  ),
  ...['gpt-5.2-mini', '../../x@example.com', 'https://api.openai.com/v1'].map((model): [string, EgressRequest] => [
    `model ${model}`,
    plain({ model }, { model }),
  ]),
  ...['/responses', '//example.com', '/../files', 'https://example.com/'].map((at): [string, EgressRequest] => [
    `path ${at}`,
    plain({ path: at as EgressRequest['path'] }),
  ]),
  ['another model in the body', plain({}, { model: 'gpt-6' })],
  ['stored', plain({}, { store: true })],
  ['stored by default', plain({}, { store: undefined })],
  ['a tool of the provider', plain({}, { tools: [{ type: 'web_search' }] })],
  [
    'a remote image',
    plain(
      {},
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com' } }] }] },
    ),
  ],
];

/** How the egress function's answer to a request fails. */
async function failureOf(endpoint: string, request: EgressRequest): Promise<string> {
  const client = new EgressClient({
    region: 'eu-central-1',
    endpoint,
    functionName: FUNCTION,
    alias: 'projects',
    credentials: async () => ({ accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }),
  });
  return client.call(request, new AbortController().signal).then(
    ({ status }) => `${status}`,
    ({ name, code }) => code ?? name,
  );
}

/** Secrets Manager, which knows a key for every name. */
async function secretsManager(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ VersionId: 'v1', SecretString: 'sk-test' })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** A host that counts connections. */
async function listening(address: Host['address'], port: number): Promise<{ accepted(): number; close(): void }> {
  let accepted = 0;
  const server = createTcpServer((socket) => {
    accepted += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return { accepted: () => accepted, close: () => void server.close() };
}

async function startEgress(folder: string, trusted: string, secrets: string) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(EGRESS));
  writeFileSync(path.join(folder, 'journal'), '');
  const hooks = ['journal.cjs', 'trust.cjs'].flatMap((hook) => ['--require', path.join(__dirname, hook)]);
  const child = spawn(process.execPath, [...hooks, '--import', 'tsx', path.join(__dirname, 'egress-process.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...CREDENTIALS,
      PATH: process.env.PATH,
      HOME: folder,
      JOURNAL: path.join(folder, 'journal'),
      TRUSTED: trusted,
      BUNDLE: path.join(ROOT, 'dist/bundles/egress/index.mjs'),
      LAMBDA_TASK_ROOT: folder,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
    },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the egress function ended with code ${code} before it listened`)));
    child.stdout.on('data', (text: Buffer) => {
      const found = /^URL (\S+)$/m.exec(text.toString())?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url };
}

void main().then((code) => process.exit(code));
