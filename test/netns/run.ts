/**
 * `npm run test:netns` runs the whole gateway in its own network namespace, in which only three hosts are reachable, and then the egress function. It counts every
 * name lookup, every connection and every packet without a route; one too many fails. It needs Linux and root (or permission to
 * create namespaces); without them, it prints the reason and exits with 77.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certificate } from './certificate';
import { control, difference, unequal } from './findings';
import { nameServer } from './name-server';
import { counter, onlyLoopback, runInNamespace } from './namespace';
import { CONFIG, SCENARIOS, type Scenario } from './scenarios';
import { FAULTS, HOSTS, upstreams } from './upstreams';

const ROOT = path.join(__dirname, '../..');

async function runScenarios(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'netns-'));
  prepareNetwork(folder);
  const { key, cert, file } = certificate(folder, HOSTS);
  const names = await nameServer(new Map(HOSTS.map(({ name, address }) => [name, address])));
  const servers = await upstreams(key, cert);
  const journal = path.join(folder, 'journal');
  writeFileSync(journal, '');

  const wrongStatuses: string[] = [];
  const tally = new Map<string, number>();
  let client = 0;
  for (const fault of FAULTS) {
    servers.fail(fault);
    // Each fault gets a new gateway; otherwise, open circuits would block most calls.
    const gateway = await startGateway(folder, journal, file);
    for (const scenario of SCENARIOS) {
      client += 1;
      const status = await send(gateway, scenario);
      tally.set(`${status}`, (tally.get(`${status}`) ?? 0) + 1);
      if (isWrong(scenario, fault, status)) {
        wrongStatuses.push(`${fault}: ${scenario.path} ${JSON.stringify(scenario.body)}: ${status}`);
      }
    }
    await stop(gateway);
  }

  const accepted = [...servers.accepted.values()].reduce((sum, count) => sum + count, 0);
  // A Unix domain socket isn't a network connection; tsx has one.
  const contacts = readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .filter((contact) => !contact.startsWith('/'));
  const findings = [
    ...wrongStatuses,
    ...difference(
      'names looked up',
      [...new Set(names.lookups)],
      HOSTS.map(({ name }) => name),
    ),
    ...difference(
      'connected to',
      [...new Set(contacts)],
      HOSTS.map(({ name, port }) => `${name}:${port}`),
    ),
    ...unequal('packets without a route', counter('Ip', 'OutNoRoutes'), 0),
    ...unequal(
      "connections opened, compared with those accepted by the hosts and opened by this test's client",
      counter('Tcp', 'ActiveOpens'),
      accepted + client,
    ),
    ...(await control()),
  ];
  servers.close();
  names.close();

  console.log(
    `${client} requests under ${FAULTS.length} states of the upstreams: ${[...tally].map(([status, count]) => `${count} x ${status}`).join(', ')}`,
  );
  console.log(
    `${contacts.length} connections of the gateway, ${accepted} accepted by ${HOSTS.map(({ name }) => name).join(', ')}`,
  );
  for (const finding of findings) console.error(`FOUND  ${finding}`);
  console.log(
    findings.length === 0
      ? 'no other name was looked up, and no other connection or packet was sent'
      : `${findings.length} findings`,
  );
  return findings.length === 0 ? 0 : 1;
}

/** Sets up loopback with the addresses of the hosts as the only network. This process resolves names. */
function prepareNetwork(folder: string): void {
  onlyLoopback(folder, '127.0.0.1');
  for (const { address } of HOSTS) execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);
}

interface Gateway {
  readonly child: ReturnType<typeof spawn>;
  readonly url: string;
  readonly key: string;
}

function startGateway(folder: string, journal: string, certificates: string): Promise<Gateway> {
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(config, CONFIG);
  const flags = [
    '--config',
    config,
    '--data',
    path.join(folder, 'data'),
    '--port',
    '0',
    '--upstream',
    'aws',
    '--format',
    'json',
  ];
  const node = [
    '--require',
    path.join(__dirname, 'journal.cjs'),
    '--import',
    'tsx',
    path.join(ROOT, 'bin/eu-residency.ts'),
  ];
  const child = spawn(process.execPath, [...node, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      JOURNAL: journal,
      NODE_EXTRA_CA_CERTS: certificates,
      NODE_NO_WARNINGS: '1',
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      OPENAI_API_KEY: 'sk-test',
    },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code} before it listened`)));
    child.stdout.once('data', (line) => {
      const [project] = JSON.parse(line).projects;
      resolve({ child, url: project.url, key: project.key });
    });
  });
}

async function stop({ child }: Gateway): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function send({ url, key }: Gateway, { path: at, body, headers }: Scenario): Promise<number> {
  const response = await fetch(`${url}/${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, connection: 'close', ...headers },
    body: JSON.stringify(body),
  });
  await response.text().catch(() => '');
  return response.status;
}

/** Without a fault, each expected status is known; with one, only the statuses of requests that are refused before a call. */
function isWrong({ expected }: Scenario, fault: string, status: number): boolean {
  if (expected === 0) return status !== 403 && status !== 404;
  if (expected === 200 && fault !== 'none') return ![200, 400, 429, 502, 503].includes(status);
  return status !== expected;
}

void (async () => {
  if (process.env.INSIDE === '1') process.exitCode = await runScenarios();
  // The second is the egress function, with the gateways that call it.
  else process.exitCode = runInNamespace(__filename) || runInNamespace(path.join(__dirname, 'egress.ts'));
})();
