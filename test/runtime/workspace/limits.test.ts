import type { MiddlewareHandler } from 'hono';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { limitsOfWorkspace } from '@/lib/runtime/gateway/limits/rate-limited';
import type { GatewayEnv } from '@/lib/runtime/gateway/policy/gateway-env';
import { chat, errorOf, gatewayFor, HELLO } from '../gateway/support/gateway';
import { MemoryCounters } from '../gateway/support/memory-store';
import { WORKSPACE } from '../gateway/support/policies';
import { ScriptedBedrock } from '../gateway/support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

/** A workspace's gateway whose answers have 20 tokens, and the current member. */
function workspaceWith(limits?: GatewayPolicy['limits']) {
  bedrock.replies(() => ({
    json: {
      output: { message: { content: [{ text: 'x' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 10, outputTokens: 10 },
    },
  }));
  const clock = { time: Date.parse('2026-11-24T10:00:30Z') };
  const counters = new MemoryCounters();
  const held = new Limits(counters, limitsOfWorkspace('sciences', limits));
  const known: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    c.set('member', { id: c.req.header('x-test-member') ?? '', role: 'member' });
    await next();
  };
  const { gateway } = gatewayFor({ ...WORKSPACE, limits }, bedrock.client(), {
    middleware: [known, held.middleware],
    now: () => new Date(clock.time),
  });
  const ask = async (member: string, request = chat(HELLO, { 'x-test-member': member })) => {
    const response = await gateway.fetch(request);
    await response.clone().text();
    await held.settled();
    return response;
  };
  return { ask, clock, counters };
}
const statusOf = async (asked: Promise<Response>) => (await asked).status;

test("a member who has used the day's tokens is refused until midnight, and other members aren't", async () => {
  const { ask, clock } = workspaceWith({ tokensPerMemberPerDay: 30 });
  expect([await statusOf(ask('anna')), await statusOf(ask('anna'))]).toEqual([200, 200]);
  const refused = await ask('anna');
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': `${13 * 3_600 + 59 * 60 + 30}`,
    'x-should-retry': 'false',
    'x-ratelimit-limit-tokens': '30',
    'x-ratelimit-remaining-tokens': '0',
    'x-ratelimit-reset-tokens': '13h59m30s',
  });
  expect(await errorOf(refused)).toEqual({
    status: 429,
    type: 'tokens',
    code: 'insufficient_quota',
    param: null,
    message: 'you have used your 30 tokens for this day; you have more from midnight UTC',
  });
  expect(await statusOf(ask('ben'))).toBe(200);
  clock.time = Date.parse('2026-11-25T00:00:00Z');
  expect(await statusOf(ask('anna'))).toBe(200);
});

test('a member without tokens left can still read and delete', async () => {
  const { ask } = workspaceWith({ tokensPerMemberPerDay: 1 });
  await ask('anna');
  const asked = (method: string) =>
    new Request('https://gateway.test/v1/models', { method, headers: { 'x-test-member': 'anna' } });
  expect(await statusOf(ask('anna', asked('GET')))).toBe(200);
  expect(await statusOf(ask('anna', asked('DELETE')))).toBe(405);
  expect(await statusOf(ask('anna', asked('POST')))).toBe(405);
});

test('the workspace’s token limit applies to all members together', async () => {
  const { ask } = workspaceWith({ tokensPerDay: 30 });
  expect([await statusOf(ask('anna')), await statusOf(ask('ben'))]).toEqual([200, 200]);
  const { message } = await errorOf(await ask('carla'));
  expect(message).toBe('the workspace has used its 30 tokens for this day; it has more from midnight UTC');
});

test('the workspace’s limit of requests per minute applies to all members together', async () => {
  const { ask } = workspaceWith({ requestsPerMinute: 1 });
  expect(await statusOf(ask('anna'))).toBe(200);
  const refused = await ask('ben');
  expect(refused.headers.get('retry-after')).toBe('30');
  expect(await errorOf(refused)).toMatchObject({ status: 429, type: 'requests', code: 'rate_limit_exceeded' });
});

