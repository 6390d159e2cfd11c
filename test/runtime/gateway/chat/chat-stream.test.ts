import { errorOf, gatewayFor, HELLO, NO_BEDROCK, post } from '../support/gateway';
import { CLAUDE, GPT_OSS, PROJECT } from '../support/policies';
import { allOf, readSse } from '../support/read-sse';
import { ScriptedBedrock, type Step, speech, stop } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const stream = (over: Record<string, unknown> = {}, signal?: AbortSignal) =>
  post('chat/completions', { ...HELLO, stream: true, ...over }, {}, signal);
const steps = (...list: Step[]) => bedrock.replies(() => ({ steps: list }));
const delta = (index: number, value: object): Step => ['contentBlockDelta', { contentBlockIndex: index, delta: value }];
const toolStart = (index: number, toolUseId: string, name: string): Step => [
  'contentBlockStart',
  { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } },
];
const blockStop = (index: number): Step => ['contentBlockStop', { contentBlockIndex: index }];
const START: Step = ['messageStart', { role: 'assistant' }];

async function chunksOf(over: Record<string, unknown> = {}) {
  const fixture = gatewayFor(PROJECT, bedrock.client());
  const response = await fixture.gateway.fetch(stream(over));
  return { ...fixture, response, data: (await allOf(response)).map((event) => event.data) };
}
const deltas = (data: { choices: { delta: unknown }[] }[]) =>
  data.flatMap(({ choices = [] }) => choices.map((choice) => choice.delta));

test('sends the role, the text, the reason to stop, and the end', async () => {
  steps(...speech('Guten ', 'Tag'));
  const { data, response, records } = await chunksOf();
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('x-residency-destination')).toBe(CLAUDE);
  const head = {
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion.chunk',
    created: expect.any(Number),
    model: 'assistant',
  };
  const chunk = (value: unknown, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta: value, logprobs: null, finish_reason }],
  });
  expect(data).toEqual([
    chunk({ role: 'assistant', content: '', refusal: null }),
    chunk({ content: 'Guten ' }),
    chunk({ content: 'Tag' }),
    chunk({}, 'stop'),
    '[DONE]',
  ]);
  expect(new Set(data.slice(0, -1).map(({ id }) => id)).size).toBe(1);
  expect(records).toMatchObject([{ outcome: 'answered', tokens: { prompt: 10, completion: 10, cached: 3 } }]);
});

test('sends usage last if requested, and null before', async () => {
  steps(...speech('x'));
  const { data } = await chunksOf({ stream_options: { include_usage: true } });
  expect(data.slice(0, -2).map(({ usage }) => usage)).toEqual([null, null, null]);
  expect(data.at(-2)).toMatchObject({
    choices: [],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20, prompt_tokens_details: { cached_tokens: 3 } },
  });
});

test('sends calls of tools in pieces, each under its index', async () => {
  steps(
    START,
    delta(0, { text: 'let me see' }),
    blockStop(0),
    toolStart(1, 'c1', 'weather'),
    delta(1, { toolUse: { input: '{"city"' } }),
    delta(1, { toolUse: { input: ':"Lyon"}' } }),
    blockStop(1),
    toolStart(2, 'c2', 'now'),
    blockStop(2),
    ...stop('tool_use'),
  );
  const { data } = await chunksOf({ tools: [{ type: 'function', function: { name: 'weather' } }] });
  expect(deltas(data).slice(1)).toEqual([
    { content: 'let me see' },
    { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'weather', arguments: '' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '{"city"' } }] },
    { tool_calls: [{ index: 0, function: { arguments: ':"Lyon"}' } }] },
    { tool_calls: [{ index: 1, id: 'c2', type: 'function', function: { name: 'now', arguments: '' } }] },
    { tool_calls: [{ index: 1, function: { arguments: '{}' } }] },
    {},
  ]);
  expect(data.at(-2).choices[0].finish_reason).toBe('tool_calls');
});

test('passes on only the first call if parallel calls are disabled', async () => {
  steps(
    START,
    toolStart(0, 'c1', 'a'),
    delta(0, { toolUse: { input: '{}' } }),
    blockStop(0),
    toolStart(1, 'c2', 'b'),
    delta(1, { toolUse: { input: '{"x":1}' } }),
    blockStop(1),
    ...stop('tool_use'),
  );
  const { data } = await chunksOf({ parallel_tool_calls: false });
  expect(JSON.stringify(data)).toContain('c1');
  expect(JSON.stringify(data)).not.toMatch(/"c2"|\\"x\\"/);
});

