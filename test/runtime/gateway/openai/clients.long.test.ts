import { CITY, CLIENTS, PNG } from '../support/clients';
import { FakeServer, type ServerKind } from '../support/fake-server';
import { gatewayFor, NO_BEDROCK } from '../support/gateway';
import { type Server, serve } from '../support/serve';
import { testResponses } from '../support/test-responses';

const fake = new FakeServer();
beforeAll(() => fake.start());
afterAll(() => fake.stop());
beforeEach(() => fake.reset());

/** The base URL of each kind, the header that carries its key, and whether OpenAI's own models answer there. */
const KINDS: Readonly<Record<ServerKind, { base: string; headers: Record<string, string>; openai: boolean }>> = {
  openai: { base: 'https://eu.api.openai.com/v1', headers: { authorization: 'Bearer sk-test' }, openai: true },
  vpc: { base: '', headers: {}, openai: false },
  'azure-eu': {
    base: 'https://contoso-eu.openai.azure.com/openai/v1',
    headers: { 'api-key': 'az-test' },
    openai: true,
  },
  'mistral-eu': { base: 'https://api.eu.mistral.ai/v1', headers: { authorization: 'Bearer mi-test' }, openai: false },
  'stackit-eu': {
    base: 'https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1',
    headers: { authorization: 'Bearer st-test' },
    openai: false,
  },
};

describe.each(Object.keys(KINDS) as ServerKind[])('a destination of %s', (kind) => {
  let server: Server;
  beforeAll(async () => {
    server = await serve(gatewayFor(fake.policy(kind), NO_BEDROCK, { servers: fake.servers() }).gateway);
  });
  afterAll(() => server.close());

  afterEach(() => {
    const { base, headers: keys, openai } = KINDS[kind];
    for (const { url, headers, body } of fake.calls) {
      const own = base || `${fake.mock.url}/v1`;
      expect([`${own}/chat/completions`, `${own}/embeddings`]).toContain(url);
      const { authorization, 'api-key': apiKey } = headers;
      expect({ authorization, 'api-key': apiKey }).toEqual({ authorization: undefined, 'api-key': undefined, ...keys });
      expect(body.store).toBe(openai && url.endsWith('completions') ? false : undefined);
    }
  });

  describe.each(CLIENTS)('with %s', (_, makeClient) => {
    const make = () => makeClient(`${server.url}/v1`);

    test('chats', async () => {
      fake.mock.onMessage('hello', { content: 'Guten Tag' });
      expect(await make().chat('hello')).toBe('Guten Tag');
    });

    test('streams', async () => {
      fake.mock.onMessage('hello', { content: 'Guten Tag, wie geht es?' }, { chunkSize: 5 });
      expect(await make().stream('hello')).toBe('Guten Tag, wie geht es?');
      // Mistral refuses fields that it doesn't know.
      const options = kind === 'mistral-eu' ? undefined : { include_usage: true };
      expect(fake.calls[0]?.body).toMatchObject({ stream: true });
      expect(fake.calls[0]?.body.stream_options).toEqual(options);
    });

    test('calls a tool and takes its result', async () => {
      const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
      fake.mock.on({ userMessage: 'weather', hasToolResult: false }, { toolCalls });
      fake.mock.on({ toolCallId: 'call_1' }, { content: 'It is sunny' });
      expect(await make().tools('weather')).toBe('It is sunny');
      expect(fake.calls[1]?.body.messages.at(-1)).toMatchObject({ role: 'tool', tool_call_id: 'call_1' });
    });

    test('streams the call of a tool', async () => {
      const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
      fake.mock.onMessage('weather', { toolCalls }, { chunkSize: 3 });
      expect(await make().streamTools('weather')).toEqual({ city: 'Lyon' });
    });

    test('sends an image', async () => {
      fake.mock.onMessage('what is this', { content: 'A dot' });
      expect(await make().image('what is this')).toBe('A dot');
      expect(JSON.stringify(fake.calls[0]?.body.messages)).toContain(`data:image/png;base64,${PNG}`);
    });

    test('gets an object of a schema', async () => {
      fake.mock.onMessage('city', { content: '{"city":"Lyon"}' });
      expect(await make().object('city')).toEqual({ city: 'Lyon' });
      expect(fake.calls[0]?.body.response_format).toMatchObject({ type: 'json_schema', json_schema: { schema: CITY } });
    });

    test('embeds', async () => {
      fake.mock.onEmbedding('a', { embedding: [1, 0.5] });
      expect(await make().embed(['a'])).toEqual([[1, 0.5]]);
    });

    test.each([
      ['gpt-4o', 404],
      ['embed', 400],
    ])('learns that %s is refused', async (name, status) => {
      expect(await make().fail(name)).toBe(status);
      expect(fake.calls).toEqual([]);
    });

    test('learns that the provider is busy', async () => {
      fake.mock.onMessage('x', {
        error: { message: 'Rate limit is exceeded. Try again in 60 seconds.', code: '429' },
        status: 429,
      });
      expect(await make().fail('assistant')).toBe(429);
    });

    test('learns that no destination is left', async () => {
      fake.mock.onMessage('x', { error: { message: 'no' }, status: 503 });
      expect(await make().fail('assistant')).toBe(503);
      expect(fake.calls).toHaveLength(3);
    });
  });

  describe("with OpenAI's client, with responses", () => testResponses(() => server.url, fake.mock));
});