test('the workspace’s limit of concurrent requests applies to all members together', async () => {
  const { ask, counters } = workspaceWith({ concurrentRequests: 1 });
  expect([await statusOf(ask('anna')), await statusOf(ask('ben'))]).toEqual([200, 200]);
  expect(counters.counts.get('sciences running#2026-11-24T10:00')).toBe(0);
  counters.counts.set('sciences running#2026-11-24T10:00', 1);
  const refused = await ask('carla');
  expect(refused.headers.get('retry-after')).toBe('10');
  expect((await errorOf(refused)).message).toBe(
    'the workspace has reached its limit of concurrent requests, 1; wait until one ends and try again',
  );
});

test('of own limits and of those that all members share, the headers report what remains of own ones only', async () => {
  const headers = (answer: Response) =>
    Object.fromEntries(
      [...answer.headers].filter(([name]) => name.startsWith('x-ratelimit-') && !name.includes('reset')),
    );
  const both = workspaceWith({ tokensPerMemberPerDay: 100, tokensPerDay: 110 }).ask;
  const own = (remaining: string) => ({
    'x-ratelimit-limit-tokens': '100',
    'x-ratelimit-remaining-tokens': remaining,
  });
  expect(headers(await both('anna'))).toEqual(own('100'));
  expect(headers(await both('ben'))).toEqual(own('100'));
  expect(headers(await both('anna'))).toEqual(own('80'));
  const shared = workspaceWith({ tokensPerDay: 30, requestsPerMinute: 10 }).ask;
  const limit = { 'x-ratelimit-limit-tokens': '30', 'x-ratelimit-limit-requests': '10' };
  expect(headers(await shared('anna'))).toEqual(limit);
  expect(headers(await shared('ben'))).toEqual(limit);
  // That it is used up is the refusal.
  const refused = await shared('carla');
  expect(refused.status).toBe(429);
  expect(headers(refused)).toEqual({ ...limit, 'x-ratelimit-remaining-tokens': '0' });
});

test('without limits, tokens are counted and the counts aren’t read', async () => {
  const { ask, counters } = workspaceWith();
  const read = jest.spyOn(counters, 'read');
  for (const member of ['anna', 'ben', 'anna']) await ask(member);
  expect(Object.fromEntries(counters.counts)).toEqual({
    'sciences tokens#2026-11-24': 60,
    'sciences tokens#2026-11-24#anna': 40,
    'sciences tokens#2026-11-24#ben': 20,
  });
  expect(read).not.toHaveBeenCalled();
});

test('tokens of caches count for both, and those of models only for the workspace', async () => {
  const { ask, counters } = workspaceWith();
  const usage = { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 };
  const output = { message: { content: [{ text: 'x' }] } };
  bedrock.replies(() => ({ json: { output, stopReason: 'end_turn', usage } }));
  await ask('anna');
  await ask('anna');
  expect(counters.parts.get('sciences tokens#2026-11-24#anna')).toEqual({ cached: 6, cacheWrite: 8 });
  expect(counters.parts.get('sciences tokens#2026-11-24')).toEqual({
    cached: 6,
    cacheWrite: 8,
    'tokens#assistant': 20,
    'cached#assistant': 6,
    'cacheWrite#assistant': 8,
  });
});

test('a stream that breaks off counts by an estimate, for the member and the workspace', async () => {
  const { ask, counters } = workspaceWith();
  const delta = { contentBlockIndex: 0, delta: { text: 'x'.repeat(30) } };
  bedrock.replies(() => ({ steps: [['contentBlockDelta', delta], 'cut'] }));
  await ask('anna', chat({ ...HELLO, stream: true }, { 'x-test-member': 'anna' }));
  expect(Object.fromEntries(counters.counts)).toEqual({
    'sciences tokens#2026-11-24': 13,
    'sciences tokens#2026-11-24#anna': 13,
  });
});

test('if the counts can’t be read, every limited member is refused', async () => {
  const { ask, counters } = workspaceWith({ tokensPerMemberPerDay: 5 });
  counters.failing = true;
  expect(await errorOf(await ask('anna'))).toMatchObject({ status: 503, code: 'limits_unavailable' });
});

