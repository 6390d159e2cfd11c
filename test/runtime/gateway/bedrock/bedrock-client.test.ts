import { Agent } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { decideDestination } from '@/lib/boundary/destination';
import { storeHandler } from '@/lib/runtime/aws/store-handler';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import type { RequestHandler } from '@/lib/runtime/gateway/bedrock/bedrock-client';
import { EU } from '@/test/support/deployment';
import { BODIES_OF_FAILURES, endless } from '../support/bodies';
import { CLAUDE } from '../support/policies';

const decision = decideDestination(EU, 'eu-central-1', CLAUDE);
if (!decision.inside) throw new Error(decision.detail);
const { destination } = decision;

type Sent = Parameters<RequestHandler['handle']>[0];

/** A Bedrock whose answer is given, and what it was sent. */
function bedrockThat(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  endpoint = 'https://bedrock-runtime.eu-central-1.amazonaws.com',
  statusCode = 200,
  called: (signal: AbortSignal) => void = () => {},
) {
  const sent: Sent[] = [];
  const handle = async (request: Sent, { abortSignal }: { readonly abortSignal: AbortSignal }) => {
    sent.push(request);
    called(abortSignal);
    return { response: { statusCode, headers: {}, body } };
  };
  const bedrock = new Bedrock({
    endpoints: new Map([['eu-central-1', endpoint]]),
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test', sessionToken: 'session' },
    requestHandler: { handle } as unknown as RequestHandler,
  });
  return { bedrock, sent };
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const eventsFrom = async (body: AsyncIterable<Uint8Array>) => {
  const events: unknown[] = [];
  for await (const event of await bedrockThat(body).bedrock.converseStream(destination, {})) events.push(event);
  return events;
};

test('a call is signed for Bedrock in its Region, body and session included', async () => {
  const { bedrock, sent } = bedrockThat(json({}), 'http://127.0.0.1:8080/base/');
  await bedrock.converse(destination, {});
  const [{ method, path, hostname, port, headers }] = sent as [Sent];
  expect([method, hostname, port]).toEqual(['POST', '127.0.0.1', 8080]);
  expect(path).toBe(`/base/model/${encodeURIComponent(CLAUDE)}/converse`);
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/\d{8}\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=accept;content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
  );
  expect(headers['x-amz-security-token']).toBe('session');
});

test('bytes are sent in base64 and read back as bytes', async () => {
  const redactedContent = Buffer.from('sealed');
  const answer = {
    output: { message: { content: [{ reasoningContent: { redactedContent: redactedContent.toString('base64') } }] } },
  };
  const { bedrock, sent } = bedrockThat(json(answer));
  const image = { format: 'png' as const, source: { bytes: Buffer.from('pixels') } };
  const answered = await bedrock.converse(destination, { messages: [{ role: 'user', content: [{ image }] }] });
  const [{ body }] = sent as [Sent];
  expect(JSON.parse(Buffer.from(body).toString())).toEqual({
    messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: 'cGl4ZWxz' } } }] }],
  });
  expect(answered.output?.message?.content).toEqual([{ reasoningContent: { redactedContent } }]);
});

const STREAM = Buffer.concat([
  encodeEventStreamMessage('messageStart', { role: 'assistant' }),
  encodeEventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Grüß Gott' } }),
  encodeEventStreamMessage('contentBlockDelta', { delta: { reasoningContent: { redactedContent: 'c2VhbGVk' } } }),
]);

test.each([1, 7, 64, 100_000])('events are read from pieces of %d bytes', async (size) => {
  expect(await eventsFrom(inPieces(STREAM, size))).toEqual([
    { messageStart: { role: 'assistant' } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Grüß Gott' } } },
    { contentBlockDelta: { delta: { reasoningContent: { redactedContent: Buffer.from('sealed') } } } },
  ]);
});

test('events before an exception in the same piece are passed on before it', async () => {
  const exception = new EventStreamCodec(String, (text) => Buffer.from(text)).encode({
    headers: {
      ':message-type': { type: 'string', value: 'exception' },
      ':exception-type': { type: 'string', value: 'throttlingException' },
    },
    body: Buffer.from('{}'),
  });
  const pieces = inPieces(Buffer.concat([STREAM, exception]), 100_000);
  const events: unknown[] = [];
  const reading = async () => {
    for await (const event of await bedrockThat(pieces).bedrock.converseStream(destination, {})) events.push(event);
  };
  await expect(reading()).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(events).toHaveLength(3);
});

const damaged = Buffer.from(STREAM);
damaged.writeUInt8(0, STREAM.length - 10);
test.each<[string, Uint8Array]>([
  ['ends within an event', STREAM.subarray(0, -3)],
  ['was changed on its way', damaged],
  ['holds something else', Buffer.from('<html></html>')],
])('a stream that %s is an error', async (_, bytes) => {
  await expect(eventsFrom(inPieces(bytes, 50))).rejects.toThrow();
});

test('a connection stays open if its answer was read to the end, and is closed otherwise', async () => {
  const signals: AbortSignal[] = [];
  const answering = (body: () => AsyncIterable<Uint8Array>, statusCode = 200) =>
    bedrockThat(body(), undefined, statusCode, (signal) => void signals.push(signal)).bedrock;
  await answering(() => inPieces(json({}), 100)).converse(destination, {});
  for await (const _ of await answering(() => inPieces(STREAM, 50)).converseStream(destination, {}));
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  for await (const _ of await answering(() => inPieces(STREAM, 50)).converseStream(destination, {})) break;
  await expect(answering(() => inPieces(json({}), 100), 400).converse(destination, {})).rejects.toThrow();
  await expect(answering(() => inPieces(Buffer.from('{'), 100)).converse(destination, {})).rejects.toThrow();
  expect(signals.slice(2).map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

test.each(BODIES_OF_FAILURES)('the status of a failure is reported although its body %s', async (_, body) => {
  const { bedrock } = bedrockThat(body(), undefined, 400);
  for (const failed of [bedrock.converse(destination, {}), bedrock.converseStream(destination, {})]) {
    await expect(failed).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  }
});

test('an endless answer is aborted', async () => {
  await expect(bedrockThat(endless(Buffer.alloc(2 ** 20))).bedrock.converse(destination, {})).rejects.toThrow(
    'too large',
  );
});

test('an endless stream is aborted', async () => {
  const event = encodeEventStreamMessage('contentBlockDelta', { delta: { text: 'x'.repeat(2 ** 20) } });
  let events = 0;
  const reading = async () => {
    for await (const _ of await bedrockThat(endless(event)).bedrock.converseStream(destination, {})) events += 1;
  };
  await expect(reading()).rejects.toThrow('too large');
  expect(events).toBe(63);
});

test("certificates are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says, Bedrock's and a store's", async () => {
  const connect = jest.spyOn(Agent.prototype, 'createConnection');
  const bedrock = new Bedrock({
    endpoints: new Map([['eu-central-1', 'https://127.0.0.1:1']]),
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
  });
  await expect(bedrock.converse(destination, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const request = { method: 'GET', protocol: 'https:', hostname: '127.0.0.1', port: 1, path: '/', headers: {} };
  await expect(storeHandler().handle(request as Sent)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const checked = connect.mock.calls.map(([options]) => (options as TlsOptions).rejectUnauthorized);
  connect.mockRestore();
  expect(checked).toEqual([true, true]);
});
