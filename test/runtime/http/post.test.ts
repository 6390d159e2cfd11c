import { Agent } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { textOf } from '@/lib/runtime/http/answer-body';
import { post } from '@/lib/runtime/http/post';

/** What the server does with a request, by the number of the request. Everything it received is noted with the number of its connection. */
let react: (socket: Socket, count: number) => void;
const received: number[] = [];
let sockets: Socket[] = [];
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

const server = createServer((socket) => {
  const number = sockets.push(socket);
  socket.on('error', () => {});
  socket.on('data', () => react(socket, received.push(number)));
});
let agent: Agent;
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
beforeEach(() => {
  agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  received.length = 0;
  sockets = [];
  react = (socket) => socket.write(OK);
});
afterEach(() => {
  agent.destroy();
  for (const socket of sockets) socket.destroy();
});
afterAll(() => server.close());

const send = async (signal = new AbortController().signal) => {
  const { port } = server.address() as AddressInfo;
  const headers = { host: `127.0.0.1:${port}`, 'content-length': '2' };
  const call = { protocol: 'http:', hostname: '127.0.0.1', port, path: '/', headers, body: '{}', agent, signal };
  return textOf(await post(call));
};

/** As many idle connections. */
async function idle(count: number): Promise<void> {
  react = () => {
    if (received.length === count) for (const socket of sockets) socket.write(OK);
  };
  await Promise.all(Array.from({ length: count }, () => send()));
  await wait(5);
  received.length = 0;
}

/** Closes each idle connection at its next request, as a server does whose own limit for idle connections is over. */
const closing = (count: number, how: 'destroy' | 'resetAndDestroy') => (socket: Socket) =>
  sockets.indexOf(socket) < count ? socket[how]() : socket.write(OK);

test.each(['destroy', 'resetAndDestroy'] as const)(
  'a request that met a stale connection is sent once more, on a new one (%s)',
  async (how) => {
    await idle(3);
    react = closing(3, how);
    expect(await send()).toBe('ok');
    expect(received).toEqual([expect.any(Number), 4]);
    expect(await send()).toBe('ok');
    expect(received.slice(2)).toEqual([4]);
  },
);

test('a burst that meets stale connections is answered', async () => {
  await idle(8);
  react = closing(8, 'resetAndDestroy');
  expect(await Promise.all(Array.from({ length: 8 }, () => send()))).toEqual(Array(8).fill('ok'));
});

test('a failure on a new connection is not repeated', async () => {
  react = (socket) => socket.destroy();
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(received).toEqual([1]);
});

test('a repetition that fails too is not repeated', async () => {
  await idle(2);
  react = (socket) => socket.destroy();
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(received).toHaveLength(2);
});

test('a request is not repeated once a byte of its answer has arrived', async () => {
  await idle(1);
  react = (socket) => socket.end('HTTP/1.1 200');
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(received).toEqual([1]);
});

test('a request that its caller aborted is not repeated', async () => {
  await idle(1);
  const leaving = new AbortController();
  react = () => leaving.abort();
  await expect(send(leaving.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(received).toEqual([1]);
});