test('a member who has used up the requests of a minute leaves those of the workspace to others', async () => {
  const { ask, clock, counters } = workspaceWith({ requestsPerMemberPerMinute: 2, requestsPerMinute: 4 });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) statuses.push(await statusOf(ask('anna')));
  expect(statuses).toEqual([200, 200, 429, 429, 429]);
  expect(await errorOf(await ask('anna'))).toMatchObject({
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: 'you have made your 2 requests for this minute; wait 30 s and try again',
  });
  expect([await statusOf(ask('ben')), await statusOf(ask('ben')), await statusOf(ask('cleo'))]).toEqual([
    200, 200, 429,
  ]);
  clock.time += 30_000;
  expect(await statusOf(ask('anna'))).toBe(200);
  // An erasure doesn't list the counts of minutes, so they name no one.
  expect(JSON.stringify([...counters.counts.keys()].filter((name) => name.includes('requests#')))).not.toContain(
    'anna',
  );
});

test('a member’s requests of a minute count while the workspace is full, and beyond them they take no place', async () => {
  const { ask, counters } = workspaceWith({
    requestsPerMemberPerMinute: 2,
    requestsPerMinute: 9,
    concurrentRequests: 1,
  });
  const running = 'sciences running#2026-11-24T10:00';
  counters.counts.set(running, 1);
  const answers: Response[] = [];
  for (let n = 0; n < 3; n++) answers.push(await ask('anna'));
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['10', '10', '30']);
  expect(counters.counts.get('sciences requests#2026-11-24T10:00') ?? 0).toBe(0);
  counters.counts.set(running, 0);
  const add = jest.spyOn(counters, 'add');
  expect(await statusOf(ask('anna'))).toBe(429);
  expect(add.mock.calls.filter(([{ name }]) => name.startsWith('running'))).toEqual([]);
  expect(await statusOf(ask('ben'))).toBe(200);
});

test('a member who has sent the bytes of a day can still chat, read and delete, and others can store', async () => {
  const { ask, clock, counters } = workspaceWith({ storedBytesPerMemberPerDay: 1_000 });
  const send = (member: string, method: string, path: string, length = 900) =>
    ask(
      member,
      new Request(`https://gateway.test${path}`, {
        method,
        headers: { 'x-test-member': member, 'content-type': 'application/json', 'content-length': `${length}` },
        ...(method === 'POST' && { body: JSON.stringify({ ...HELLO, input: 'x', messages: undefined }) }),
      }),
    );
  const isRefused = async (asked: Promise<Response>) => (await asked).status === 429;
  expect(await isRefused(send('anna', 'POST', '/v1/responses'))).toBe(false);
  expect(await isRefused(send('anna', 'POST', '/v1/conversations'))).toBe(false);
  for (const path of [
    'responses',
    'conversations',
    'conversations/conv_1/items',
    'files',
    'uploads',
    'uploads/u/parts',
    'prompts',
    '%66iles',
  ]) {
    expect([path, await isRefused(send('anna', 'POST', `/v1/${path}`, 1))]).toEqual([path, true]);
  }
  const refused = await send('anna', 'POST', '/v1/files');
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': `${13 * 3_600 + 59 * 60 + 30}`,
    'x-should-retry': 'false',
  });
  expect(await errorOf(refused)).toMatchObject({
    code: 'insufficient_quota',
    message: expect.stringMatching(/1000 bytes/),
  });
  expect(await statusOf(ask('anna'))).toBe(200);
  expect(await isRefused(send('anna', 'GET', '/v1/conversations'))).toBe(false);
  expect(await isRefused(send('anna', 'DELETE', '/v1/responses/resp_1'))).toBe(false);
  expect(await isRefused(send('ben', 'POST', '/v1/files'))).toBe(false);
  expect(JSON.stringify([...counters.counts.keys()].filter((name) => name.includes('bytes#')))).not.toContain('anna');
  clock.time += 86_400_000;
  expect(await isRefused(send('anna', 'POST', '/v1/files'))).toBe(false);
});

test('a body without a length counts as the longest that is accepted', async () => {
  const { ask } = workspaceWith({ storedBytesPerMemberPerDay: 5_000_000 });
  const post = () => {
    const body = new ReadableStream({ start: (controller) => controller.close() });
    const headers = { 'x-test-member': 'anna', 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body, duplex: 'half' };
    return ask('anna', new Request('https://gateway.test/v1/files', init as RequestInit));
  };
  expect([await statusOf(post()), await statusOf(post()), await statusOf(post())]).toEqual([404, 404, 429]);
});
