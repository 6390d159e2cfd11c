import { execFile } from 'node:child_process';
import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { LOOPBACK_RANGES, PRIVATE_RANGES } from '@/lib/boundary/address';
import { classify } from '@/lib/runtime/gateway/errors/upstream-failure';
import { type Call, type Lookup, nodeTransport } from '@/lib/runtime/gateway/openai/transport';
import { watchContacts } from '../support/contacts';

let hits = 0;
const server = createServer((request, response) => {
  hits += 1;
  if (request.url === '/away') response.writeHead(307, { location: 'http://127.0.0.2:9/elsewhere' }).end();
  else response.writeHead(200, { 'x-request-id': 'req_1' }).end('ok');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());
beforeEach(() => {
  hits = 0;
});

/** A resolver that leads a name wherever the test says. */
const leadingTo = (...addresses: string[]): Lookup =>
  ((_: string, __: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as never;

const call = (over: Partial<Call> = {}): Call => ({
  url: new URL(`http://vllm.internal:${port}/v1`),
  headers: {},
  body: '{}',
  addresses: LOOPBACK_RANGES,
  signal: new AbortController().signal,
  ...over,
});

test('calls a name that resolves to an allowed address', async () => {
  expect(await nodeTransport(leadingTo('127.0.0.1'))(call())).toMatchObject({ status: 200, requestId: 'req_1' });
  expect(hits).toBe(1);
});

test.each([
  ['a public address', ['8.8.8.8']],
  ['the metadata service', ['169.254.169.254']],
  ['an allowed address and another', ['127.0.0.1', '8.8.8.8']],
  ['an allowed address after another', ['8.8.8.8', '127.0.0.1']],
  ['an address in disguise', ['::ffff:8.8.8.8']],
  ['no address', []],
])('a name that resolves to %s is not connected to', async (_, found) => {
  const { contacts, stop } = watchContacts();
  const failed = await nodeTransport(leadingTo(...found))(call()).catch((error) => error);
  stop();
  expect(failed.code).toBe('EHOSTUNREACH');
  expect(hits).toBe(0);
  // Node notes the name before it resolves it; no address is ever connected to.
  expect(contacts.filter((contact) => !contact.startsWith('vllm.internal'))).toEqual([]);
});

test('a server that never connects is given up', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const failed = nodeTransport((() => {}) as never)(call()).catch((error) => error);
  jest.advanceTimersByTime(3_000);
  jest.useRealTimers();
  expect(classify(await failed)).toBe('timed-out');
});

test('a name that later resolves to another address is not connected to', async () => {
  let leads = '127.0.0.1';
  const transport = nodeTransport(((...args: Parameters<Lookup>) => (leadingTo(leads) as Lookup)(...args)) as Lookup);
  expect((await transport(call())).status).toBe(200);
  leads = '8.8.8.8';
  const other = call({ url: new URL(`http://other.internal:${port}/v1`) });
  await expect(transport(other)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
});

test('ranges of one server are not those of another', async () => {
  const transport = nodeTransport(leadingTo('127.0.0.1'));
  await transport(call());
  const other = call({ addresses: PRIVATE_RANGES, url: new URL(`http://two.internal:${port}/v1`) });
  await expect(transport(other)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
});

test('a redirect is returned, not followed', async () => {
  const { contacts, stop } = watchContacts();
  const { status } = await nodeTransport(leadingTo('127.0.0.1'))(
    call({ url: new URL(`http://vllm.internal:${port}/away`) }),
  );
  stop();
  expect(status).toBe(307);
  expect(hits).toBe(1);
  expect(contacts.filter((contact) => contact.includes('127.0.0.2'))).toEqual([]);
});

test('a proxy of the environment is not used', async () => {
  const before = { ...process.env };
  Object.assign(process.env, {
    HTTP_PROXY: 'http://127.0.0.2:9',
    http_proxy: 'http://127.0.0.2:9',
    NODE_USE_ENV_PROXY: '1',
  });
  try {
    expect((await nodeTransport(leadingTo('127.0.0.1'))(call())).status).toBe(200);
  } finally {
    process.env = before;
  }
});

test('an abort ends a call', async () => {
  const leaving = new AbortController();
  leaving.abort();
  await expect(nodeTransport(leadingTo('127.0.0.1'))(call({ signal: leaving.signal }))).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test.each(['http://8.8.8.8', 'http://134744072', 'http://0x08080808', 'http://8.8.2056', 'http://[2001:db8::1]'])(
  '%s is an address of its own, and not connected to',
  async (url) => {
    const { contacts, stop } = watchContacts();
    await expect(nodeTransport()(call({ url: new URL(url) }))).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
    stop();
    expect(contacts).toEqual([]);
  },
);

test("an abort doesn't end the process after a complete but unread answer", async () => {
  const script = path.join(__dirname, 'support/abort-unread.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  expect(stdout).toBe('still here\n');
});
