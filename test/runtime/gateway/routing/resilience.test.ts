import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { Destination } from '@/lib/boundary/destination';
import { decideDestination } from '@/lib/boundary/destination';
import { type AnyDestination, decideServer } from '@/lib/boundary/server';
import { firstAnswer } from '@/lib/runtime/gateway/routing/failover';
import { Resilience, type ResilienceOptions } from '@/lib/runtime/gateway/routing/resilience';
import { ClientGone } from '@/lib/runtime/http/deadline';
import type { FailedAttempt } from '@/lib/runtime/http/records/failed-attempt';
import type { SkippedDestination } from '@/lib/runtime/http/records/skipped-destination';
import { CLAUDE, GPT_OSS } from '../support/policies';

const at = (id: string, region: string): Destination => {
  const decision = decideDestination(ResidencyBoundary.eu(), region, id);
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
};
const FIRST = at(CLAUDE, 'eu-central-1');
const LAST = at(GPT_OSS, 'eu-north-1');
const failing = (httpStatusCode: number) => Object.assign(new Error('x'), { $metadata: { httpStatusCode } });
const timeout = Object.assign(new Error('x'), { name: 'TimeoutError' });

/** One request along both destinations; each answers or fails as it is told. */
function requester(options: ResilienceOptions = {}, destinations = [FIRST, LAST]) {
  const resilience = new Resilience({ retryDelayMs: 1, ...options });
  return async (answer: (destination: AnyDestination, call: number) => unknown) => {
    const calls: string[] = [];
    const attempts: FailedAttempt[] = [];
    const call = async (destination: AnyDestination) => {
      calls.push(destination.sourceRegion);
      const result = answer(destination, calls.length);
      if (result instanceof Error) throw result;
      return result;
    };
    const skipped: SkippedDestination[] = [];
    const result = await firstAnswer(
      destinations,
      resilience,
      call,
      (attempt) => attempts.push(attempt),
      (one) => skipped.push(one),
    ).catch((error) => error);
    return { result, calls, attempts, skipped };
  };
}
const only = (region: string, otherwise: unknown) => (destination: AnyDestination) =>
  destination.sourceRegion === region ? 'ok' : otherwise;

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

test.each([429, 500, 503])('tries the last destination again after %s, a few times', async (status) => {
  const { result, calls } = await requester()((_, call) => (call === 4 ? 'ok' : failing(status)));
  expect(result).toMatchObject({ destination: LAST, answer: 'ok' });
  expect(calls).toEqual(['eu-central-1', 'eu-north-1', 'eu-north-1', 'eu-north-1']);
});

test.each<[string, Error]>([
  ['a time-out', timeout],
  ['a refusal', failing(400)],
  ['a denial', failing(403)],
])('tries no destination again after %s', async (_, error) => {
  const { calls } = await requester()(only('nowhere', error));
  expect(new Set(calls).size).toBe(calls.length);
});

test('tries no destination after the client has disconnected', async () => {
  const { result, calls } = await requester()(() => new ClientGone('x'));
  expect(result).toMatchObject({ status: 499, code: 'client_closed_request' });
  expect(calls).toEqual(['eu-central-1']);
});

test('skips a destination after consecutive failures, and tries it again later', async () => {
  const request = requester({ failuresToOpen: 3, openMs: 10_000 });
  const firstFails = only('eu-north-1', failing(503));
  for (let index = 0; index < 3; index++) expect((await request(firstFails)).calls).toHaveLength(2);
  const { calls, attempts } = await request(firstFails);
  expect(calls).toEqual(['eu-north-1']);
  expect(attempts).toEqual([]);

  jest.setSystemTime(Date.now() + 10_001);
  expect((await request(firstFails)).calls).toEqual(['eu-central-1', 'eu-north-1']);
  expect((await request(firstFails)).calls).toEqual(['eu-north-1']);

  jest.setSystemTime(Date.now() + 10_001);
  expect((await request(only('eu-central-1', failing(503)))).calls).toEqual(['eu-central-1']);
  expect((await request(only('eu-central-1', failing(503)))).calls).toEqual(['eu-central-1']);
});