test('sends reasoning apart from the answer', async () => {
  steps(
    START,
    delta(0, { reasoningContent: { text: 'hm' } }),
    delta(0, { reasoningContent: { signature: 'sig' } }),
    blockStop(0),
    delta(1, { text: 'yes' }),
    blockStop(1),
    ...stop('end_turn'),
  );
  const { data } = await chunksOf({ stream_options: { include_usage: true } });
  expect(deltas(data).slice(1)).toEqual([{ reasoning_content: 'hm' }, { content: 'yes' }, {}]);
  expect(data.at(-2).usage.completion_tokens_details).toEqual({ reasoning_tokens: 4 });
});

test.each([
  ['guardrail_intervened', 'content_filter'],
  ['max_tokens', 'length'],
])('ends %s as %s', async (reason, finish_reason) => {
  steps(START, delta(0, { text: 'x' }), blockStop(0), ...stop(reason));
  const { data, records } = await chunksOf();
  expect(data.at(-2).choices[0].finish_reason).toBe(finish_reason);
  expect(records).toMatchObject([{ outcome: 'answered' }]);
});

test('pads each chunk if requested', async () => {
  steps(...speech('x', 'a longer piece'));
  const { data } = await chunksOf({ stream_options: { include_obfuscation: true } });
  const sizes = data.slice(1, 3).map((chunk) => chunk.choices[0].delta.content.length + chunk.obfuscation.length);
  expect(sizes).toEqual([32, 32]);
});

test.each<[string, Step, string]>([
  ['the provider reports a failure', { exception: 'modelStreamErrorException' }, 'provider_failed'],
  ['the provider throttles', { exception: 'throttlingException' }, 'provider_failed'],
  ['the provider refuses', { exception: 'validationException' }, 'provider_rejected_request'],
  ['the connection breaks', 'cut', 'provider_failed'],
  ['the model makes nonsense', ['messageStop', { stopReason: 'malformed_tool_use' }], 'provider_failed'],
])('ends with an error, and without another destination, when %s', async (_, step, code) => {
  steps(START, delta(0, { text: 'x' }), step);
  const { data, response, records } = await chunksOf();
  expect(response.status).toBe(200);
  expect(data.at(-1)).toEqual({
    error: { message: expect.any(String), type: expect.any(String), param: null, code },
  });
  expect(JSON.stringify(data)).not.toContain('CANARY');
  expect(bedrock.calls).toHaveLength(1);
  expect(records).toMatchObject([{ outcome: 'failed', reason: code }]);
});

test('reports a stream that ends before the model does', async () => {
  steps(START, delta(0, { text: 'x' }));
  expect((await chunksOf()).data.at(-1).error.message).toContain('ended before the answer did');
});

test.each<[string, (first: boolean) => { steps: Step[] } | { status: number; error: string }]>([
  ['is throttled', () => ({ status: 429, error: 'ThrottlingException' })],
  ['throttles as its first event', () => ({ steps: [{ exception: 'throttlingException' }] })],
  ['ends before its first event', () => ({ steps: [] })],
  ['fails as its first event', () => ({ steps: [{ exception: 'internalServerException' }] })],
  ['throttles before its first content', () => ({ steps: [START, { exception: 'throttlingException' }] })],
  ['ends before its first content', () => ({ steps: [START] })],
  ['breaks off before its first content', () => ({ steps: [START, 'cut'] })],
  [
    'fails after an empty text',
    () => ({ steps: [START, delta(0, { text: '' }), { exception: 'modelStreamErrorException' }] }),
  ],
])('moves on to the next destination when the first %s', async (_, failing) => {
  bedrock.replies(({ model }) => (model === CLAUDE ? failing(true) : { steps: speech('God dag') }));
  const { data, response, operations } = await chunksOf();
  expect(bedrock.calls.map(({ model }) => model)).toEqual([CLAUDE, GPT_OSS]);
  expect(operations).toMatchObject([{ failedAttempts: [{ destination: CLAUDE }], outcome: 'answered' }]);
  expect(response.headers.get('x-residency-region')).toBe('eu-north-1');
  expect(deltas(data)[1]).toEqual({ content: 'God dag' });
});

test.each<[string, Step]>([
  ['a text', delta(0, { text: 'x' })],
  ['reasoning', delta(0, { reasoningContent: { text: 'hm' } })],
  ['the start of a call', toolStart(0, 'c1', 'weather')],
])('stays with a destination after %s', async (_, content) => {
  steps(START, content, { exception: 'throttlingException' });
  const { data } = await chunksOf();
  expect(bedrock.calls).toHaveLength(1);
  expect(data.at(-1).error.code).toBe('provider_failed');
});

