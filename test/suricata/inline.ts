/**
 * Part of `npm run test:suricata`: a client with Node 24 and a server, each in its own network namespace, with Suricata inline between
 * them. It needs permission to create namespaces, and openssl.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { egressRules } from '../../lib/perimeter/egress-rules';
import { environment, installed, SURICATA } from './install';

const LISTED = 'eu.api.openai.com';
const PINNED = 'X25519:P-256';
const ADDRESS = '198.51.100.7';

/** A connection of the client: what it sends, and whether the server may answer. */
interface Case {
  readonly what: string;
  readonly servername?: string;
  readonly ecdhCurve?: string;
  /** Sent without TLS. */
  readonly plain?: string;
  readonly answered: boolean;
}

const CASES: readonly Case[] = [
  { what: 'a listed name', servername: LISTED, ecdhCurve: PINNED, answered: true },
  // Its first segment is dropped. The second passes the connection, so the first passes when it is sent again.
  { what: "a listed name, Node's default", servername: LISTED, answered: true },
  { what: 'another name', servername: 'api.example.com', ecdhCurve: PINNED, answered: false },
  { what: "another name, Node's default", servername: 'api.example.com', answered: false },
  { what: 'a name below it', servername: `x.${LISTED}`, ecdhCurve: PINNED, answered: false },
  { what: 'a name that begins with it', servername: `${LISTED}.example.com`, ecdhCurve: PINNED, answered: false },
  { what: 'no name', servername: '', ecdhCurve: PINNED, answered: false },
  { what: 'HTTP', plain: `GET / HTTP/1.1\r\nHost: ${LISTED}\r\n\r\n`, answered: false },
];

/** Answers what it receives, and prints the size of the first bytes of each connection that has any. */
const SERVER = `
const { readFileSync } = require('node:fs');
const secure = require('node:tls').createServer({ key: readFileSync(process.env.KEY), cert: readFileSync(process.env.CERT) }, (socket) => {
  socket.on('data', () => socket.write('answer')).on('error', () => {});
}).on('tlsClientError', () => {});
require('node:net').createServer((socket) => {
  socket.on('error', () => {}).once('data', (bytes) => {
    console.log('received ' + bytes.length);
    socket.pause();
    socket.unshift(bytes);
    secure.emit('connection', socket);
  });
}).listen(443, '${ADDRESS}', () => console.log('listening'));
`;

/** Opens one connection after the other, and prints whether each was answered. */
const CLIENT = `
const one = ({ servername, ecdhCurve, plain }) => new Promise((resolve) => {
  const to = { host: '${ADDRESS}', port: 443 };
  const socket = plain ? require('node:net').connect(to) : require('node:tls').connect({ ...to, servername, rejectUnauthorized: false, ...(ecdhCurve && { ecdhCurve }) });
  const end = (answered) => { socket.destroy(); resolve(answered); };
  socket.setTimeout(3_000, () => end(false));
  socket.on('error', () => end(false)).on('data', () => end(true)).on(plain ? 'connect' : 'secureConnect', () => socket.write(plain ?? 'content'));
});
(async () => { for (const each of JSON.parse(process.env.CASES)) console.log(await one(each)); })();
`;

async function inside(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inline-'));
  network();
  const started = [suricata(folder)];
  await line(started[0], /Engine started/);
  const [KEY, CERT] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-subj', '/CN=server'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', KEY, '-out', CERT], { stdio: 'ignore' });
  const server = within('server', [process.execPath, '-e', SERVER], { KEY, CERT });
  started.push(server);
  const received: string[] = [];
  createInterface({ input: server.stdout as NodeJS.ReadableStream }).on('line', (text) => received.push(text));
  await line(server, /listening/);
  const client = within('client', [process.env.NODE24 ?? '', '-e', CLIENT], { CASES: JSON.stringify(CASES) });
  const answers: boolean[] = [];
  for await (const text of createInterface({ input: client.stdout as NodeJS.ReadableStream }))
    answers.push(text === 'true');
  for (const child of started) child.kill();
  rmSync(folder, { recursive: true, force: true });

  const wrong = CASES.filter(({ answered }, index) => answers[index] !== answered);
  const connections = received.filter((text) => text.startsWith('received')).length;
  const expected = CASES.filter(({ answered }) => answered).length;
  for (const { what, answered } of wrong) console.error(`${what}: must${answered ? '' : ' not'} be answered`);
  if (connections !== expected)
    console.error(`the server must receive content on ${expected} connections, got ${connections}`);
  console.log(`inline: ${CASES.length} connections of Node 24, content arrived on ${connections}`);
  return wrong.length === 0 && connections === expected ? 0 : 1;
}

