import fc from 'fast-check';
import type { Counter, Counters } from '@/lib/runtime/gateway/limits/counters';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { limitsOfProject } from '@/lib/runtime/gateway/limits/rate-limited';
import { begin } from '@/lib/runtime/gateway/limits/running';
import { runningOf } from '@/lib/runtime/gateway/limits/windows';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK } from '../support/gateway';
import { keyedGateway, TWO_PROJECTS } from '../support/keyed-gateway';
import { MemoryCounters } from '../support/memory-store';
import { ScriptedBedrock, speech } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

/** 20 tokens, whole or streamed. */
const answers = () =>
  bedrock.replies(({ operation }) =>
    operation === 'converse-stream'
      ? { steps: speech('x') }
      : {
          json: {
            output: { message: { content: [{ text: 'x' }] } },
            stopReason: 'end_turn',
            usage: { inputTokens: 10, outputTokens: 10 },
          },
        },
  );
const limitsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-ratelimit-')));

test('exactly 10 of 50 concurrent requests pass at a limit of 10', async () => {
  const { make, withKey } = keyedGateway({ limits: { requestsPerMinute: 10 } });
  const { key } = await make();
  const responses = await Promise.all(Array.from({ length: 50 }, () => withKey(key)));
  const passed = responses.filter(({ status }) => status === 200);
  expect(passed).toHaveLength(10);
  expect(responses.filter(({ status }) => status === 429)).toHaveLength(40);
  const remaining = passed.map(({ headers }) => Number(headers.get('x-ratelimit-remaining-requests')));
  expect(remaining.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("an excess request gets the retry time in OpenAI's form", async () => {
  const { make, withKey, records, operations } = keyedGateway({ limits: { requestsPerMinute: 1, tokensPerDay: 100 } });
  const { key } = await make();
  await withKey(key);
  const response = await withKey(key);
  expect(response.headers.get('retry-after')).toBe('30');
  expect(response.headers.get('x-request-id')).toBe(records[1]?.id);
  expect(limitsOf(response)).toEqual({
    'x-ratelimit-limit-requests': '1',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '30s',
    'x-ratelimit-limit-tokens': '100',
    'x-ratelimit-remaining-tokens': '100',
    'x-ratelimit-reset-tokens': '13h59m30s',
  });
  expect(await errorOf(response)).toEqual({
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    param: null,
    message: 'the project has made its 1 requests for this minute; wait 30 s and try again',
  });
  expect(records[1]).toMatchObject({ tenant: 'helpdesk-bot', outcome: 'refused', reason: 'rate_limit_exceeded' });
  expect(operations[1]).toMatchObject({ status: 429, refusals: 1 });
});

test('counts start at 0 each minute and each day', async () => {
  const { clock, make, withKey } = keyedGateway({ limits: { requestsPerMinute: 1 } });
  const { key } = await make();
  const status = async () => (await withKey(key)).status;
  expect([await status(), await status()]).toEqual([200, 429]);
  clock.time += 29_999;
  expect(await status()).toBe(429);
  clock.time += 1;
  expect([await status(), await status()]).toEqual([200, 429]);
  clock.time = Date.parse('2026-11-25T10:00:30Z');
  expect(await status()).toBe(200);
});

test('each project has its own counts, and all of its keys share them', async () => {
  const { make, withKey } = keyedGateway({ limits: { requestsPerMinute: 1 } });
  const keys = [await make(), await make(), await make('search')].map(({ key }) => key);
  expect(await Promise.all(keys.map(async (key) => (await withKey(key)).status))).toEqual([200, 429, 200]);
});

test("requests without a key aren't counted", async () => {
  const counters = new MemoryCounters();
  const { models, withKey } = keyedGateway({ counters, limits: { requestsPerMinute: 1 } });
  await models();
  await withKey(`eur_${'A'.repeat(16)}.${'A'.repeat(43)}`);
  expect([...counters.counts]).toEqual([]);
});

test.each([
  ['whole answers', false],
  ['streams, at their end', true],
])('tokens are counted after %s', async (_, stream) => {
  answers();
  const fixture = keyedGateway({ upstream: bedrock.client(), limits: { tokensPerDay: 30 } });
  const authorization = `Bearer ${(await fixture.make()).key}`;
  const ask = async () => {
    const response = await fixture.gateway.fetch(chat({ ...HELLO, stream }, { authorization }));
    const body = await response.text();
    await fixture.projectLimits.settled();
    return { response, body };
  };
  const remaining: (string | null)[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { response } = await ask();
    remaining.push(response.headers.get('x-ratelimit-remaining-tokens'));
  }
  // The second began below the limit, and ended above it.
  expect(remaining).toEqual(['30', '10', '0']);
  const { response, body } = await ask();
  expect(response.headers.get('retry-after')).toBe(`${13 * 3_600 + 59 * 60 + 30}`);
  expect(response.headers.get('x-should-retry')).toBe('false');
  expect(response.status).toBe(429);
  expect(JSON.parse(body).error).toEqual({
    type: 'tokens',
    code: 'insufficient_quota',
    param: null,
    message: 'the project has used its 30 tokens for this day; it has more from midnight UTC',
  });
  fixture.clock.time = Date.parse('2026-11-25T00:00:00Z');
  expect((await ask()).response.status).toBe(200);
});

test('an answer counts on the day of its request', async () => {
  answers();
  const counters = new MemoryCounters();
  const fixture = keyedGateway({ upstream: bedrock.client(), counters, limits: { tokensPerDay: 30 } });
  fixture.clock.time = Date.parse('2026-11-24T23:59:59Z');
  const { key } = await fixture.make();
  const headers = { authorization: `Bearer ${key}` };
  const response = await fixture.gateway.fetch(chat({ ...HELLO, stream: true }, headers));
  fixture.clock.time += 5_000;
  await response.text();
  await fixture.projectLimits.settled();
  expect([...counters.counts]).toEqual([
    ['helpdesk-bot tokens#2026-11-24', 20],
    ['helpdesk-bot month#2026-11', 20],
  ]);
});

test('a project without limits needs no counts and gets no limit headers', async () => {
  const counters = new MemoryCounters();
  counters.failing = true;
  const { make, withKey } = keyedGateway({ counters });
  const response = await withKey((await make()).key);
  expect(response.status).toBe(200);
  expect(limitsOf(response)).toEqual({});
});

test('answers of every kind have limit headers', async () => {
  const { gateway, make } = keyedGateway({ limits: { requestsPerMinute: 100 } });
  const authorization = `Bearer ${(await make()).key}`;
  const requests = [chat('{', { authorization }), chat({ ...HELLO, model: 'nope' }, { authorization })];
  for (const path of ['/v1/files', '/v1/chat/completions']) {
    requests.push(new Request(`https://gateway.test${path}`, { headers: { authorization } }));
  }
  const statuses: number[] = [];
  for (const [index, request] of requests.entries()) {
    const response = await gateway.fetch(request);
    statuses.push(response.status);
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe(`${99 - index}`);
  }
  expect(statuses).toEqual([400, 404, 404, 405]);
});

describe('when the store fails', () => {
  test('no request is served without a limit', async () => {
    const counters = new MemoryCounters();
    const { make, withKey, records } = keyedGateway({ counters, limits: { requestsPerMinute: 5 } });
    const { key } = await make();
    counters.failing = true;
    const response = await withKey(key);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await errorOf(response)).toMatchObject({ status: 503, type: 'server_error', code: 'limits_unavailable' });
    expect(records).toMatchObject([{ tenant: 'helpdesk-bot', outcome: 'failed', reason: 'limits_unavailable' }]);
    counters.failing = false;
    expect((await withKey(key)).status).toBe(200);
  });

  test('after an answer, its tokens are counted with the next ones', async () => {
    answers();
    const counters = new MemoryCounters();
    const fixture = keyedGateway({ upstream: bedrock.client(), counters, limits: { tokensPerDay: 100 } });
    const headers = { authorization: `Bearer ${(await fixture.make()).key}` };
    const ask = async () => (await fixture.gateway.fetch(chat({ ...HELLO, stream: true }, headers))).text();
    const add = jest.spyOn(counters, 'add').mockRejectedValue(new Error('STORE-CANARY'));
    for (let n = 0; n < 2; n += 1) await ask();
    await fixture.projectLimits.settled();
    expect([...counters.counts]).toEqual([]);
    add.mockRestore();
    fixture.clock.time = Date.parse('2026-11-25T00:00:00Z');
    await ask();
    await fixture.projectLimits.settled();
    expect([...counters.counts]).toEqual([
      ['helpdesk-bot tokens#2026-11-24', 40],
      ['helpdesk-bot month#2026-11', 60],
      ['helpdesk-bot tokens#2026-11-25', 20],
    ]);
    expect(counters.parts.get('helpdesk-bot tokens#2026-11-24')).toMatchObject({ cached: 6, 'cached#assistant': 6 });
  });
});

test('no minute admits more requests than its limit, in any order and at any time', async () => {
  const step = fc.record({ wait: fc.integer({ min: 0, max: 40_000 }), at: fc.integer({ min: 1, max: 12 }) });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 8 }), async (limit, steps) => {
      const { clock, make, withKey } = keyedGateway({ limits: { requestsPerMinute: limit } });
      const { key } = await make();
      const asked = new Map<number, number>();
      const passed = new Map<number, number>();
      for (const { wait, at } of steps) {
        clock.time += wait;
        const minute = Math.floor(clock.time / 60_000);
        const responses = await Promise.all(Array.from({ length: at }, () => withKey(key)));
        const through = responses.filter(({ status }) => status === 200).length;
        asked.set(minute, (asked.get(minute) ?? 0) + at);
        passed.set(minute, (passed.get(minute) ?? 0) + through);
      }
      for (const [minute, count] of asked) expect(passed.get(minute)).toBe(Math.min(limit, count));
    }),
    { numRuns: 60 },
  );
});

