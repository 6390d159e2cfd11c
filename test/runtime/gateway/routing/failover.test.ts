import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { chat, errorOf, gatewayFor, HELLO } from '../support/gateway';
import { CLAUDE, GPT_OSS, PROJECT } from '../support/policies';
import { listen } from '../support/serve';

const REGIONS = ['eu-central-1', 'eu-north-1'];
const HOSTS = REGIONS.map((region) => `bedrock-runtime.${region}.amazonaws.com`);
const ENDPOINTS = bedrockEndpoints(ResidencyBoundary.eu(), REGIONS, {});
const failing = (status: number, type = 'Exception') => ({
  status,
  type,
  body: JSON.stringify({ __type: type, message: 'CANARY' }),
});
const networkError = (code: string) => Object.assign(new Error('CANARY'), { code });

const first = (failure: ReturnType<typeof failing> | Error) =>
  scriptedBedrock(ENDPOINTS, (_, attempt) => (attempt === 0 ? failure : ANSWER));

test.each<[string, ReturnType<typeof failing> | Error, string]>([
  ['429', failing(429, 'ThrottlingException'), 'throttled'],
  ['500', failing(500, 'InternalServerException'), 'server-error'],
  ['503', failing(503, 'ServiceUnavailableException'), 'server-error'],
  ['424', failing(424, 'ModelErrorException'), 'server-error'],
  ['408', failing(408, 'ModelTimeoutException'), 'timed-out'],
  ['a refused connection', networkError('ECONNREFUSED'), 'unreachable'],
  ['a certificate that has expired', networkError('CERT_HAS_EXPIRED'), 'unreachable'],
  ['a certificate of another host', networkError('ERR_TLS_CERT_ALTNAME_INVALID'), 'unreachable'],
  ['an untrusted certificate', networkError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'unreachable'],
  ['a host that does not speak TLS', networkError('ERR_SSL_WRONG_VERSION_NUMBER'), 'unreachable'],
  ['a host without an address', networkError('ENOTFOUND'), 'unreachable'],
  ['a refused key, 401', failing(401, 'UnauthorizedException'), 'denied'],
  ['a denied call, 403', failing(403, 'AccessDeniedException'), 'denied'],
  ['404', failing(404, 'ResourceNotFoundException'), 'denied'],
  ['a role without credentials', Object.assign(new Error('CANARY'), { name: 'CredentialsProviderError' }), 'denied'],
  ['a connection that never comes', Object.assign(new Error('CANARY'), { name: 'TimeoutError' }), 'timed-out'],
])('moves on from %s', async (_, failure, kind) => {
  const { bedrock, calls } = first(failure);
  const { gateway, records, operations } = gatewayFor(PROJECT, bedrock);
  const response = await gateway.fetch(chat(HELLO));
  expect(response.status).toBe(200);
  expect(calls.map(({ host, path }) => [host, path])).toEqual([
    [HOSTS[0], `/model/${CLAUDE}/converse`],
    [HOSTS[1], `/model/${GPT_OSS}/converse`],
  ]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-residency-region': 'eu-north-1',
    'x-residency-destination': GPT_OSS,
    'x-residency-may-process': 'eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3',
  });
  expect(records[0]).toMatchObject({ outcome: 'answered', destination: GPT_OSS });
  expect(operations[0]).toMatchObject({
    attemptsFailed: 1,
    failedAttempts: [{ destination: CLAUDE, sourceRegion: 'eu-central-1', failure: kind }],
  });
});

test.each<[string, ReturnType<typeof failing> | Error, number, string]>([
  ['400 of content or policy', failing(400, 'ValidationException'), 400, 'provider_rejected_request'],
  ['a 403 without a known exception, which may be about the content', failing(403), 502, 'provider_denied_gateway'],
  ['a redirect', { status: 307, type: '', body: '' }, 502, 'provider_failed'],
  ['an answer that is not JSON', { status: 200, type: '', body: 'CANARY' }, 502, 'provider_failed'],
  ['an unknown error', new Error('CANARY'), 502, 'provider_failed'],
])('stops at %s', async (_, failure, status, code) => {
  const { bedrock, calls } = first(failure);
  const { gateway, records, operations } = gatewayFor(PROJECT, bedrock);
  const response = await gateway.fetch(chat(HELLO));
  expect(calls).toHaveLength(1);
  expect(response.headers.get('x-residency-may-process')).toContain('eu-central-1');
  expect(await errorOf(response)).toMatchObject({ status, code, message: expect.not.stringContaining('CANARY') });
  expect(JSON.stringify([records, operations])).not.toContain('CANARY');
});

