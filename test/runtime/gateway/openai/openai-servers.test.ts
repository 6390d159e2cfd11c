import { decideServer } from '@/lib/boundary/server';
import type { ModelRequest } from '@/lib/runtime/gateway/converse/model-request';
import { classify } from '@/lib/runtime/gateway/errors/upstream-failure';
import { prepare } from '@/lib/runtime/gateway/fit/prepare';
import { toModelRequest } from '@/lib/runtime/gateway/messages/to-model-request';
import { toChatBody } from '@/lib/runtime/gateway/openai/chat-body';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import { BODIES_OF_FAILURES, endless } from '../support/bodies';
import { PROJECT_RULES } from '../support/policies';

const decision = decideServer({ url: 'http://vllm.internal', model: 'm', kind: 'text', region: 'eu-central-1' });
if (!decision.inside) throw new Error(decision.detail);
const { destination } = decision;

const REQUEST: ModelRequest = {
  converse: { messages: [{ role: 'user', content: [{ text: 'hello' }] }] },
  severalCalls: true,
  conversationParam: 'messages',
  systemParam: 'messages',
  lengthParam: 'max_tokens',
};

/** Servers that answer with a body. */
const thatAnswer = (status: number, body: AsyncIterable<Uint8Array>, attemptTimeoutMs?: number) =>
  new OpenAiServers({
    transport: async () => ({ status, body }),
    attemptTimeoutMs,
    firstEventTimeoutMs: attemptTimeoutMs,
  });

async function* events(...data: unknown[]): AsyncGenerator<Uint8Array> {
  for (const one of data) yield Buffer.from(`data: ${JSON.stringify(one)}\n\n`);
}

describe.each(BODIES_OF_FAILURES)('the status of a failure is reported although its body %s', (_, body) => {
  test.each(['answer', 'stream'] as const)('when asked for as %s', async (kind) => {
    const failed = await thatAnswer(422, body(), 50)
      [kind](destination, REQUEST)
      .catch((error) => error);
    expect(classify(failed)).toBe('rejected');
  });
});

test.each([
  [200, 'openai', ['req_1']],
  [503, 'openai', ['req_1']],
  [200, 'vpc', []],
] as const)('of an answer with status %s, the request ID of %s is noted: %j', async (status, provider, expected) => {
  const said = { choices: [{ message: { content: 'x' }, finish_reason: 'stop' }] };
  const body = (async function* () {
    yield Buffer.from(JSON.stringify(said));
  })();
  const servers = new OpenAiServers({ transport: async () => ({ status, body, requestId: 'req_1' }) });
  const noted: (string | undefined)[] = [];
  const note = (id: string | undefined) => void noted.push(id);
  await servers.answer({ ...destination, provider }, REQUEST, undefined, note).catch(() => {});
  expect(noted).toEqual(expected);
});

test('a client that disconnects while a failure is read is reported as disconnected', async () => {
  const leaving = new AbortController();
  const servers = new OpenAiServers({
    transport: async () => {
      leaving.abort();
      return { status: 422, body: events() };
    },
  });
  const failed = await servers.answer(destination, REQUEST, leaving.signal).catch((error) => error);
  expect(classify(failed)).toBe('abandoned');
});

test.each([
  [{ message: 'no', code: 400 }, 'rejected'],
  [{ message: 'no', code: 403 }, 'denied'],
  [{ message: 'no', code: 429 }, 'throttled'],
  [{ message: 'no', code: 503 }, 'server-error'],
  [{ message: 'no', code: 'context_length' }, 'server-error'],
  ['no', 'server-error'],
])('a stream that begins with the error %j fails before the promise is kept', async (error, failure) => {
  const silent = { choices: [{ delta: { role: 'assistant', content: '' }, finish_reason: null }] };
  for (const body of [events({ error }), events(silent, { error })]) {
    const failed = await thatAnswer(200, body)
      .stream(destination, REQUEST)
      .catch((reason) => reason);
    expect(classify(failed)).toBe(failure);
  }
});

