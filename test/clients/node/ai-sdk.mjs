import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, isStepCount, jsonSchema, Output, streamText, tool } from 'ai';
import { apiKey, baseURL, CITY, expectText, expectThat, PDF, PNG, report } from './rows.mjs';

const provider = createOpenAI({ baseURL, apiKey });
const weather = tool({
  description: 'looks',
  inputSchema: jsonSchema(CITY),
  execute: async ({ city }) => `sun in ${city}`,
});
const { execute: _, ...declared } = weather;
const said = 'You said: hello';

/** The same operations over either endpoint. */
function over(name, named) {
  const model = named('assistant');
  const ask = (more) => generateText({ model, prompt: 'hello', maxRetries: 0, ...more });
  const part = (text, file) => ({
    prompt: undefined,
    messages: [{ role: 'user', content: [{ type: 'text', text }, file] }],
  });
  const options = (openai) => ({ providerOptions: { openai } });
  return {
    [`${name}: text`]: async () => expectText((await ask()).text, said),
    [`${name}: stream`]: async () => expectText(await streamText({ model, prompt: 'hello', maxRetries: 0 }).text, said),
    [`${name}: tools`]: async () => {
      const { text } = await ask({ prompt: 'the weather?', tools: { weather }, stopWhen: isStepCount(2) });
      expectText(text, 'A tool answered: sun in');
    },
    [`${name}: tools, stream`]: async () => {
      const stream = streamText({ model, prompt: 'the weather?', maxRetries: 0, tools: { weather: declared } });
      expectThat('a call', (await stream.toolCalls)[0]?.input.city !== undefined);
    },
    [`${name}: required tool`]: async () => {
      const { toolCalls } = await ask({ tools: { weather: declared }, toolChoice: 'required' });
      expectThat('a call', toolCalls.length === 1);
    },
    [`${name}: object`]: async () => {
      const { output } = await ask({ output: Output.object({ schema: jsonSchema(CITY) }) });
      expectThat('an object', typeof output.city === 'string');
    },
    [`${name}: image`]: async () => {
      const image = { type: 'file', data: Buffer.from(PNG, 'base64'), mediaType: 'image/png' };
      expectText((await ask(part('this', image))).text, '1 image');
    },
    [`${name}: image detail`]: () => {
      const image = {
        type: 'file',
        data: Buffer.from(PNG, 'base64'),
        mediaType: 'image/png',
        ...options({ imageDetail: 'high' }),
      };
      return ask(part('this', image));
    },
    [`${name}: PDF`]: async () => {
      const file = { type: 'file', data: Buffer.from(PDF, 'base64'), mediaType: 'application/pdf', filename: 'a.pdf' };
      expectText((await ask(part('this file', file))).text, 'this file');
    },
    [`${name}: instructions`]: () => ask({ instructions: 'Say hello' }),
    [`${name}: seed, temperature, limit`]: () => ask({ seed: 7, temperature: 0.3, maxOutputTokens: 50 }),
    [`${name}: hints`]: () =>
      ask(options({ user: 'u', textVerbosity: 'low', serviceTier: 'auto', metadata: { a: 'b' } })),
    [`${name}: reasoning effort`]: () => ask({ model: named('reasoner'), ...options({ reasoningEffort: 'minimal' }) }),
    [`${name}: a model named as OpenAI's`]: async () => expectText((await ask({ model: named('gpt-5.2') })).text, said),
    [`${name}: several turns`]: () => turns({}),
    [`${name}: several turns, not stored`]: () => turns(options({ store: false })),
  };

  async function turns(more) {
    const first = await ask({ prompt: 'the weather?', tools: { weather }, stopWhen: isStepCount(2), ...more });
    const messages = [
      { role: 'user', content: 'the weather?' },
      ...first.responseMessages,
      { role: 'user', content: 'hello' },
    ];
    expectText((await ask({ prompt: undefined, messages, tools: { weather }, ...more })).text, said);
  }
}

await report({
  ...over('responses', (name) => provider.responses(name)),
  ...over('chat', (name) => provider.chat(name)),
  'responses: previous response': async () => {
    const model = provider.responses('assistant');
    const first = await generateText({ model, prompt: 'hello', maxRetries: 0 });
    const { responseId: previousResponseId } = first.providerMetadata.openai;
    await generateText({ model, prompt: 'again', maxRetries: 0, providerOptions: { openai: { previousResponseId } } });
  },
  'responses: not stored': () =>
    generateText({
      model: provider.responses('reasoner'),
      prompt: 'hello',
      maxRetries: 0,
      providerOptions: { openai: { store: false, include: ['reasoning.encrypted_content'], reasoningSummary: 'auto' } },
    }),
  'chat: log probabilities': () =>
    generateText({
      model: provider.chat('assistant'),
      prompt: 'hello',
      maxRetries: 0,
      providerOptions: { openai: { logprobs: true } },
    }),
  embeddings: async () => {
    const { embeddings } = await embedMany({ model: provider.embedding('embed'), values: ['a', 'b'], maxRetries: 0 });
    expectThat('two vectors', embeddings.length === 2);
  },
  errors: async () => {
    const error = await generateText({ model: provider('none'), prompt: 'x', maxRetries: 0 }).catch((one) => one);
    expectThat('a 404', error.statusCode === 404);
  },
});