test('gets no answer while every circuit is open', async () => {
  const request = requester({ failuresToOpen: 1 });
  await request(() => failing(503));
  const { result, calls } = await request(() => 'ok');
  expect(calls).toEqual([]);
  expect(result).toMatchObject({ status: 503, code: 'residency_no_destination', headers: { 'retry-after': '10' } });
});

test('while every circuit is open because of throttling, the answer is a 429', async () => {
  const request = requester({ failuresToOpen: 1 });
  await request(() => failing(429));
  const { result, calls } = await request(() => 'ok');
  expect(calls).toEqual([]);
  expect(result).toMatchObject({ status: 429, code: 'provider_throttled', headers: { 'retry-after': '10' } });
});

test.each<[number, string, number]>([
  [429, 'does not open', 1],
  [503, 'opens', 0],
])('%d of the only destination %s its circuit', async (status, _, calls) => {
  const request = requester({ failuresToOpen: 2 }, [FIRST]);
  for (let index = 0; index < 3; index++) await request(() => failing(status));
  expect((await request(() => 'ok')).calls).toHaveLength(calls);
});

test('throttling of one among several opens its circuit', async () => {
  const request = requester({ failuresToOpen: 2 });
  for (let index = 0; index < 2; index++) await request(only('eu-north-1', failing(429)));
  expect((await request(() => 'ok')).calls).toEqual(['eu-north-1']);
});

test.each<[string, Error]>([
  ['refusals of content', failing(400)],
  ['denials', failing(403)],
  ['clients that leave', new ClientGone('x')],
])('no circuit opens on %s', async (_, error) => {
  const request = requester({ failuresToOpen: 1 });
  for (let index = 0; index < 3; index++) await request(() => error);
  expect((await request(() => 'ok')).calls).toEqual(['eu-central-1']);
});

test('a destination whose circuit is open is noted as passed over, and one that was called is not', async () => {
  const ask = requester({ failuresToOpen: 1, retries: 2 });
  expect((await ask(only('eu-north-1', failing(503)))).skipped).toEqual([]);
  const { calls, attempts, skipped } = await ask(only('eu-north-1', failing(503)));
  expect([calls, attempts]).toEqual([['eu-north-1'], []]);
  expect(skipped).toEqual([{ destination: CLAUDE, sourceRegion: 'eu-central-1', why: 'failed-before' }]);
  // The circuit of the last one opens at its first call, in the middle of its retries.
  const last = await requester({ failuresToOpen: 1, retries: 2 }, [LAST])(() => failing(503));
  expect([last.calls, last.skipped]).toEqual([['eu-north-1'], []]);
});

test("a model's own failures do not change what is answered where another model shares its destination", async () => {
  const resilience = new Resilience({ retryDelayMs: 1, failuresToOpen: 1, retries: 0 });
  const ask = (destinations: Destination[], status: number) =>
    firstAnswer(
      destinations,
      resilience,
      () => Promise.reject(failing(status)),
      () => {},
      () => {},
    ).catch((error) => error);
  await ask([FIRST], 503);
  await ask([FIRST, LAST], 429);
  // The circuit of the only destination is open because of a 503.
  expect(await ask([FIRST], 429)).toMatchObject({ status: 503, code: 'residency_no_destination' });
});

test('two servers of one model have a circuit each', () => {
  const server = (url: string) => {
    const decision = decideServer({ url, model: 'mistral', kind: 'text', region: 'eu-central-1' });
    if (!decision.inside) throw new Error(decision.detail);
    return decision.destination;
  };
  const resilience = new Resilience();
  const [one, two] = [server('http://10.0.0.1:8000/v1'), server('http://10.0.0.2:8000/v1')];
  expect(resilience.circuit(one)).toBe(resilience.circuit(server('http://10.0.0.1:8000/v1')));
  expect(resilience.circuit(one)).not.toBe(resilience.circuit(two));
});