test.each([1, 2])('reports that the gateway is denied if all of %d destinations deny it', async (count) => {
  const { bedrock, calls } = scriptedBedrock(ENDPOINTS, () => failing(403, 'AccessDeniedException'));
  const [model, embed] = PROJECT.models;
  const policy = {
    ...PROJECT,
    models: [{ id: 'assistant', destinations: (model?.destinations ?? []).slice(0, count) }, embed],
  };
  const response = await gatewayFor(policy as typeof PROJECT, bedrock).gateway.fetch(chat(HELLO));
  expect(calls).toHaveLength(count);
  expect(await errorOf(response)).toMatchObject({ status: 502, code: 'provider_denied_gateway' });
});

test('tries each destination, retries the last, then reports that none is left', async () => {
  const { bedrock, calls } = scriptedBedrock(ENDPOINTS, (_, attempt) => failing(attempt === 0 ? 429 : 503));
  const { gateway, records } = gatewayFor(PROJECT, bedrock);
  const response = await gateway.fetch(chat(HELLO));
  expect(calls.map(({ host }) => host)).toEqual([...HOSTS, HOSTS[1], HOSTS[1]]);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(response.headers.has('x-residency-region')).toBe(false);
  expect(await errorOf(response)).toEqual({
    status: 503,
    type: 'server_error',
    code: 'residency_no_destination',
    param: null,
    message:
      'no destination inside the boundary could answer now, and no destination outside it is ever used; try again later',
  });
  expect(records[0]).toMatchObject({ outcome: 'failed', reason: 'residency_no_destination' });
});

test('answers with a 429 when every destination throttles', async () => {
  const { bedrock, calls } = scriptedBedrock(ENDPOINTS, () => failing(429));
  const { gateway, records } = gatewayFor(PROJECT, bedrock);
  const response = await gateway.fetch(chat(HELLO));
  expect(calls).toHaveLength(4);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await errorOf(response)).toMatchObject({ status: 429, type: 'server_error', code: 'provider_throttled' });
  expect(records[0]).toMatchObject({ outcome: 'failed', reason: 'provider_throttled' });
});

describe('over a real connection', () => {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };
  const bedrockAt = (url: string, attemptTimeoutMs?: number) =>
    new Bedrock({ endpoints: new Map(REGIONS.map((region) => [region, url])), credentials, attemptTimeoutMs });

  test('never follows a redirect', async () => {
    const seen: string[] = [];
    const elsewhere = await listen((request, response) => {
      seen.push(request.url ?? '');
      response.end('{}');
    });
    const server = await listen((_, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/stolen` }).end(),
    );
    const response = await gatewayFor(PROJECT, bedrockAt(server.url)).gateway.fetch(chat(HELLO));
    await Promise.all([server.close(), elsewhere.close()]);
    expect(response.status).toBe(502);
    expect(seen).toEqual([]);
  });

  test.each<[string, boolean]>([
    ['says nothing', false],
    ['stops in the middle of its answer', true],
  ])('gives up on a host that %s', async (_, begins) => {
    const server = await listen((_request, response) => {
      if (begins) response.writeHead(200, { 'content-type': 'application/json' }).write('{"output":');
    });
    const { gateway, operations } = gatewayFor(PROJECT, bedrockAt(server.url, 100));
    const response = await gateway.fetch(chat(HELLO));
    await server.close();
    expect(response.status).toBe(503);
    expect(operations[0]?.failedAttempts).toHaveLength(2);
  });
});

test('calls no Region without an endpoint', async () => {
  const { bedrock, calls } = scriptedBedrock(new Map(), () => ANSWER);
  expect((await gatewayFor(PROJECT, bedrock).gateway.fetch(chat(HELLO))).status).toBe(502);
  expect(calls).toEqual([]);
});