test('the middleware refuses requests without a project', async () => {
  const counters: Counters = new MemoryCounters();
  const { gateway, records } = gatewayFor(TWO_PROJECTS(), NO_BEDROCK, {
    middleware: [new Limits(counters, limitsOfProject).middleware],
  });
  expect((await gateway.fetch(new Request('https://gateway.test/v1/models'))).status).toBe(500);
  expect(records[0]).toMatchObject({ outcome: 'failed', reason: 'internal_error' });
});

/** The counter of requests that began in the first window of the tests. */
const OWN = 'helpdesk-bot running#2026-11-24T10:00';

/** A streamed request whose answer begins, and waits before its end. */
function heldStream() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const steps = speech('x');
  // The gateway passes a stream on once it has content.
  bedrock.replies(() => ({ steps: [...steps.slice(0, 2), { wait: ended }, ...steps.slice(2)] }));
  const stream = (key: string) => chat({ ...HELLO, stream: true }, { authorization: `Bearer ${key}` });
  return { stream, end };
}

describe('a limit on concurrent requests', () => {
  test('refuses one more than runs, until a stream ends, and no other project', async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    bedrock.replies(() => ({ steps: [{ wait: ended }, ...speech('x')] }));
    const { make, gateway, withKey, projectLimits, records } = keyedGateway({
      upstream: bedrock.client(),
      limits: { concurrentRequests: 2 },
    });
    const [{ key }, other] = [await make(), await make('search')];
    const stream = () =>
      gateway.fetch(chat({ ...HELLO, stream: true }, { authorization: `Bearer ${key}` })) as Promise<Response>;
    const streams = [stream(), stream()];
    while (bedrock.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const refused = await stream();
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await errorOf(refused)).toMatchObject({
      status: 429,
      type: 'requests',
      code: 'rate_limit_exceeded',
      message: 'the project has reached its limit of concurrent requests, 2; wait until one ends and try again',
    });
    expect(records.at(-1)).toMatchObject({ outcome: 'refused', reason: 'concurrent_requests' });
    expect((await withKey(other.key)).status).toBe(200);
    end();
    for (const answer of await Promise.all(streams)) expect(await answer.text()).toContain('[DONE]');
    await projectLimits.settled();
    expect((await withKey(key)).status).toBe(200);
  });

  test('counts requests of the window before, and forgets those whose process failed', async () => {
    const counters = new MemoryCounters();
    const { clock, make, withKey } = keyedGateway({ counters, limits: { concurrentRequests: 1 } });
    const { key } = await make();
    // A process that failed never counts the end of its request.
    counters.counts.set('helpdesk-bot running#2026-11-24T10:00', 1);
    const status = async () => (await withKey(key)).status;
    expect(await status()).toBe(429);
    clock.time = Date.parse('2026-11-24T10:29:59Z');
    expect(await status()).toBe(429);
    clock.time = Date.parse('2026-11-24T10:30:00Z');
    expect(await status()).toBe(200);
  });

  test('counts the end of refused and failed requests too', async () => {
    const { counters, projectLimits, make, gateway } = keyedGateway({ limits: { concurrentRequests: 1 } });
    const authorization = `Bearer ${(await make()).key}`;
    for (const body of [{ model: 'unknown' }, HELLO]) {
      const { status } = await gateway.fetch(chat(body, { authorization }));
      await projectLimits.settled();
      expect(status).toBeGreaterThan(399);
      expect([...(counters as MemoryCounters).counts]).toContainEqual(['helpdesk-bot running#2026-11-24T10:00', 0]);
    }
  });

  test('uses up no request of the minute by a refusal, which has the headers of the other limits', async () => {
    const counters = new MemoryCounters();
    const limits = { concurrentRequests: 1, requestsPerMinute: 2, tokensPerDay: 100 };
    const { make, withKey, projectLimits } = keyedGateway({ counters, limits });
    const { key } = await make();
    counters.counts.set(OWN, 1);
    for (let nth = 0; nth < 3; nth += 1) {
      const refused = await withKey(key);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
      expect(limitsOf(refused)).toMatchObject({
        'x-ratelimit-remaining-requests': '2',
        'x-ratelimit-remaining-tokens': '100',
      });
    }
    counters.counts.set(OWN, 0);
    expect((await withKey(key)).status).toBe(200);
    await projectLimits.settled();
    expect((await withKey(key)).status).toBe(200);
  });

  test('counts the end of requests that another limit refuses', async () => {
    const counters = new MemoryCounters();
    const { make, withKey, projectLimits } = keyedGateway({
      counters,
      limits: { concurrentRequests: 1, requestsPerMinute: 1 },
    });
    const { key } = await make();
    for (const retryAfter of [null, '30', '30']) {
      expect((await withKey(key)).headers.get('retry-after')).toBe(retryAfter);
      await projectLimits.settled();
      expect(counters.counts.get(OWN)).toBe(0);
    }
  });

  test('counts the end of a request in the window in which it began', async () => {
    const counters = new MemoryCounters();
    const { clock, make, gateway, projectLimits, withKey } = keyedGateway({
      counters,
      upstream: bedrock.client(),
      limits: { concurrentRequests: 1 },
    });
    const { key } = await make();
    const { stream, end } = heldStream();
    const answer = await gateway.fetch(stream(key));
    clock.time = Date.parse('2026-11-24T10:15:00Z');
    expect((await withKey(key)).status).toBe(429);
    end();
    await answer.text();
    await projectLimits.settled();
    expect([...counters.counts].filter(([name]) => name.includes('running'))).toEqual([[OWN, 0]]);
    expect((await withKey(key)).status).toBe(200);
  });

  test('counts the end of a stream that its client leaves', async () => {
    const counters = new MemoryCounters();
    const { make, gateway, projectLimits } = keyedGateway({
      counters,
      upstream: bedrock.client(),
      limits: { concurrentRequests: 1 },
    });
    const { stream, end } = heldStream();
    const answer = await gateway.fetch(stream((await make()).key));
    expect(counters.counts.get(OWN)).toBe(1);
    await answer.body?.cancel();
    await projectLimits.settled();
    end();
    expect(counters.counts.get(OWN)).toBe(0);
  });

  test('counts an end that the store refused with the next one', async () => {
    const counters = new MemoryCounters();
    const { make, withKey, projectLimits } = keyedGateway({ counters, limits: { concurrentRequests: 2 } });
    const { key } = await make();
    const subtract = jest.spyOn(counters, 'subtract').mockRejectedValueOnce(new Error('STORE-CANARY'));
    await withKey(key);
    await projectLimits.settled();
    expect(counters.counts.get(OWN)).toBe(1);
    await withKey(key);
    await projectLimits.settled();
    expect(subtract.mock.calls.map(([, amount]) => amount)).toEqual([1, 2]);
    expect(counters.counts.get(OWN)).toBe(0);
  });

  test('in any order of beginnings and ends, never more run than the limit, and none is refused below it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (limit, acts) => {
          const counters = new MemoryCounters();
          const running: Counter[] = [];
          for (const begins of acts) {
            if (begins) {
              const counter = await begin(counters, 'bot', limit, new Date(0));
              expect(counter === undefined).toBe(running.length === limit);
              if (counter !== undefined) running.push(counter);
            } else {
              // A repeated end of none that runs changes nothing.
              await counters.subtract(running.pop() ?? runningOf('bot', new Date(0)).own, 1);
            }
          }
        },
      ),
    ));

  test('refuses requests while its store fails', async () => {
    const counters = new MemoryCounters();
    const { make, withKey } = keyedGateway({ counters, limits: { concurrentRequests: 1 } });
    const { key } = await make();
    counters.failing = true;
    expect(await errorOf(await withKey(key))).toMatchObject({ status: 503, code: 'limits_unavailable' });
  });
});