/** Two namespaces, each with a link to this one; only Suricata copies packets between the links. */
function network(): void {
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  mkdirSync('/run/netns');
  const links = [
    { name: 'client', address: '10.98.0.5/24', gateway: '10.98.0.1', peer: 'server' },
    { name: 'server', address: `${ADDRESS}/24`, gateway: '198.51.100.1', peer: 'client' },
  ];
  for (const { name } of links) {
    ip('netns', 'add', name);
    ip('link', 'add', `to-${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'address', mac(name));
    ip('link', 'set', 'eth0', 'netns', name);
    ip('link', 'set', `to-${name}`, 'up');
    whole([], `to-${name}`);
  }
  for (const { name, address, gateway, peer } of links) {
    const inNamespace = ['netns', 'exec', name];
    whole(['ip', ...inNamespace], 'eth0');
    ip(...inNamespace, 'ip', 'link', 'set', 'eth0', 'up');
    ip(...inNamespace, 'ip', 'address', 'add', address, 'dev', 'eth0');
    ip(...inNamespace, 'ip', 'route', 'add', 'default', 'via', gateway);
    // There is no router: the other side answers for it.
    ip(...inNamespace, 'ip', 'neigh', 'replace', gateway, 'lladdr', mac(peer), 'dev', 'eth0');
  }
}

/** Packets as they are on a wire: complete checksums, and no segment larger than a packet. */
function whole(prefix: readonly string[], device: string): void {
  const off = ['tx', 'tso', 'gso', 'gro'].flatMap((feature) => [feature, 'off']);
  const [command = '', ...args] = [...prefix, installed('ethtool'), '-K', device, ...off];
  execFileSync(command, args, { env: environment(), stdio: 'ignore' });
}

function suricata(folder: string): ChildProcess {
  const link = (from: string, to: string, id: number) =>
    `  - { interface: to-${from}, copy-iface: to-${to}, copy-mode: ips, cluster-id: ${id}, cluster-type: cluster_flow, defrag: no, use-mmap: yes }\n`;
  const files = {
    'egress.rules': `${[...egressRules([LISTED]), 'drop ip any any -> any any (msg:"aws:drop_strict"; sid:9000001; rev:1;)'].join('\n')}\n`,
    'suricata.yaml':
      '%YAML 1.1\n---\nvars: { address-groups: { HOME_NET: "[10.98.0.0/23]", EXTERNAL_NET: "!$HOME_NET" } }\n' +
      `af-packet:\n${link('client', 'server', 98)}${link('server', 'client', 97)}` +
      'app-layer: { protocols: { tls: { enabled: yes, detection-ports: { dp: 443 } }, http: { enabled: yes } } }\n' +
      'stream: { inline: yes, midstream: no }\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const at = (name: string) => path.join(folder, name);
  const args = [
    '-c',
    at('suricata.yaml'),
    '-S',
    at('egress.rules'),
    '-l',
    folder,
    '--af-packet',
    '--init-errors-fatal',
  ];
  return spawn(SURICATA, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts a program in a namespace. */
const within = (namespace: string, command: readonly string[], env: Record<string, string>): ChildProcess =>
  spawn('ip', ['netns', 'exec', namespace, ...command], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Waits for a line of a program. */
function line(child: ChildProcess | undefined, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      if (pattern.test(text)) resolve();
    };
    child?.stdout?.on('data', read);
    child?.stderr?.on('data', read);
    child?.on('exit', (code) => reject(new Error(`it ended with ${code} before '${pattern.source}': ${text}`)));
  });
}

const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** A local hardware address for a name. */
const mac = (name: string): string =>
  `02:${createHash('sha256').update(name).digest('hex').slice(0, 10).match(/../g)?.join(':')}`;

if (process.env.INSIDE === '1') {
  void inside().then((code) => {
    process.exitCode = code;
  });
}
