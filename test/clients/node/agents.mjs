import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents';
import { z } from 'zod';
import { apiKey, baseURL, expectText, expectThat, PNG, report, tenant } from './rows.mjs';

setTracingDisabled(true);
const City = z.object({ city: z.string() });
const weather = tool({
  name: 'weather',
  description: 'looks',
  parameters: City,
  execute: async ({ city }) => `sun in ${city}`,
});

function over(name, useResponses) {
  const runner = new Runner({
    modelProvider: new OpenAIProvider({ apiKey, baseURL, useResponses }),
    tracingDisabled: true,
  });
  const agent = (more) => new Agent({ name: 'Helper', instructions: 'Help', model: 'assistant', ...more });
  return {
    [`${name}: text`]: async () => expectText((await runner.run(agent(), 'hello')).finalOutput, 'You said: hello'),
    [`${name}: stream`]: async () => {
      const stream = await runner.run(agent(), 'hello', { stream: true });
      let text = '';
      for await (const chunk of stream.toTextStream()) text += chunk;
      await stream.completed;
      expectText(text, 'You said: hello');
    },
    [`${name}: tools`]: async () =>
      expectText(
        (await runner.run(agent({ tools: [weather] }), 'the weather?')).finalOutput,
        'A tool answered: sun in',
      ),
    [`${name}: structured output`]: async () =>
      expectThat(
        'an object',
        typeof (await runner.run(agent({ outputType: City }), 'hello')).finalOutput.city === 'string',
      ),
    [`${name}: handoff`]: async () => {
      const first = agent({ name: 'First', handoffs: [agent({ name: 'Second' })] });
      const { lastAgent } = await runner.run(first, 'transfer_to_second');
      expectThat('the second agent', lastAgent.name === 'Second');
    },
    [`${name}: image`]: async () => {
      const image = { type: 'input_image', image: `data:image/png;base64,${PNG}` };
      const content = [{ type: 'input_text', text: 'this' }, image];
      expectText((await runner.run(agent(), [{ role: 'user', content }])).finalOutput, '1 image');
    },
    [`${name}: several turns`]: async () => {
      const first = await runner.run(agent({ tools: [weather] }), 'the weather?');
      const input = [...first.history, { role: 'user', content: 'hello' }];
      expectText((await runner.run(agent({ tools: [weather] }), input)).finalOutput, 'You said: hello');
    },
    [`${name}: a model named as OpenAI's`]: async () =>
      expectText((await runner.run(agent({ model: 'gpt-5.2' }), 'hello')).finalOutput, 'You said: hello'),
  };
}

const responses = new Runner({ modelProvider: new OpenAIProvider({ apiKey, baseURL, useResponses: true }) });
await report({
  ...over('responses', true),
  ...over('chat', false),
  'responses: previous response': async () => {
    const agent = new Agent({ name: 'Helper', model: 'assistant' });
    const { lastResponseId: previousResponseId } = await responses.run(agent, 'hello');
    expectThat('an id', previousResponseId !== undefined || tenant === 'project');
    await responses.run(agent, 'again', { previousResponseId });
  },
});