test('an answer without content is an answer', async () => {
  steps(START, ...stop('end_turn'));
  const { data } = await chunksOf();
  expect(bedrock.calls).toHaveLength(1);
  expect(deltas(data)).toEqual([{ role: 'assistant', content: '', refusal: null }, {}]);
  expect(data.at(-1)).toBe('[DONE]');
});

test('a refusal before the first content has its status', async () => {
  steps(START, { exception: 'validationException' });
  const response = await gatewayFor(PROJECT, bedrock.client()).gateway.fetch(stream());
  expect(await errorOf(response)).toMatchObject({ status: 400, code: 'provider_rejected_request' });
  expect(bedrock.calls).toHaveLength(1);
});

const NEVER = { wait: new Promise(() => {}) };

test.each<[string, Step[]]>([
  ['before the first event', [NEVER]],
  ['before the first content', [START, NEVER]],
])('moves on after a time-out %s, but never after content', async (_, first) => {
  bedrock.replies(({ model }) => ({ steps: model === CLAUDE ? first : [START, delta(0, { text: 'x' }), NEVER] }));
  const options = { firstEventTimeoutMs: 500, idleTimeoutMs: 500 };
  const { gateway, operations } = gatewayFor(PROJECT, bedrock.client(options));
  const data = (await allOf(await gateway.fetch(stream()))).map((event) => event.data);
  expect(bedrock.calls.map(({ model }) => model)).toEqual([CLAUDE, GPT_OSS]);
  expect(data.at(-1).error.code).toBe('provider_failed');
  expect(operations[0]).toMatchObject({ failedAttempts: [{ failure: 'timed-out' }], outcome: 'failed' });
});

test('hides an internal error, and records its place', async () => {
  async function* broken() {
    yield { messageStart: { role: 'assistant' as const } };
    throw new RangeError('CANARY');
  }
  const converseStream = async () => broken();
  const { gateway, operations } = gatewayFor(PROJECT, { ...NO_BEDROCK, converseStream });
  const text = await (await gateway.fetch(stream())).text();
  expect(operations).toMatchObject([{ outcome: 'failed', fault: { type: 'RangeError', at: expect.any(String) } }]);
  expect(text + JSON.stringify(operations)).not.toContain('CANARY');
});

test('keeps a stream alive with comments, even if its model thinks in silence first', async () => {
  let go: () => void = () => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  steps(START, { wait }, ...speech('x').slice(1));
  const { gateway } = gatewayFor(PROJECT, bedrock.client({ commitAfterMs: 5 }), { heartbeatMs: 5 });
  const comments: string[] = [];
  for await (const { comment } of readSse(await gateway.fetch(stream()))) {
    if (comment) comments.push(comment);
    if (comments.length === 2) go();
  }
  expect(comments.length).toBeGreaterThanOrEqual(2);
  expect(new Set(comments)).toEqual(new Set(['keep-alive']));
});

describe.each<[string, (response: Response, abort: AbortController) => Promise<void>]>([
  ['reads no further', async (response) => response.body?.cancel()],
  [
    'aborts the request',
    async (response, abort) => {
      abort.abort();
      await response.text();
    },
  ],
])('a client that %s', (_, leave) => {
  test('stops the upstream call, and is recorded', async () => {
    const own = await new ScriptedBedrock().start();
    own.replies(() => ({ steps: [START, delta(0, { text: 'x' }), { wait: new Promise(() => {}) }] }));
    const { gateway, records } = gatewayFor(PROJECT, own.client());
    const abort = new AbortController();
    const response = await gateway.fetch(stream({}, abort.signal));
    await leave(response, abort);
    await own.dropped;
    await own.stop();
    expect(records).toMatchObject([{ outcome: 'aborted' }]);
  });
});

test('stops the upstream call when the client leaves before the first event', async () => {
  const own = await new ScriptedBedrock().start();
  const abort = new AbortController();
  own.replies(() => {
    abort.abort();
    return { steps: [{ wait: new Promise(() => {}) }] };
  });
  const { gateway, records } = gatewayFor(PROJECT, own.client());
  const response = await gateway.fetch(stream({}, abort.signal));
  await own.dropped;
  await own.stop();
  expect(response.status).toBe(499);
  expect(own.calls).toHaveLength(1);
  expect(records).toMatchObject([{ outcome: 'aborted', reason: 'client_closed_request' }]);
});
