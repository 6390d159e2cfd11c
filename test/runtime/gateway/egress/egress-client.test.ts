import { InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { MOST_EGRESS_BYTES, PRELUDE_END } from '@/lib/contract/egress';
import { EgressClient } from '@/lib/runtime/gateway/egress/egress-client';
import { classify } from '@/lib/runtime/gateway/errors/upstream-failure';
import type { Answer } from '@/lib/runtime/gateway/openai/transport';
import { textOf } from '@/lib/runtime/http/answer-body';
import { FakeLambda, frame } from './support/fake-lambda';

const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:egress';
const REQUEST = { provider: 'openai', model: 'm', kind: 'text', path: '/chat/completions', body: '{}' } as const;
const CREDENTIALS = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test', sessionToken: 'session' };

const lambda = new FakeLambda();
beforeAll(() => lambda.start());
beforeEach(() => lambda.reset());
afterAll(() => lambda.stop());

const client = (functionName = ARN) =>
  new EgressClient({
    region: 'eu-central-1',
    endpoint: lambda.url,
    functionName,
    alias: 'projects',
    credentials: async () => CREDENTIALS,
  });
const signal = () => new AbortController().signal;
const call = (request: object = REQUEST) => client().call(request as never, signal());

/** Lambda passes on these pieces of what the function wrote, and these frames after them. */
const answering = (pieces: readonly (string | Uint8Array)[], ...after: readonly Buffer[]) => {
  lambda.instead = (response) => {
    response.writeHead(200);
    for (const piece of pieces) response.write(frame('PayloadChunk', Buffer.from(piece)));
    response.end(Buffer.concat(after));
  };
};
const COMPLETE = frame('InvokeComplete');
const END = Buffer.from(PRELUDE_END).toString();

/** How a call, or the reading of its answer, fails. */
async function failing(made: Promise<Answer> = call()): Promise<string> {
  const error = await made
    .then(({ body }) => textOf(body))
    .then(
      () => 'answered',
      (thrown) => thrown,
    );
  return error === 'answered' ? error : classify(error);
}

test('an answer has its status, its ID and its body', async () => {
  answering([`{"status":200,"requestId":"req_1"}${END}data: 1`, 'data: 2'], COMPLETE);
  const { status, requestId, body } = await call();
  expect({ status, requestId, text: await textOf(body) }).toEqual({
    status: 200,
    requestId: 'req_1',
    text: 'data: 1data: 2',
  });
});

test('an answer is the same in pieces of one byte', async () => {
  const bytes = Buffer.concat([
    ...[...Buffer.from(`{"status":200}${END}data`)].map((byte) => frame('PayloadChunk', Buffer.from([byte]))),
    COMPLETE,
  ]);
  lambda.instead = async (response) => {
    response.writeHead(200);
    for (let at = 0; at < bytes.length; at += 7) {
      response.write(bytes.subarray(at, at + 7));
      if (at % 70 === 0) await new Promise(setImmediate);
    }
    response.end();
  };
  const { body } = await call();
  expect(await textOf(body)).toBe('data');
});

test("the request is the AWS SDK's, and the SDK reads the same answer", async () => {
  answering([`{"status":200}${END}x`], COMPLETE);
  await call();
  const sdk = new LambdaClient({ region: 'eu-central-1', endpoint: lambda.url, credentials: CREDENTIALS });
  const Payload = Buffer.from(JSON.stringify(REQUEST));
  const { EventStream } = await sdk.send(
    new InvokeWithResponseStreamCommand({ FunctionName: ARN, Qualifier: 'projects', Payload }),
  );
  const read: string[] = [];
  for await (const { PayloadChunk, InvokeComplete } of EventStream ?? []) {
    read.push(PayloadChunk ? Buffer.from(PayloadChunk.Payload ?? []).toString() : `${InvokeComplete?.ErrorCode}`);
  }
  expect(read).toEqual([`{"status":200}${END}x`, 'undefined']);
  const [own, theirs] = lambda.invocations;
  expect(own?.url).toBe(theirs?.url);
  expect(own?.event).toEqual(theirs?.event);
  expect(own?.headers['x-amz-security-token']).toBe('session');
  expect(own?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/\d{8}\/eu-central-1\/lambda\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/,
  );
});

test('a request that Lambda would not pass on is refused with 413, and not sent', async () => {
  const request = (size: number) => ({ ...REQUEST, body: 'x'.repeat(size) });
  const own = JSON.stringify(request(0)).length;
  answering([`{"status":200}${END}`], COMPLETE);
  await expect(call(request(MOST_EGRESS_BYTES - own))).rejects.toMatchObject({
    status: 413,
    code: 'request_too_large',
  });
  // Its bytes count, not its characters.
  await expect(call({ ...REQUEST, body: 'ä'.repeat(MOST_EGRESS_BYTES / 2) })).rejects.toMatchObject({ status: 413 });
  expect(lambda.invocations).toEqual([]);
  expect((await call(request(MOST_EGRESS_BYTES - own - 1))).status).toBe(200);
});

test.each([
  [429, 'throttled'],
  [500, 'server-error'],
  [502, 'server-error'],
  [409, 'server-error'],
  [403, 'denied'],
  [404, 'denied'],
  [400, 'denied'],
  [301, 'broken'],
])("Lambda's own status %i is %s, and never a provider's", async (status, failure) => {
  lambda.instead = (response) => void response.writeHead(status).end('{"Message":"no"}');
  const error = await call().catch((thrown) => thrown);
  expect(classify(error)).toBe(failure);
  expect(error).not.toHaveProperty('$metadata');
});

test('a request that Lambda finds too large is refused with 413', async () => {
  lambda.instead = (response) => void response.writeHead(413).end('{}');
  await expect(call()).rejects.toMatchObject({ status: 413, code: 'request_too_large' });
});

test.each([
  ['refused', 'denied'],
  ['no-key', 'denied'],
  ['key-unreadable', 'server-error'],
  ['ECONNREFUSED', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['CERT_HAS_EXPIRED', 'unreachable'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable'],
  ['ETIMEDOUT', 'timed-out'],
  // The code of a TLS alert in Node 24.
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'unreachable'],
  ['EFAULT', 'unreachable'],
  ['some other text', 'unreachable'],
])("the function's failure '%s' is %s, and never a provider's status", async (failure, classified) => {
  answering([`{"status":0,"failure":"${failure}"}${END}`], COMPLETE);
  const error = await call().catch((thrown) => thrown);
  expect(classify(error)).toBe(classified);
  expect(error).not.toHaveProperty('$metadata');
});

const FAILED = frame('InvokeComplete', { ErrorCode: 'Unhandled', ErrorDetails: 'x' });
test.each<[string, readonly string[], Buffer, string]>([
  ['the function fails before it answers', [], FAILED, 'server-error'],
  ['the function fails within its answer', [`{"status":200}${END}data`], FAILED, 'server-error'],
  [
    'an exception comes in the stream',
    [`{"status":200}${END}data`],
    frame('ServiceException', {}, 'exception'),
    'server-error',
  ],
  ['an error comes in the stream', [`{"status":200}${END}data`], frame('InternalFailure', {}, 'error'), 'server-error'],
  ['the stream ends without saying that all came', [`{"status":200}${END}data`], Buffer.alloc(0), 'unreachable'],
  ['the stream ends within an event', [`{"status":200}${END}data`], COMPLETE.subarray(0, 20), 'unreachable'],
  ['an event is changed', [`{"status":200}${END}data`], Buffer.from(COMPLETE).fill(1, 30, 31), 'broken'],
  ['there is no prelude', [], COMPLETE, 'broken'],
  ['the prelude never ends', ['{"status":200}', ' '.repeat(5_000), ' '.repeat(5_000)], COMPLETE, 'broken'],
  ['the prelude is no JSON', [`{"status":${END}`], COMPLETE, 'broken'],
  ['the prelude is a list', [`[]${END}`], COMPLETE, 'broken'],
  ['the prelude has no status', [`{"requestId":"req_1"}${END}`], COMPLETE, 'broken'],
  ['the prelude has the status 0 and no failure', [`{"status":0}${END}`], COMPLETE, 'broken'],
])('if %s, the answer is no whole one', async (_, pieces, after, failure) => {
  answering(pieces, after);
  expect(await failing()).toBe(failure);
});

test('an event that this version does not know is passed over', async () => {
  answering([`{"status":200}${END}data`], frame('Later', {}), COMPLETE);
  expect(await failing()).toBe('answered');
});

test('an abort ends a call, and the body of one', async () => {
  const leaving = new AbortController();
  const closed = new Promise<void>((resolve) => {
    lambda.instead = (response) => {
      response.once('close', resolve).writeHead(200);
      response.write(frame('PayloadChunk', Buffer.from(`{"status":200}${END}data`)));
    };
  });
  const { body } = await client().call(REQUEST, leaving.signal);
  const reading = textOf(body);
  leaving.abort();
  await expect(reading).rejects.toThrow();
  await closed;
});