describe('by default', () => {
  const THROTTLED =
    "the model's provider throttles this account in every destination inside the boundary, and no destination outside it is ever " +
    'used; try again later';
  const NONE =
    'no destination inside the boundary could answer now, and no destination outside it is ever used; try again later';
  const ask = (resilience: Resilience, status: number, attempts: FailedAttempt[] = [], destinations = [FIRST, LAST]) =>
    firstAnswer(
      destinations,
      resilience,
      () => Promise.reject(failing(status)),
      (attempt) => attempts.push(attempt),
      () => {},
    ).catch((error) => error);

  test('the last destination is tried again twice', async () => {
    const attempts: FailedAttempt[] = [];
    await ask(new Resilience(), 503, attempts, [LAST]);
    expect(attempts).toHaveLength(3);
  });

  test('the last destination is tried again if it can not be reached', async () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const { calls } = await requester({}, [LAST])(() => refused);
    expect(calls).toHaveLength(3);
  });

  test('the last failure is that of the destination among several', () => {
    const resilience = new Resilience();
    resilience.failed(LAST, 'throttled');
    resilience.failed(LAST, 'server-error', true);
    expect([
      resilience.lastFailure(LAST),
      resilience.lastFailure(LAST, false),
      resilience.lastFailure(LAST, true),
    ]).toEqual(['throttled', 'throttled', 'server-error']);
  });

  test('a destination is skipped after five failures, for ten seconds', async () => {
    const resilience = new Resilience({ retries: 0 });
    const callsOf = async () => {
      const attempts: FailedAttempt[] = [];
      await ask(resilience, 503, attempts, [FIRST]);
      return attempts.length;
    };
    for (let request = 0; request < 5; request++) expect(await callsOf()).toBe(1);
    expect(await callsOf()).toBe(0);
    jest.setSystemTime(Date.now() + 9_999);
    expect(await callsOf()).toBe(0);
    jest.setSystemTime(Date.now() + 1);
    expect(await callsOf()).toBe(1);
  });

  test.each([
    [429, { status: 429, code: 'provider_throttled', message: THROTTLED, type: 'server_error' }],
    [503, { status: 503, code: 'residency_no_destination', message: NONE, type: 'server_error' }],
  ])('if every destination fails with %i, the answer says so', async (status, error) => {
    expect(await ask(new Resilience({ retries: 0 }), status)).toMatchObject({
      ...error,
      headers: { 'retry-after': '10' },
    });
  });

  test('each failed attempt is reported with where it may have been processed', async () => {
    const attempts: FailedAttempt[] = [];
    const direct = { ...LAST, api: 'chat-completions' } as const;
    const decision = decideServer({ url: 'http://10.0.0.1/v1', model: 'm', kind: 'text', region: 'eu-west-1' });
    if (!decision.inside) throw new Error(decision.detail);
    const server = { ...decision.destination, accepted: 'because' };
    await ask(new Resilience({ retries: 0 }), 503, attempts, [FIRST, direct, server] as never);
    expect(attempts).toEqual([
      { destination: CLAUDE, sourceRegion: 'eu-central-1', failure: 'server-error', mayProcess: FIRST.regions },
      {
        destination: GPT_OSS,
        sourceRegion: 'eu-north-1',
        failure: 'server-error',
        api: 'chat-completions',
        mayProcess: ['eu-north-1'],
      },
      {
        destination: 'vpc/m',
        sourceRegion: 'eu-west-1',
        failure: 'server-error',
        mayProcess: ['eu-west-1'],
        accepted: 'because',
      },
    ]);
  });

  test('a destination has a circuit for each API, and one for when it is the only one', () => {
    const resilience = new Resilience();
    const circuits = [
      resilience.circuit(LAST),
      resilience.circuit({ ...LAST, api: 'chat-completions' }),
      resilience.circuit(LAST, true),
      resilience.circuit({ ...LAST, sourceRegion: 'eu-west-1' }),
    ];
    expect(new Set(circuits).size).toBe(4);
    expect(resilience.circuit(LAST, false)).toBe(circuits[0]);
  });
});
