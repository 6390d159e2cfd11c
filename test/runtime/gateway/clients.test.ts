import { createOpenResponses } from '@ai-sdk/open-responses';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { FakeBedrock } from './support/fake-bedrock';
import { gatewayFor } from './support/gateway';
import { PROJECT } from './support/policies';
import { ScriptedBedrock } from './support/scripted-bedrock';
import { type Server, serve } from './support/serve';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CITY = {
  type: 'object' as const,
  additionalProperties: false,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
};
interface City {
  city: string;
}

/** What each client has to be able to do; an answer is reduced to what a user sees of it. */
interface Client {
  chat(text: string): Promise<string>;
  stream(text: string): Promise<string>;
  /** Calls the tool, gives it its result, and says what the model makes of it. */
  tools(text: string): Promise<string>;
  streamTools(text: string): Promise<City>;
  image(text: string): Promise<string>;
  object(text: string): Promise<City>;
  embed(texts: string[]): Promise<number[][]>;
  fail(model: string): Promise<number>;
}

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

function openai(): Client {
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  const model = 'assistant';
  const user = (content: OpenAI.ChatCompletionUserMessageParam['content']) => ({ role: 'user' as const, content });
  const tools: OpenAI.ChatCompletionFunctionTool[] = [
    { type: 'function', function: { name: 'weather', parameters: CITY } },
  ];
  const textOf = (completion: OpenAI.ChatCompletion) => completion.choices[0]?.message.content ?? '';
  return {
    chat: async (text) => textOf(await client.chat.completions.create({ model, messages: [user(text)] })),
    stream: (text) =>
      client.chat.completions.stream({ model, messages: [user(text)] }).finalContent() as Promise<string>,
    tools: (text) =>
      client.chat.completions
        .runTools({
          model,
          messages: [user(text)],
          tools: [
            {
              type: 'function',
              function: {
                name: 'weather',
                description: 'looks',
                parameters: CITY,
                parse: JSON.parse,
                function: ({ city }: City) => `sun in ${city}`,
              },
            },
          ],
        })
        .finalContent() as Promise<string>,
    streamTools: async (text) => {
      const stream = client.chat.completions.stream({ model, messages: [user(text)], tools });
      const [call] = (await stream.finalMessage()).tool_calls ?? [];
      return JSON.parse(call?.type === 'function' ? call.function.arguments : '');
    },
    image: async (text) => {
      const image = { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${PNG}` } };
      const messages = [user([{ type: 'text', text }, image])];
      return textOf(await client.chat.completions.create({ model, messages }));
    },
    object: async (text) => {
      const response_format = {
        type: 'json_schema' as const,
        json_schema: { name: 'city', strict: true, schema: CITY },
      };
      const completion = await client.chat.completions.parse({ model, messages: [user(text)], response_format });
      return completion.choices[0]?.message.parsed as unknown as City;
    },
    embed: async (input) =>
      (await client.embeddings.create({ model: 'embed', input })).data.map(({ embedding }) => embedding),
    fail: (name) =>
      client.chat.completions.create({ model: name, messages: [user('x')] }).then(
        () => 200,
        (error) => error.status,
      ),
  };
}

/** The AI SDK, with chats or responses under the same calls. */
function aiSdk(over: 'chats' | 'responses'): Client {
  const baseURL = `${server.url}/v1`;
  const provider = createOpenAICompatible({
    name: 'eu',
    baseURL,
    apiKey: 'none',
    supportsStructuredOutputs: true,
    includeUsage: true,
  });
  const responses = createOpenResponses({ name: 'eu', url: `${baseURL}/responses`, apiKey: 'none' });
  const named = (name: string) => (over === 'chats' ? provider(name) : responses(name));
  const model = named('assistant');
  const maxRetries = 0;
  const weather = tool({
    description: 'looks',
    inputSchema: jsonSchema<City>(CITY),
    execute: async ({ city }) => `sun in ${city}`,
  });
  return {
    chat: async (prompt) => (await generateText({ model, prompt, maxRetries })).text,
    stream: async (prompt) => await streamText({ model, prompt, maxRetries }).text,
    tools: async (prompt) =>
      (await generateText({ model, prompt, maxRetries, tools: { weather }, stopWhen: stepCountIs(2) })).text,
    streamTools: async (prompt) => {
      const { execute: _, ...declared } = weather;
      const [call] = await streamText({ model, prompt, maxRetries, tools: { weather: declared } }).toolCalls;
      return call?.input as City;
    },
    image: async (text) => {
      const content = [
        { type: 'text' as const, text },
        { type: 'image' as const, image: Buffer.from(PNG, 'base64') },
      ];
      return (await generateText({ model, maxRetries, messages: [{ role: 'user', content }] })).text;
    },
    object: async (prompt) =>
      (await generateObject({ model, prompt, maxRetries, schema: jsonSchema<City>(CITY) })).object,
    embed: async (values) =>
      (await embedMany({ model: provider.embeddingModel('embed'), values, maxRetries })).embeddings,
    fail: (name) =>
      generateText({ model: named(name), prompt: 'x', maxRetries }).then(
        () => 200,
        (error) => error.statusCode,
      ),
  };
}

describe.each<[string, () => Client]>([
  ["OpenAI's client", openai],
  ['the AI SDK, with chats', () => aiSdk('chats')],
  ['the AI SDK, with responses', () => aiSdk('responses')],
])('%s', (_, make) => {
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
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 403],
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

describe("OpenAI's client, with responses", () => {
  const responses = () => new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 }).responses;
  const tools: OpenAI.Responses.FunctionTool[] = [
    { type: 'function', name: 'weather', parameters: CITY, strict: true },
  ];

  test('answers', async () => {
    fake.frankfurt.onMessage('hello', { content: 'Guten Tag' });
    expect((await responses().create({ model: 'assistant', input: 'hello' })).output_text).toBe('Guten Tag');
  });

  test('streams', async () => {
    fake.frankfurt.onMessage('hello', { content: 'Guten Tag', reasoning: 'a greeting' }, { chunkSize: 4 });
    const stream = responses().stream({ model: 'assistant', input: 'hello' });
    const { output_text, output } = await stream.finalResponse();
    expect(output_text).toBe('Guten Tag');
    expect(output[0]).toMatchObject({ type: 'reasoning', summary: [{ text: 'a greeting' }] });
  });

  test('calls a tool and takes its result', async () => {
    const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
    fake.frankfurt.on({ userMessage: 'weather', hasToolResult: false }, { toolCalls });
    fake.frankfurt.on({ toolCallId: 'call_1' }, { content: 'It is sunny' });
    const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'weather' }];
    const first = await responses().stream({ model: 'assistant', input, tools }).finalResponse();
    const result = { type: 'function_call_output' as const, call_id: 'call_1', output: 'sun' };
    const second = await responses().create({
      model: 'assistant',
      tools,
      input: [...input, ...(first.output as OpenAI.Responses.ResponseInput), result],
    });
    expect(second.output_text).toBe('It is sunny');
  });

  test('gets an object of a schema', async () => {
    fake.frankfurt.onMessage('city', { content: '{"city":"Lyon"}' });
    const format = { type: 'json_schema' as const, name: 'city', strict: true, schema: CITY };
    const { output_parsed } = await responses().parse({ model: 'assistant', input: 'city', text: { format } });
    expect(output_parsed).toEqual({ city: 'Lyon' });
  });

  test('finds no stored response', async () => {
    await expect(responses().retrieve('resp_1')).rejects.toMatchObject({ status: 404, code: 'response_not_found' });
    await expect(responses().delete('resp_1')).rejects.toMatchObject({ status: 404 });
  });
});
