import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { cognitoIssuer } from '@/lib/boundary/cognito-issuer';
import { parseKeySet } from '@/lib/boundary/key-set';
import { KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { type Fetch, fetchKeySet } from '@/lib/runtime/key-sets/fetch-key-set';
import { issuerHere } from '@/lib/runtime/key-sets/issuer';
import { createRefresh } from '@/lib/runtime/key-sets/refresh';
import { event } from '../settings/support/settings-handler';

const POOL = 'eu-central-1_AbCdEf123';
const ISSUER = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const NOW = new Date('2026-11-27T12:00:00.000Z');
const JWK = {
  ...generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' }),
  kid: 'one',
  alg: 'RS256',
  use: 'sig',
};

/** A server instead of Cognito. */
let answer: { status?: number; headers?: Record<string, string>; body?: string; hangs?: true } = {};
let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status ?? 200, answer.headers);
    if (answer.hangs) response.write('{');
    else response.end(answer.body ?? JSON.stringify({ keys: [JWK] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = {};
});

const asked: string[] = [];
const toServer: Fetch = (url, init) => {
  asked.push(url);
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, init);
};
const read = (timeoutMs = 2_000) => fetchKeySet({ issuer: ISSUER, now: NOW, fetch: toServer, timeoutMs });

test('the keys are read from the Region’s issuer, with the time', async () => {
  expect(await read()).toEqual({ issuer: ISSUER, keys: [JWK], readAt: NOW.toISOString() });
  expect(asked.at(-1)).toBe(`${ISSUER}/.well-known/jwks.json`);
});

test.each<[string, typeof answer, RegExp]>([
  [
    'a redirect',
    { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
    /can't be read: the answer has status 302; run/,
  ],
  ['an error', { status: 503 }, /the answer has status 503/],
  ['too much', { body: 'x'.repeat(65_537) }, /larger than 65536 bytes/],
  ['text that isn’t JSON', { body: '<html>' }, /is not JSON; nothing was written/],
  [
    'no keys',
    { body: '{"keys":[]}' },
    /contains no key for RS256; nothing was written, and the previous keys stay valid/,
  ],
])('a key set is refused: %s', async (_, given, message) => {
  answer = given;
  await expect(read()).rejects.toThrow(message);
});

test('an endless answer is cut off', async () => {
  answer = { hangs: true };
  await expect(read(50)).rejects.toThrow('no complete answer arrived in 50 ms');
});

test('a failed connection is reported by its code', async () => {
  const refusing: Fetch = async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  };
  await expect(fetchKeySet({ issuer: ISSUER, now: NOW, fetch: refusing })).rejects.toThrow(
    'the connection failed (ECONNREFUSED)',
  );
});

test.each<[string, string]>([
  ['another host', 'eu-central-1_x.evil.example/'],
  ['a path', 'eu-central-1_x/../y'],
  ['no Region', '_x'],
  ['a Region outside', 'us-east-1_AbCdEf123'],
  ['London, whose code has the same beginning', 'eu-west-2_AbCdEf123'],
  ['no id', ''],
])('a user pool is refused: %s', (_, pool) => {
  expect(() => cognitoIssuer(ResidencyBoundary.eu(), pool)).toThrow(
    /must be the id of a Cognito user pool in a Region inside/,
  );
});

test('the issuer belongs to the function’s own Region and partition', () => {
  expect(issuerHere({ boundary: 'eu' }, 'eu-central-1', POOL)).toBe(ISSUER);
  expect(() => issuerHere({ boundary: 'eu' }, 'eu-west-1', POOL)).toThrow(
    "must be a pool of eu-west-1, got 'eu-central-1_",
  );
});

/** The handler with a table that may fail. */
function handlerOf({ fails = false } = {}) {
  const [items, lines, answers]: [Record<string, { S: string }>[], object[], string[]] = [[], [], []];
  const handler = createRefresh({
    fetchKeySet: read,
    client: {
      send: async (command: { input: { TableName?: string; Item?: unknown } }) => {
        if (fails) throw new Error('AccessDenied: no');
        items.push(command.input.Item as Record<string, { S: string }>);
        return {};
      },
    } as never,
    table: 'key-sets',
    responder: {
      boundary: 'eu',
      region: 'eu-central-1',
      fetch: async (_, init) => {
        answers.push(Buffer.from(init.body as Uint8Array).toString());
        return { status: 200 };
      },
    },
    log: (line) => lines.push(line),
  });
  return { handler, items, lines, answers };
}

test('a scheduled run writes the key set, and a gateway can read it', async () => {
  const { handler, items, lines } = handlerOf();
  await handler({ source: 'aws.events', issuer: 'https://evil.example' });
  const [item] = items;
  expect(item).toMatchObject({ pk: { S: KEY_SETS_PARTITION }, sk: { S: ISSUER } });
  expect(parseKeySet(ISSUER, item?.keySet?.S ?? '')?.keys).toEqual([JWK]);
  expect(lines).toEqual([{ event: 'key-set', issuer: ISSUER, keys: ['one'] }]);
});

test('a failed scheduled run fails the function, so its metric shows it', async () => {
  answer = { status: 500 };
  const { handler, items } = handlerOf();
  await expect(handler({})).rejects.toThrow('status 500');
  expect(items).toEqual([]);
});

test.each([
  ['is told when it went well', {}, 'SUCCESS', undefined],
  ['is told why it did not', { fails: true }, 'FAILED', 'AccessDenied: no'],
] as const)('a deployment %s', async (_, options, status, reason) => {
  const { handler, answers } = handlerOf(options);
  await handler(event('Create'));
  expect(JSON.parse(answers[0] ?? '')).toMatchObject({
    Status: status,
    ...(reason && { Reason: expect.stringContaining(reason) }),
  });
});

test('a deletion reads no keys', async () => {
  const { handler, items, answers } = handlerOf();
  await handler(event('Delete', { PhysicalResourceId: 'KeySet' }));
  expect([items.length, JSON.parse(answers[0] ?? '').Status]).toEqual([0, 'SUCCESS']);
});
