import { CLIENTS, PNG } from './support/clients';
import { FakeBedrock } from './support/fake-bedrock';
import { gatewayFor } from './support/gateway';
import { PROJECT } from './support/policies';
import { ScriptedBedrock } from './support/scripted-bedrock';
import { type Server, serve } from './support/serve';
import { testResponses } from './support/test-responses';

const fake = new FakeBedrock();
const scripted = new ScriptedBedrock();
let server: Server;
beforeAll(async () => {
  await Promise.all([fake.start(), scripted.start()]);
  const chats = fake.client();
  const embeds = scripted.client();
  server = await serve(
    gatewayFor(PROJECT, {
      converse: (...args) => chats.converse(...args),
      converseStream: (...args) => chats.converseStream(...args),
      invoke: (...args) => embeds.invoke(...args),
    }).gateway,
  );
});
afterAll(() => Promise.all([server.close(), fake.stop(), scripted.stop()]));
beforeEach(() => fake.reset());

describe.each(CLIENTS)('%s', (_, makeClient) => {
  const make = () => makeClient(`${server.url}/v1`);

  test('chats', async () => {
    fake.frankfurt.onMessage('hello', { content: 'Guten Tag' });
    expect(await make().chat('hello')).toBe('Guten Tag');
  });

  test('streams', async () => {
    fake.frankfurt.onMessage('hello', { content: 'Guten Tag, wie geht es?' }, { chunkSize: 5 });
    expect(await make().stream('hello')).toBe('Guten Tag, wie geht es?');
  });

  test('calls a tool and takes its result', async () => {
    const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
    fake.frankfurt.on({ userMessage: 'weather', hasToolResult: false }, { toolCalls });
    fake.frankfurt.on({ toolCallId: 'call_1' }, { content: 'It is sunny' });
    expect(await make().tools('weather')).toBe('It is sunny');
    expect(JSON.stringify(fake.calls[1]?.body.messages)).toContain('sun in Lyon');
  });

  test('streams the call of a tool', async () => {
    const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
    fake.frankfurt.onMessage('weather', { toolCalls }, { chunkSize: 3 });
    expect(await make().streamTools('weather')).toEqual({ city: 'Lyon' });
  });

  test('sends an image', async () => {
    fake.frankfurt.onMessage('what is this', { content: 'A dot' });
    expect(await make().image('what is this')).toBe('A dot');
    expect(JSON.stringify(fake.calls[0]?.body.messages)).toContain(PNG);
  });

  test('gets an object of a schema', async () => {
    fake.frankfurt.onMessage('city', { content: '{"city":"Lyon"}' });
    expect(await make().object('city')).toEqual({ city: 'Lyon' });
    expect(fake.calls[0]?.body.outputConfig.textFormat.type).toBe('json_schema');
  });

  test('embeds', async () => {
    scripted.replies(({ body }) => ({ json: { embedding: [body.inputText.length, 0.5], inputTextTokenCount: 1 } }));
    expect(await make().embed(['a', 'bcd'])).toEqual([
      [1, 0.5],
      [3, 0.5],
    ]);
  });

  test.each([
    ['gpt-4o', 404],
    ['global.anthropic.claude-sonnet-4-6', 403],
    ['embed', 400],
  ])('learns that %s is refused', async (name, status) => {
    expect(await make().fail(name)).toBe(status);
    expect(fake.received).toBe(0);
  });

  test('learns that no destination is left', async () => {
    for (const region of [fake.frankfurt, fake.stockholm])
      region.onMessage('x', { error: { message: 'no' }, status: 503 });
    expect(await make().fail('assistant')).toBe(503);
  });
});

describe("OpenAI's client, with responses", () => testResponses(() => server.url, fake.frankfurt));
