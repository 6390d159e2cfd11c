import { PassThrough } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { NoKey } from '@/lib/runtime/egress/provider-keys';
import { SecretRefused } from '@/lib/runtime/egress/secrets-client';
import { classify } from '@/lib/runtime/gateway/errors/upstream-failure';
import { ADDRESS } from './support/fake-provider';
import { Fixture, KEY } from './support/fixture';
import { arnOf, BODY, CONTENT, invoke, requestOf } from './support/invoke';

const fixture = new Fixture();
const { provider } = fixture;
beforeEach(() => fixture.reset());
afterAll(() => fixture.close());

/** No line, prelude or error names the key or the content, whatever went wrong. */
const disclosed = (...found: unknown[]) => {
  const text = JSON.stringify([fixture.lines, ...found.map((one) => (one instanceof Error ? one.stack : one))]);
  return [KEY, CONTENT].filter((secret) => text.includes(secret));
};

test('a request is sent once, to the host of the facts, with its key, and the answer is passed on', async () => {
  provider.answer = (_, response) => response.writeHead(200, { 'x-request-id': 'req_1' }).end('{"choices":[]}');
  const { prelude, body, error } = await invoke(fixture.egress(), requestOf());
  expect({ prelude, body, error }).toEqual({
    prelude: { status: 200, requestId: 'req_1' },
    body: '{"choices":[]}',
    error: undefined,
  });
  expect(provider.received).toEqual([
    {
      path: '/v1/chat/completions',
      headers: {
        host: 'eu.api.openai.com',
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'content-length': `${JSON.stringify(BODY).length}`,
        connection: 'close',
        authorization: `Bearer ${KEY}`,
      },
      body: JSON.stringify(BODY),
    },
  ]);
  expect(fixture.reads).toEqual(['residency/egress/openai']);
  expect(fixture.lines).toEqual([
    {
      event: 'egress',
      tenant: 'project',
      provider: 'openai',
      model: 'gpt-5.4',
      host: 'eu.api.openai.com',
      address: ADDRESS,
      status: 200,
      requestId: 'req_1',
      bytes: 14,
      ms: expect.any(Number),
    },
  ]);
});

test("Azure's key has a header of its own, and its path is the provider's", async () => {
  const model = 'gpt-5-4-eu';
  const event = requestOf({ ...BODY, model }, { provider: 'azure-eu', model });
  await invoke(fixture.egress(), event, arnOf('workspace'));
  const [received] = provider.received;
  expect(received?.path).toBe('/openai/v1/chat/completions');
  expect(received?.headers).toMatchObject({ 'api-key': KEY, host: 'contoso-eu.openai.azure.com' });
  expect(received?.headers).not.toHaveProperty('authorization');
});

test('a name that the body has twice reaches the provider once', async () => {
  const body = `{"model":"gpt-6","temperature":2,"temperature":1,${JSON.stringify(BODY).slice(1)}`;
  await invoke(fixture.egress(), requestOf(body));
  const { model, ...rest } = BODY;
  expect(provider.received[0]?.body).toBe(JSON.stringify({ model, temperature: 1, ...rest }));
});

test.each([301, 302, 303, 307, 308])('a redirect with status %i is not followed', async (status) => {
  provider.answer = (_, response) =>
    response.writeHead(status, { location: 'https://us.api.openai.com/v1/chat/completions' }).end(CONTENT);
  const { prelude, body } = await invoke(fixture.egress(), requestOf());
  expect({ prelude, body }).toEqual({ prelude: { status }, body: '' });
  expect(provider.resolved).toEqual(['eu.api.openai.com']);
});

test.each([400, 401, 403, 404, 429, 500, 503])('the text of an answer with status %i is discarded', async (status) => {
  provider.answer = (_, response) =>
    response
      .writeHead(status, { 'x-request-id': 'req_2' })
      .end(JSON.stringify({ error: { message: `${KEY} ${CONTENT}` } }));
  const { prelude, text, error } = await invoke(fixture.egress(), requestOf());
  expect(prelude).toEqual({ status, requestId: 'req_2' });
  expect(disclosed(text, error)).toEqual([]);
});

test('a request ID that could be content is not passed on', async () => {
  provider.answer = (_, response) => response.writeHead(200, { 'x-request-id': CONTENT }).end('{}');
  const { prelude } = await invoke(fixture.egress(), requestOf());
  expect(prelude).toEqual({ status: 200 });
  expect(disclosed(prelude)).toEqual([]);
});