async function* done() {
  yield Buffer.from('data: [DONE]\n\n');
}

test.each([
  ['holds nothing', events()],
  ['ends before the model says anything', events({ choices: [{ delta: { role: 'assistant', content: '' } }] })],
  ['is said to be done before it began', done()],
])('a stream that %s fails as a server does, so that another can be asked', async (_, body) => {
  const failed = await thatAnswer(200, body)
    .stream(destination, REQUEST)
    .catch((reason) => reason);
  expect(classify(failed)).toBe('server-error');
});

test('usage before the first content is no content', async () => {
  const counted = { choices: [{ delta: { role: 'assistant' } }], usage: { prompt_tokens: 1, completion_tokens: 0 } };
  const failed = await thatAnswer(200, events(counted, { error: { code: 429 } }))
    .stream(destination, REQUEST)
    .catch((reason) => reason);
  expect(classify(failed)).toBe('throttled');
});

test('a model that thinks in silence is passed on before its first content', async () => {
  let go: () => void = () => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  async function* slow() {
    yield* events({ choices: [{ delta: { role: 'assistant', content: '' } }] });
    await wait;
    yield* events({ choices: [{ delta: { content: 'Tag' }, finish_reason: 'stop' }] });
  }
  const servers = new OpenAiServers({ transport: async () => ({ status: 200, body: slow() }), commitAfterMs: 5 });
  const stream = await servers.stream(destination, REQUEST);
  go();
  const found = [];
  for await (const event of stream) found.push(event.type);
  expect(found).toEqual(['text', 'block-end', 'end']);
});

test('a stream gives its first event too', async () => {
  const body = events(
    { choices: [{ delta: { content: 'Guten ' } }] },
    { choices: [{ delta: { content: 'Tag' }, finish_reason: 'stop' }] },
  );
  const found = [];
  for await (const event of await thatAnswer(200, body).stream(destination, REQUEST)) found.push(event);
  expect(found).toMatchObject([
    { type: 'text', delta: 'Guten ' },
    { type: 'text', delta: 'Tag' },
    { type: 'block-end' },
    { type: 'end', finish: 'stop' },
  ]);
});

test.each(['answer', 'stream'] as const)('an endless %s is aborted', async (kind) => {
  const piece = Buffer.from(`: ${'x'.repeat(2 ** 20)}\n`);
  await expect(thatAnswer(200, endless(piece))[kind](destination, REQUEST)).rejects.toThrow('too large');
});

const low = { output_config: { effort: 'low' } };
test.each<[string, object, string | undefined, string[] | undefined]>([
  ['an effort', low, 'low', undefined],
  ['adaptive', { thinking: { type: 'adaptive' } }, undefined, ['thinking']],
  ['adaptive with an effort', { thinking: { type: 'adaptive' }, ...low }, 'low', undefined],
  [
    'a budget with an effort',
    { thinking: { type: 'enabled', budget_tokens: 1_024 }, ...low },
    'low',
    ['thinking.budget_tokens'],
  ],
  ['no text', { thinking: { type: 'adaptive', display: 'omitted' }, ...low }, 'low', ['thinking.display']],
  ['none, with an effort', { thinking: { type: 'disabled' }, ...low }, undefined, ['thinking', 'output_config.effort']],
])('reasoning of a message is sent to a server as an effort, or listed: %s', (_, over, effort, ignored) => {
  const message = { model: 'm', max_tokens: 2_048, messages: [{ role: 'user', content: 'hello' }], ...over };
  const prepared = prepare(toModelRequest(message as never), destination, PROJECT_RULES);
  if ('cannot' in prepared) throw new Error(prepared.cannot);
  expect([toChatBody(prepared.chat as never, destination).reasoning_effort, prepared.ignored]).toEqual([
    effort,
    ignored,
  ]);
});
