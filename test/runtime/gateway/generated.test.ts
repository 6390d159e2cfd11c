import type { Content } from '@/lib/runtime/gateway/context/content';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { ApiError } from '@/lib/runtime/http/api-error';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { FakeBedrock } from './support/fake-bedrock';
import { FakeServer } from './support/fake-server';
import { gatewayFor, HELLO, NO_BEDROCK, post } from './support/gateway';
import { GENERATED_MARK } from './support/generated';
import { PROJECT, WORKSPACE } from './support/policies';
import { ScriptedBedrock } from './support/scripted-bedrock';

const INPUT = { model: 'assistant', input: 'hello' };

const bedrock = new FakeBedrock();
const embedder = new ScriptedBedrock();
const server = new FakeServer();
beforeAll(async () => {
  await Promise.all([bedrock.start(), embedder.start(), server.start()]);
  embedder.replies(() => ({ json: { embedding: [1, 0.5], inputTextTokenCount: 1 } }));
  for (const mock of [bedrock.frankfurt, bedrock.stockholm, server.mock]) {
    mock.onMessage('hello', { content: 'Guten Tag' });
    mock.onMessage('fail', { error: { message: 'no' }, status: 400 });
    mock.onEmbedding(/./, { embedding: [1, 0.5] });
  }
});
afterAll(async () => {
  await Promise.all([bedrock.stop(), embedder.stop(), server.stop()]);
});

/** A Bedrock that answers and embeds. */
function upstream(): Upstream {
  const [chats, embeds] = [bedrock.client(), embedder.client()];
  return {
    converse: (...call) => chats.converse(...call),
    converseStream: (...call) => chats.converseStream(...call),
    invoke: (...call) => embeds.invoke(...call),
  };
}

/** The mark of an answer that was read to its end. */
async function markOf(gateway: FetchHandler, request: Request) {
  const response = await gateway.fetch(request);
  await response.text();
  return { status: response.status, mark: response.headers.get('ai-disclosure') };
}

describe.each<[string, () => FetchHandler]>([
  ['a project with Bedrock', () => gatewayFor(PROJECT, upstream()).gateway],
  ['a workspace with Bedrock', () => gatewayFor(WORKSPACE, upstream()).gateway],
  ['OpenAI’s host', () => gatewayFor(server.policy('openai'), NO_BEDROCK, { servers: server.servers() }).gateway],
  ['a server', () => gatewayFor(server.policy('vpc'), NO_BEDROCK, { servers: server.servers() }).gateway],
])('%s', (_, gateway) => {
  test.each([
    ['a chat', 'chat/completions', HELLO],
    ['a streamed chat', 'chat/completions', { ...HELLO, stream: true }],
    ['a message', 'messages', { ...HELLO, max_tokens: 64 }],
    ['a streamed message', 'messages', { ...HELLO, max_tokens: 64, stream: true }],
    ['a response', 'responses', INPUT],
    ['a streamed response', 'responses', { ...INPUT, stream: true }],
  ])('marks %s as generated', async (_, path, body) => {
    expect(await markOf(gateway(), post(path, body))).toEqual({ status: 200, mark: GENERATED_MARK });
  });

  test('marks no embedding, which is no content but numbers', async () => {
    const request = post('embeddings', { model: 'embed', input: 'hello' });
    expect(await markOf(gateway(), request)).toEqual({ status: 200, mark: null });
  });

  test.each([
    ['of the request', 'chat/completions', { ...HELLO, n: 2 }, 400],
    ['of a message', 'messages', { ...HELLO, max_tokens: 64, top_k: 2 }, 400],
    ['of a model', 'responses', { ...INPUT, model: 'gpt-4o' }, 404],
    ['of a destination', 'responses', { ...INPUT, input: 'fail' }, 400],
    ['of a destination, before a stream', 'responses', { ...INPUT, input: 'fail', stream: true }, 400],
  ])('marks no error %s', async (_, path, body, status) => {
    expect(await markOf(gateway(), post(path, body))).toEqual({ status, mark: null });
  });

  test('marks no list of models', async () => {
    const models = new Request('https://gateway.test/v1/models');
    expect(await markOf(gateway(), models)).toEqual({ status: 200, mark: null });
  });
});

test('an answer that can’t be stored is an error, so it isn’t marked', async () => {
  const conflict = () => {
    throw new ApiError(409, 'conversation_locked' as never, 'no');
  };
  const turn = { id: 'resp_1', history: [], files: new Map(), conversation: null, stored: true, finish: conflict };
  const content: Content = {
    routes: [],
    admit: async () => {},
    begin: async () => turn,
    file: async () => undefined,
    items: async () => new Map(),
    prompt: () => Promise.reject(new Error('no prompt')),
  };
  const { gateway } = gatewayFor(WORKSPACE, bedrock.client(), {
    content,
    middleware: [
      async (c, next) => {
        c.set('member', { id: 'ada', role: 'member' });
        await next();
      },
    ],
  });
  expect(await markOf(gateway, post('responses', INPUT))).toEqual({ status: 409, mark: null });
});
