import { OwnRequest } from '@/lib/runtime/http/own-request';

const url = 'http://127.0.0.1:8080/v1/../v1/a?b=1';
const parts = (content?: Uint8Array | (() => ReadableStream<Uint8Array>)) => ({
  method: content === undefined ? 'GET' : 'POST',
  url,
  headers: new Headers({ 'content-type': 'text/plain' }),
  content,
});
const bytes = Buffer.from('Grüße');

test.each([
  ['bytes', bytes],
  ['a stream', () => new Blob([bytes]).stream()],
  ['nothing', undefined],
])('to its reader, a request with %s is as the platform makes it', async (_, content) => {
  const own = new OwnRequest(parts(content));
  const { method, headers } = parts(content);
  const platform = new Request(url, { method, headers, body: content && bytes });
  expect(own).toBeInstanceOf(Request);
  for (const one of [own, own.clone()]) {
    expect([one.method, one.url, [...one.headers]]).toEqual([platform.method, platform.url, [...platform.headers]]);
    expect([one.body === null, one.bodyUsed]).toEqual([platform.body === null, false]);
  }
  expect([await own.clone().text(), own.bodyUsed]).toEqual([await platform.clone().text(), false]);
  expect([await own.text(), own.bodyUsed]).toEqual([await platform.text(), content !== undefined]);
});

test('another request can be made of it', async () => {
  const copy = new Request('http://127.0.0.1:1/', new OwnRequest(parts(bytes)));
  expect([copy.method, copy.headers.get('content-type'), await copy.text()]).toEqual(['POST', 'text/plain', 'Grüße']);
});

test('the signal of the server is the signal of the request, and of one made of it', () => {
  const leaving = new AbortController();
  const own = new OwnRequest({ ...parts(bytes), signal: leaving.signal });
  const copy = own.clone();
  expect([own.signal.aborted, copy.signal.aborted]).toEqual([false, false]);
  leaving.abort();
  expect([own.signal.aborted, copy.signal.aborted]).toEqual([true, true]);
  expect(new OwnRequest(parts()).signal.aborted).toBe(false);
});

test.each(['TRACE', 'CONNECT', 'TRACK'])('%s is refused', (method) => {
  expect(() => new OwnRequest({ ...parts(bytes), method })).toThrow(TypeError);
});