test.each<[string, () => Promise<unknown>, string, string]>([
  [
    'expired',
    () => provider.listen(fixture.authority.issue(['eu.api.openai.com'], -1)),
    'CERT_HAS_EXPIRED',
    'unreachable',
  ],
  [
    "another host's",
    () => provider.listen(fixture.authority.issue(['us.api.openai.com'])),
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'unreachable',
  ],
])('a certificate that is %s gets neither the key nor the content', async (_, listen, failure, classified) => {
  await listen();
  const { prelude } = await invoke(fixture.egress(), requestOf());
  expect(prelude).toEqual({ status: 0, failure });
  expect(classify(Object.assign(new Error(), { code: failure }))).toBe(classified);
  expect(provider.received).toEqual([]);
});

test.each([
  // The code of a TLS alert in Node 24; earlier versions write it without a slash.
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
  [CONTENT, 'EFAULT'],
])("a connection that fails with the code '%s' is reported as '%s'", async (code, failure) => {
  const connect = async () => {
    throw Object.assign(new Error(CONTENT), { code });
  };
  const { prelude } = await invoke(fixture.egress({ connect }), requestOf());
  expect(prelude).toEqual({ status: 0, failure });
  expect(disclosed(prelude)).toEqual([]);
});

describe('keys', () => {
  test.each<[string, string | undefined]>([
    ['no version', undefined],
    ['nothing', ''],
    ['blanks', ' \n'],
    ['the placeholder', 'no-key'],
    ['a line break within', 'sk-a\nx-evil: 1'],
    ['letters that no header can have', 'schlüssel'],
  ])('a secret with %s is no key, and nothing is contacted', async (_, value) => {
    fixture.secret = () => (value === undefined ? undefined : { version: 'v1', value });
    const { prelude } = await invoke(fixture.egress(), requestOf());
    expect(prelude).toEqual({ status: 0, failure: 'no-key' });
    expect(provider.dialled).toEqual([]);
    expect(fixture.lines[0]?.detail).toMatch(/put the key into it/);
  });

  test.each([
    ['refused', new SecretRefused('no'), 'no-key'],
    ['unreachable', new Error(KEY), 'key-unreadable'],
  ] as const)('a secret that is %s stops the request', async (_, error, failure) => {
    fixture.secret = () => {
      throw error;
    };
    const { prelude, text } = await invoke(fixture.egress(), requestOf());
    expect(prelude).toEqual({ status: 0, failure });
    expect(disclosed(text)).toEqual([]);
    expect(new NoKey(failure).message).toBe(failure);
  });

  test('a line break at the end of a key is no part of it', async () => {
    fixture.secret = () => ({ version: 'v1', value: `${KEY}\n` });
    await invoke(fixture.egress(), requestOf());
    expect(provider.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('a new version is used within 60 s, and the former until then', async () => {
    const egress = fixture.egress();
    await invoke(egress, requestOf());
    fixture.secret = () => ({ version: 'v2', value: 'sk-new' });
    fixture.now += 59_999;
    await invoke(egress, requestOf());
    expect(fixture.reads).toHaveLength(1);
    fixture.now += 1;
    await invoke(egress, requestOf());
    expect(provider.received.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${KEY}`,
      `Bearer ${KEY}`,
      'Bearer sk-new',
    ]);
  });

  test('a clock that was set back makes no key older', async () => {
    const egress = fixture.egress();
    await invoke(egress, requestOf());
    fixture.now -= 3_600_000;
    await invoke(egress, requestOf());
    expect(fixture.reads).toHaveLength(2);
  });

  test('a key that a provider refuses is read again, and a new version is used at once', async () => {
    const egress = fixture.egress();
    await invoke(egress, requestOf());
    fixture.secret = () => ({ version: 'v2', value: 'sk-new' });
    provider.answer = ({ headers }, response) =>
      response.writeHead(headers.authorization === 'Bearer sk-new' ? 200 : 401).end('{}');
    const { prelude } = await invoke(egress, requestOf());
    expect(prelude.status).toBe(200);
    expect(provider.received.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${KEY}`,
      `Bearer ${KEY}`,
      'Bearer sk-new',
    ]);
  });

  test("a key that a provider refuses and its owner hasn't replaced is sent once", async () => {
    provider.answer = (_, response) => response.writeHead(401).end('{}');
    const { prelude } = await invoke(fixture.egress(), requestOf());
    expect(prelude).toEqual({ status: 401 });
    expect(provider.received).toHaveLength(1);
  });

  test("one provider never receives another's key", async () => {
    fixture.secret = (name) => ({ version: 'v1', value: `sk-${name.split('/').at(-1)}` });
    const egress = fixture.egress();
    const model = 'gpt-oss-120b';
    await invoke(egress, requestOf());
    await invoke(egress, requestOf({ ...BODY, model }, { provider: 'scaleway', model }), arnOf('workspace'));
    expect(provider.received.map(({ headers }) => [headers.host, headers.authorization])).toEqual([
      ['eu.api.openai.com', 'Bearer sk-openai'],
      ['api.scaleway.ai', 'Bearer sk-scaleway'],
    ]);
  });
});

describe('streams', () => {
  const streaming = requestOf({ ...BODY, stream: true });

  test('an answer is passed on as it arrives', async () => {
    let more: () => void = () => undefined;
    provider.answer = (_, response) => {
      response.writeHead(200).write('data: 1\n\n');
      more = () => void response.end('data: [DONE]\n\n');
    };
    const out = new PassThrough();
    const serving = fixture.egress()(streaming, out, { invokedFunctionArn: arnOf() });
    const pieces: string[] = [];
    for await (const piece of out) {
      pieces.push(String(piece));
      if (String(piece).includes('data: 1')) more();
    }
    await serving;
    expect(pieces.join('')).toMatch(/^\{"status":200\}\0{8}data: 1\n\ndata: \[DONE\]\n\n$/);
  });

  test("an answer that breaks off fails the invocation, so that it isn't taken for whole", async () => {
    provider.answer = (_, response) => void response.writeHead(200).write(CONTENT, () => response.destroy());
    const { prelude, error } = await invoke(fixture.egress(), streaming);
    expect(prelude.status).toBe(200);
    expect(error?.message).toBe('the answer of a provider broke off (ECONNRESET)');
    expect(disclosed(error)).toEqual([]);
    expect(fixture.lines[0]).toMatchObject({ status: 200, failure: 'ECONNRESET' });
  });

  test.each([
    ['never begins', () => undefined, 0],
    ['falls silent', (response: import('node:http').ServerResponse) => void response.writeHead(200).write('x'), 200],
  ] as const)('an answer that %s is given up', async (_, answer, status) => {
    provider.answer = (_received, response) => answer(response);
    const { prelude } = await invoke(fixture.egress({ firstByteTimeoutMs: 300, idleTimeoutMs: 50 }), streaming);
    expect(prelude.status).toBe(status);
    expect(fixture.lines[0]).toMatchObject({ status, failure: 'ETIMEDOUT' });
  });

  test('a gateway that has gone ends the call of the provider', async () => {
    const closed = new Promise<void>((resolve) => {
      provider.answer = (_, response, request) => {
        response.writeHead(200).write('x');
        request.socket.once('close', () => resolve());
      };
    });
    const out = new PassThrough();
    const serving = fixture.egress()(streaming, out, { invokedFunctionArn: arnOf() });
    await new Promise((resolve) => out.once('readable', resolve));
    out.destroy();
    await expect(serving).rejects.toThrow('broke off');
    await closed;
  });

  test('an answer is read no faster than the gateway takes it', async () => {
    const piece = Buffer.alloc(64 * 1_024, 'x');
    let written = 0;
    provider.answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (written < 1_000) {
          written += 1;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const out = new PassThrough();
    const serving = fixture.egress({ idleTimeoutMs: 300 })(streaming, out, { invokedFunctionArn: arnOf() });
    // Longer than an answer may be silent: the clock stands still while the gateway doesn't read.
    let before = -1;
    while (written !== before || written === 0) {
      before = written;
      await setTimeout(400);
    }
    expect(written).toBeLessThan(900);
    let size = 0;
    for await (const chunk of out) size += (chunk as Buffer).length;
    await serving;
    expect(size).toBeGreaterThan(1_000 * piece.length);
    await setImmediate();
    expect(fixture.lines[0]).toMatchObject({ status: 200, bytes: 1_000 * piece.length });
  });
});
