import { readFileSync, rmSync } from 'node:fs';
import { connect as dialTcp } from 'node:net';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { type Connect, connector } from '@/lib/runtime/egress/connect';
import { Authority, type Pair } from './support/authority';
import { ADDRESS, FakeProvider } from './support/fake-provider';

const HOST = 'eu.api.openai.com';
const ROOT = path.join(__dirname, '../../..');

const authority = new Authority();
const other = new Authority();
const provider = new FakeProvider(authority);
const valid = authority.issue([HOST]);
beforeEach(async () => {
  provider.forget();
  await provider.listen(valid);
});
afterAll(async () => {
  await provider.close();
  authority.close();
  other.close();
});

const signal = () => new AbortController().signal;

/** What becomes of a connection: its address, or the code of the error. */
async function outcome(connect: Connect, host = HOST): Promise<string> {
  try {
    const { socket, address } = await connect(host, signal());
    socket.destroy();
    return address;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no code';
  }
}

const connect = () => connector(provider.trusting());

test('a connection is to an address that the resolver returned, and sends the whole name', async () => {
  const { socket, address } = await connect()(HOST, signal());
  socket.destroy();
  expect(address).toBe(ADDRESS);
  expect(provider.names).toEqual([HOST]);
  expect(provider.resolved).toEqual([HOST]);
  expect(provider.dialled).toEqual([`${ADDRESS}:443`]);
});

test.each<[string, () => Pair, RegExp]>([
  ['has expired', () => authority.issue([HOST], -1), /^CERT_HAS_EXPIRED$/],
  ['is for another name', () => authority.issue(['us.api.openai.com']), /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['is for a name below it', () => authority.issue([`*.${HOST}`]), /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['is for its parent domain', () => authority.issue(['api.openai.com']), /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  [
    'is for a name that begins with it',
    () => authority.issue([`${HOST}.example.eu`]),
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
  ],
  ['is for the address only', () => authority.issue([`IP:${ADDRESS}`]), /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['is of another authority', () => other.issue([HOST]), /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/],
])('a host whose certificate %s is refused', async (_, pair, code) => {
  await provider.listen(pair());
  expect(await outcome(connect())).toMatch(code);
  expect(provider.received).toEqual([]);
});

test("by default, the test's own authority isn't trusted, whatever the environment says", async () => {
  const before = { ...process.env };
  Object.assign(process.env, { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: '/tmp/ca.pem' });
  try {
    const { rootCertificates } = await import('node:tls');
    const network = { ...provider.network, authorities: rootCertificates };
    expect(await outcome(connector(network))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  } finally {
    process.env = before;
  }
});

test.each([
  ['a private address', ['10.0.0.7']],
  ['the metadata service', ['169.254.169.254']],
  ['this machine', ['127.0.0.1']],
  ['an address of carriers', ['100.64.0.1']],
  ['an address of documentation', ['192.0.2.1']],
  ['multicast', ['224.0.0.1']],
  ['a public address and a private one', [ADDRESS, '10.0.0.7']],
  ['an address of IPv6', ['2606:4700::1']],
  ['an address in disguise', ['::ffff:162.159.140.245']],
  ['an address in octal', ['0242.237.214.365']],
  ['a name', ['example.com']],
  ['nothing', []],
])('a resolver that returns %s is refused, and nothing is dialled', async (_, addresses) => {
  provider.addresses = addresses;
  expect(await outcome(connect())).toBe('EHOSTUNREACH');
  expect(provider.dialled).toEqual([]);
});

test('another public address in a false answer has no certificate for the name', async () => {
  provider.addresses = ['93.184.215.14'];
  await provider.listen(other.issue([HOST]));
  expect(await outcome(connect())).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  expect(provider.received).toEqual([]);
});

test('each connection asks the resolver again, and has a handshake with a certificate of its own', async () => {
  const once = connect();
  expect(await outcome(once)).toBe(ADDRESS);
  provider.addresses = ['10.0.0.7'];
  expect(await outcome(once)).toBe('EHOSTUNREACH');
  provider.addresses = [ADDRESS];
  const { socket } = await once(HOST, signal());
  expect(socket.isSessionReused()).toBe(false);
  socket.destroy();
  expect(provider.resolved).toHaveLength(3);
});

test('the next address is tried if the first refuses connections, and no more than two', async () => {
  provider.addresses = [ADDRESS, '162.159.140.246', '162.159.140.247'];
  const dial = provider.dial;
  const refusing = (count: number) => {
    let dialled = 0;
    provider.dial = (address) => (dialled++ < count ? dialTcp(1, '127.0.0.1') : dial(address));
  };
  refusing(1);
  expect(await outcome(connect())).toBe('162.159.140.246');
  refusing(3);
  expect(await outcome(connect())).toBe('ECONNREFUSED');
  provider.dial = dial;
  expect(provider.dialled).toHaveLength(4);
});

test('an abort ends a connection that is being made', async () => {
  const leaving = new AbortController();
  const waiting = connector({ ...provider.trusting(), resolve: () => new Promise(() => undefined) })(
    HOST,
    leaving.signal,
  );
  leaving.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ABORT_ERR' });
  const gone = new AbortController();
  gone.abort();
  await expect(connect()(HOST, gone.signal)).rejects.toMatchObject({ code: 'ABORT_ERR' });
});

let built = 0;

/** The code without one of its checks, built again. */
function without(check: string, replacement: string): Connect {
  const file = path.join(ROOT, 'lib/runtime/egress/connect.ts');
  const source = readFileSync(file, 'utf8');
  if (source.split(check).length !== 2) throw new Error(`connect.ts doesn't have '${check}' once`);
  const outfile = path.join(ROOT, `.local/egress-without-${process.pid}-${built++}.cjs`);
  const stdin = { contents: source.replace(check, replacement), resolveDir: path.dirname(file), loader: 'ts' } as const;
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  try {
    const made: typeof import('@/lib/runtime/egress/connect') = require(outfile);
    return made.connector(provider.trusting());
  } finally {
    rmSync(outfile);
  }
}

/** What each check alone prevents: a name that isn't sent, a false answer of the resolver, and a certificate of another host. */
async function attacks(made: Connect): Promise<Record<string, boolean>> {
  await outcome(made);
  const nameless = provider.connections > provider.names.length;
  provider.addresses = ['10.0.0.7'];
  const toPrivate = (await outcome(made)) === '10.0.0.7';
  provider.addresses = [ADDRESS];
  await provider.listen(authority.issue(['other.example.eu']));
  const toOther = (await outcome(made)) === ADDRESS;
  return { 'no name': nameless, 'a private address': toPrivate, "another's certificate": toOther };
}

test.each([
  ['none', ' resolve, dial, authorities }', ' resolve, dial, authorities }', []],
  ['the name', 'servername: host,', '', ['no name']],
  ['the address', '!addresses.every(isPublicAddress)', 'false', ['a private address']],
  [
    'the certificate',
    'checkServerIdentity,\n      ALPN',
    'checkServerIdentity: () => undefined,\n      ALPN',
    ["another's certificate"],
  ],
])('with %s of the three checks removed, what only it prevents succeeds', async (_, check, replacement, succeeding) => {
  const found = await attacks(without(check, replacement));
  expect(Object.keys(found).filter((attack) => found[attack])).toEqual(succeeding);
});
