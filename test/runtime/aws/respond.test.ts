import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerEvent, clipped } from '@/lib/runtime/aws/custom-resource';
import { type Fetch, respond } from '@/lib/runtime/aws/respond';
import { event } from '../settings/support/settings-handler';

const URL_OF_S3 = event('Create').ResponseURL;
const RESPONSE = {
  Status: 'SUCCESS',
  PhysicalResourceId: 'Retention',
  StackId: 's',
  RequestId: 'r',
  LogicalResourceId: 'Retention',
} as const;
const options = { boundary: 'eu', region: 'eu-central-1', delayMs: 1 };

// biome-ignore format: one row a line
test.each([
  ['another host', 'https://example.com/x', "names 'example.com'"],
  ['another Region', 'https://b.s3.eu-west-1.amazonaws.com/x', "names 'b.s3.eu-west-1.amazonaws.com'"],
  ['outside', 'https://b.s3.us-east-1.amazonaws.com/x', "names 'b.s3.us-east-1.amazonaws.com'"],
  ['another service', 'https://b.sqs.eu-central-1.amazonaws.com/x', 'it names'],
  ['a host that ends like it', 'https://evils3.eu-central-1.amazonaws.com.example/x', 'it names'],
  ['no TLS', 'http://b.s3.eu-central-1.amazonaws.com/x', "has scheme 'http:'"],
  ['a port', 'https://b.s3.eu-central-1.amazonaws.com:8443/x', 'has a port or user information'],
  ['user information', 'https://a:b@b.s3.eu-central-1.amazonaws.com/x', 'has a port or user information'],
  ['no URL', 'x', "isn't a URL"],
])('a URL with %s is never called', async (_, url, message) => {
  const calls: URL[] = [];
  const fetch: Fetch = async (called) => { calls.push(called); return { status: 200 }; };
  await expect(respond(url, RESPONSE, { ...options, fetch })).rejects.toThrow(message);
  expect(calls).toEqual([]);
});

test.each([
  'https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/x',
  'https://cloudformation-custom-resource-response-eucentral1.s3-eu-central-1.amazonaws.com/x',
])('%s is where CloudFormation keeps answers', async (url) => {
  await expect(respond(url, RESPONSE, { ...options, fetch: async () => ({ status: 200 }) })).resolves.toBeUndefined();
});

test('what is sent has no content type, which the URL is not signed for', async () => {
  const seen: [string | undefined, string | undefined, string][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push([request.method, request.headers['content-type'], body]);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await respond(URL_OF_S3, RESPONSE, { ...options, fetch: (_, init) => fetch(here, init) });
  server.close();
  expect(seen).toEqual([['PUT', undefined, JSON.stringify(RESPONSE)]]);
});

test.each([
  ['two server errors', [500, 503, 200], 3],
  ['a connection that breaks', ['ECONNRESET', 200], 2],
  ['throttling', [429, 200], 2],
])('%s are tried again', async (_, outcomes, expected) => {
  let calls = 0;
  const fetch: Fetch = async () => {
    const outcome = outcomes[calls++];
    if (typeof outcome === 'string') throw new TypeError(outcome);
    return { status: outcome ?? 200 };
  };
  await respond(URL_OF_S3, RESPONSE, { ...options, fetch });
  expect(calls).toBe(expected);
});

test.each([
  ['a URL that has run out', 403],
  ['a redirect', 307],
])('%s is not tried again, and the URL is never told', async (_, status) => {
  let calls = 0;
  const fetch: Fetch = async () => {
    calls += 1;
    return { status };
  };
  const error = await respond(URL_OF_S3, RESPONSE, { ...options, fetch }).catch((caught) => caught);
  expect(calls).toBe(1);
  expect(error.message).toBe(
    `the answer couldn't be sent to CloudFormation (status ${status}); Lambda runs the function again`,
  );
  expect(error.message).not.toContain('SECRET');
});

test('an answer that never comes is given up', async () => {
  const fetch: Fetch = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  await expect(respond(URL_OF_S3, RESPONSE, { ...options, fetch, timeoutMs: 5 })).rejects.toThrow('TimeoutError');
});

test('an unexpected error is answered without its message', async () => {
  const response = await answerEvent(event('Create'), async () => {
    throw new RangeError('CANARY');
  });
  expect(response).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Retention' });
  expect(response.Reason).toMatch(
    /^an unexpected error \(RangeError\); deploy again, and report the error if it persists/,
  );
  expect(response.Reason).not.toContain('CANARY');
});

test.each([
  ['Create', true],
  ['Update', false],
] as const)('a refused %s of a resource says how to repeat a first deployment: %s', async (type, says) => {
  const StackId = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/exemple-foundation/0a1b2c3d';
  const refuse = async () => ({ ok: false, reason: 'é'.repeat(3_000) }) as const;
  const response = await answerEvent({ ...event(type), StackId }, refuse);
  const { Reason = '' } = response;
  expect(
    /…\. If this was the first deployment of exemple-foundation, fix this, then repeat it with two commands: /.test(
      Reason,
    ),
  ).toBe(says);
  expect(
    Reason.endsWith(
      'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name exemple-foundation ' +
        '--region eu-central-1 and npx cdk deploy --all',
    ),
  ).toBe(says);
  expect(Buffer.from(JSON.stringify(response)).length).toBeLessThan(4_096);
});

test('a long reason is cut to what CloudFormation takes', () => {
  expect(Buffer.from(clipped('é'.repeat(3_000))).length).toBeLessThanOrEqual(2_500);
  expect(clipped('é'.repeat(3_000))).toMatch(/^é+…$/);
  expect(clipped('short')).toBe('short');
});
