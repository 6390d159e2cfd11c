import Anthropic from '@anthropic-ai/sdk';
import { apiKey, baseURL, CITY, expectText, expectThat, PDF, PNG, report } from './rows.mjs';

// This client adds /v1 itself.
const client = new Anthropic({ baseURL: baseURL.replace(/\/v1$/, ''), apiKey, maxRetries: 0 });
const model = 'claude-sonnet-4-5';
const user = (content) => ({ role: 'user', content });
const ask = (over) => client.messages.create({ model, max_tokens: 2000, messages: [user('hello')], ...over });
const textOf = ({ content }) => content.flatMap(({ text }) => text ?? []).join('');
const tools = [{ name: 'weather', description: 'looks', input_schema: CITY }];
const source = (media_type, data) => ({ type: 'base64', media_type, data });

await report({
  message: async () => {
    const message = await ask();
    expectText(textOf(message), 'You said: hello');
    expectThat('its end and usage', message.stop_reason === 'end_turn' && message.usage.input_tokens > 0);
  },
  stream: async () => {
    const stream = client.messages.stream({ model, max_tokens: 2000, messages: [user('hello')] });
    expectText(await stream.finalText(), 'You said: hello');
  },
  tools: async () => {
    const first = await ask({ messages: [user('the weather?')], tools });
    const { id } = first.content.find(({ type }) => type === 'tool_use');
    const result = { type: 'tool_result', tool_use_id: id, content: 'sun' };
    const messages = [user('the weather?'), { role: 'assistant', content: first.content }, user([result])];
    expectText(textOf(await ask({ messages, tools })), 'A tool answered: sun');
  },
  'tools, stream': async () => {
    const stream = client.messages.stream({ model, max_tokens: 2000, messages: [user('the weather?')], tools });
    const { content, stop_reason } = await stream.finalMessage();
    expectThat('a call', stop_reason === 'tool_use' && content.at(-1).input.city !== undefined);
  },
  'required tool': async () => {
    const { content } = await ask({ tools, tool_choice: { type: 'tool', name: 'weather' } });
    expectThat('a call', content.at(-1).type === 'tool_use');
  },
  system: () => ask({ system: [{ type: 'text', text: 'Help', cache_control: { type: 'ephemeral' } }] }),
  image: async () =>
    expectText(
      textOf(
        await ask({
          messages: [
            user([
              { type: 'image', source: source('image/png', PNG) },
              { type: 'text', text: 'this' },
            ]),
          ],
        }),
      ),
      '1 image',
    ),
  PDF: async () => {
    const content = [
      { type: 'document', source: source('application/pdf', PDF) },
      { type: 'text', text: 'this file' },
    ];
    expectText(textOf(await ask({ messages: [user(content)] })), 'this file');
  },
  thinking: () => ask({ max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 1024 } }),
  'stop, temperature, user': () => ask({ stop_sequences: ['END'], temperature: 0.2, metadata: { user_id: 'u' } }),
  'count of tokens': async () => {
    const { input_tokens } = await client.messages.countTokens({ model, messages: [user('hello')], tools });
    expectThat('a count', input_tokens > 0);
  },
  errors: async () => {
    const error = await ask({ model: 'none' }).catch((one) => one);
    expectThat('NotFoundError', error instanceof Anthropic.NotFoundError);
    const other = new Anthropic({ baseURL: baseURL.replace(/\/v1$/, ''), apiKey: 'wrong', maxRetries: 0 });
    const denied = await other.messages.create({ model, max_tokens: 9, messages: [user('x')] }).catch((one) => one);
    expectThat('AuthenticationError', denied instanceof Anthropic.AuthenticationError);
    const bad = await ask({ max_tokens: 0 }).catch((one) => one);
    expectThat('BadRequestError', bad instanceof Anthropic.BadRequestError);
  },
  'remote image': () =>
    ask({ messages: [user([{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }])] }),
  'hosted tool': () => ask({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }),
});
