import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, isStepCount, jsonSchema, Output, streamText, tool } from 'ai';
import { apiKey, baseURL, CITY, expectText, expectThat, PNG, report, tenant } from './rows.mjs';

// A key goes into `x-api-key`, which only projects read.
const access = tenant === 'project' ? { apiKey } : { authToken: apiKey };
const model = createAnthropic({ baseURL, ...access })('claude-sonnet-4-5');
const ask = (more) => generateText({ model, prompt: 'hello', maxRetries: 0, ...more });
const weather = tool({
  description: 'looks',
  inputSchema: jsonSchema(CITY),
  execute: async ({ city }) => `sun in ${city}`,
});

await report({
  text: async () => expectText((await ask()).text, 'You said: hello'),
  stream: async () => expectText(await streamText({ model, prompt: 'hello', maxRetries: 0 }).text, 'You said: hello'),
  tools: async () => {
    const { text } = await ask({ prompt: 'the weather?', tools: { weather }, stopWhen: isStepCount(2) });
    expectText(text, 'A tool answered: sun in');
  },
  object: async () => {
    const { output } = await ask({ output: Output.object({ schema: jsonSchema(CITY) }) });
    expectThat('an object', typeof output.city === 'string');
  },
  image: async () => {
    const image = { type: 'file', data: Buffer.from(PNG, 'base64'), mediaType: 'image/png' };
    const { text } = await ask({
      prompt: undefined,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'this' }, image] }],
    });
    expectText(text, '1 image');
  },
  thinking: () => ask({ providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } } }),
});
