import { Agent, request as httpRequest } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { type LoopbackServer, listenOnLoopback } from '@/lib/local/loopback';
import type { Fetch } from '@/lib/local/node-adapter';

let answerer: Fetch = () => new Response('ok');
let server: LoopbackServer;
let port: number;
beforeAll(async () => {
  server = await listenOnLoopback(new Map([['', (request) => answerer(request)]]), 0);
  port = Number(new URL(server.url).port);
});
afterAll(() => server.close(0));

const say = (fetch: Fetch) => {
  answerer = fetch;
};

const streamed = (body: ReadableStream<Uint8Array>, type = 'text/event-stream; charset=utf-8') =>
  new Response(body, { headers: { 'content-type': type } });

/** The answer to bytes that no HTTP client would send. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    connect(port, '127.0.0.1')
      .on('data', (chunk) => {
        answer += chunk;
      })
      .once('error', reject)
      .once('close', () => resolve(answer))
      .end(text);
  });

test('the adapter forwards method, path, headers and body, and returns status, headers and body', async () => {
  say(async (request) => {
    const { method, url, headers } = request;
    return Response.json({ method, url, two: headers.get('x-two'), body: await request.text() }, { status: 201 });
  });
  const response = await fetch(`${server.url}/v1/x?y=1`, { method: 'POST', headers: { 'x-two': 'a' }, body: 'Grüße' });
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ method: 'POST', url: `${server.url}/v1/x?y=1`, two: 'a', body: 'Grüße' });
});

test('an answer is streamed in chunks', async () => {
  let next: () => void = () => {};
  const second = new Promise<void>((resolve) => {
    next = resolve;
  });
  say(() => {
    const pieces = async function* () {
      yield Buffer.from('first');
      await second;
      yield Buffer.from('second');
    };
    return streamed(ReadableStream.from(pieces()) as ReadableStream<Uint8Array>);
  });
  const reader = (await fetch(server.url)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
  next();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('second');
});

test.each(['text/event-stream; charset=utf-8', 'application/x-tar'])(
  'an answer of type %s is written no faster than the client reads',
  async (type) => {
    let made = 0;
    say(() => {
      const pull = (controller: ReadableStreamDefaultController) => {
        made += 1;
        controller.enqueue(new Uint8Array(65_536));
        if (made === 4_000) controller.close();
      };
      return streamed(new ReadableStream({ pull }), type);
    });
    const socket = await new Promise<Socket>((resolve) => {
      const opened = connect(port, '127.0.0.1', () => {
        opened.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
        opened.pause();
        resolve(opened);
      });
    });
    await settled(() => made);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(500);
    socket.destroy();
  },
);

test('an archive that fails midway breaks off, so that its reader takes it for no whole one', async () => {
  say(() => {
    const pieces = async function* () {
      yield Buffer.from('first');
      throw new Error('a file is not as it was written');
    };
    return streamed(ReadableStream.from(pieces()) as ReadableStream<Uint8Array>, 'application/x-tar');
  });
  const answer = fetch(server.url).then((response) => response.arrayBuffer());
  await expect(answer).rejects.toThrow();
});

test('a body is read no faster than it is consumed, and not at all if it isn’t consumed', async () => {
  say(() => new Response('no', { status: 401 }));
  let sent = 0;
  await new Promise<void>((resolve) => {
    const sending = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/' }, (answer) => {
      expect(answer.statusCode).toBe(401);
      expect(answer.headers.connection).toBe('close');
      answer.resume().once('close', resolve);
    }).on('error', () => resolve());
    const more = () => {
      while (sent < 400 && sending.write(Buffer.alloc(65_536))) sent += 1;
    };
    sending.on('drain', more);
    more();
  });
  expect(sent).toBeLessThan(400);
});

test('a body that is refused unread is discarded, so that its sender receives the refusal and can continue', async () => {
  say((request) => new Response('no', { status: request.method === 'POST' ? 413 : 200 }));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, body = '') =>
    new Promise<[status: number | undefined, connection: number | undefined]>((resolve, reject) => {
      const headers = { 'content-length': body.length };
      httpRequest({ port, host: '127.0.0.1', path: '/', method, agent, headers }, (answer) => {
        const { localPort } = answer.socket;
        answer.resume().once('end', () => resolve([answer.statusCode, localPort]));
      })
        .once('error', reject)
        .end(body);
    });
  const [refused, first] = await ask('POST', 'x'.repeat(8_000_000));
  expect(refused).toBe(413);
  expect(await ask('GET')).toEqual([200, first]);
  agent.destroy();
});

test.each(['before its answer', 'during its answer'])('a client that disconnects %s fires the signal', async (when) => {
  let begun = () => {};
  const served = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const fired = new Promise<void>((resolve) => {
    say(({ signal }) => {
      signal.addEventListener('abort', () => resolve());
      begun();
      if (when === 'before its answer') return new Promise<Response>(() => {});
      return streamed(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }));
    });
  });
  const leaving = new AbortController();
  const asked = fetch(server.url, { signal: leaving.signal });
  if (when === 'during its answer') await (await asked).body?.getReader().read();
  await served;
  leaving.abort();
  await asked.catch(() => {});
  await fired;
});

test('a client that waits for the whole answer fires no signal', async () => {
  let signal: AbortSignal | undefined;
  say((request) => {
    signal = request.signal;
    return new Response('whole');
  });
  expect(await (await fetch(server.url)).text()).toBe('whole');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(signal?.aborted).toBe(false);
});

test.each([
  ['a name that leads here', 'evil.example'],
  ['a name that leads here, with the port', 'evil.example:PORT'],
  ['the metadata service', '169.254.169.254'],
  ['a name that begins like this machine', 'localhost.evil.example:PORT'],
  ['user information', '127.0.0.1@evil.example:PORT'],
  ['another port', '127.0.0.1:1'],
  ['nothing', ''],
])('a host that is %s is refused', async (_, host) => {
  let called = false;
  say(() => {
    called = true;
    return new Response('ok');
  });
  const answer = await raw(
    `GET /v1/models HTTP/1.1\r\nhost: ${host.replace('PORT', `${port}`)}\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  expect(answer).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
  expect(JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)).error.code).toBe('host_refused');
  expect(called).toBe(false);
});

test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT'])('the host %s is accepted', async (host) => {
  say(() => new Response('ok'));
  const name = host.replace('PORT', `${port}`);
  expect(await raw(`GET / HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ['a target that is a URL', 'GET http://evil.example/v1/models HTTP/1.1'],
  ['a method that no request can have', 'TRACE / HTTP/1.1'],
])('%s is refused', async (_, line) => {
  say(() => new Response('ok'));
  const answer = await raw(`${line}\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('a path that looks like a host is treated as a path', async () => {
  say((request) => new Response(request.url));
  const answer = await raw(`GET //evil.example/x HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`);
  expect(answer).toContain(`http://127.0.0.1:${port}//evil.example/x`);
});

test('each gateway has its own path prefix, which is removed from its requests', async () => {
  const echo: Fetch = (request) => new Response(new URL(request.url).pathname);
  const other = await listenOnLoopback(
    new Map([
      ['/a', echo],
      ['/b/c', echo],
    ]),
    0,
  );
  const at = async (path: string) => (await fetch(`${other.url}${path}`)).text();
  expect(await at('/a/v1/models')).toBe('/v1/models');
  expect(await at('/b/c/v1/models')).toBe('/v1/models');
  for (const path of ['/', '/b/v1/models', '/ab/v1/models', '/v1/models']) {
    expect(JSON.parse(await at(path)).error).toMatchObject({
      code: 'unknown_url',
      message: 'there is nothing at this path; base URLs end in /a/v1, /b/c/v1',
    });
  }
  await other.close(0);
});

test('too large headers are refused', async () => {
  const long = 'x'.repeat(20_000);
  const answer = await raw(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-long: ${long}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
});

test('an uncaught error is answered with 500, without its message', async () => {
  say(() => {
    throw new Error('CANARY');
  });
  const response = await fetch(server.url);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('CANARY');
});

test('an answer that fails while it is sent closes the connection', async () => {
  say(() => streamed(new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) })));
  await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow();
});

test('the server listens only on loopback, and reports a port in use', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port: used } = taken.address() as { port: number };
  await expect(listenOnLoopback(new Map(), used)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  taken.close();
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a shutdown waits for running requests, and cuts off those that take too long', async () => {
  let arrived = 0;
  let both = () => {};
  const begun = new Promise<void>((resolve) => {
    both = resolve;
  });
  const slowly: Fetch = (request) => {
    arrived += 1;
    if (arrived === 2) both();
    return request.url.endsWith('/slow')
      ? new Promise<Response>(() => {})
      : new Promise((resolve) => setTimeout(() => resolve(new Response('done')), 50));
  };
  const other = await listenOnLoopback(new Map([['', slowly]]), 0);
  const quick = fetch(`${other.url}/quick`).then((response) => response.text());
  const slow = fetch(`${other.url}/slow`).catch(() => 'cut');
  await begun;
  await other.close(300);
  expect(await quick).toBe('done');
  expect(await slow).toBe('cut');
});

/** Waits until a figure is stable. */
async function settled(figure: () => number): Promise<void> {
  let before = -1;
  while (figure() !== before) {
    before = figure();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
