import { createOpenResponses } from '@ai-sdk/open-responses';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';

export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const CITY = {
  type: 'object' as const,
  additionalProperties: false,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
};
interface City {
  city: string;
}

/** What each client has to be able to do; an answer is reduced to what a user sees of it. */
export interface Client {
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

/** OpenAI's own client. */
function openai(baseURL: string): Client {
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
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
function aiSdk(baseURL: string, over: 'chats' | 'responses'): Client {
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

/** Each client that has to pass the matrix. */
export const CLIENTS: [string, (baseURL: string) => Client][] = [
  ["OpenAI's client", openai],
  ['the AI SDK, with chats', (baseURL) => aiSdk(baseURL, 'chats')],
  ['the AI SDK, with responses', (baseURL) => aiSdk(baseURL, 'responses')],
];
