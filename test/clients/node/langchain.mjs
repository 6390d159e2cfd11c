import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { apiKey, baseURL, CITY, expectText, expectThat, PDF, PNG, report } from './rows.mjs';

const configuration = { baseURL };
const chat = (over) => new ChatOpenAI({ model: 'assistant', apiKey, configuration, maxRetries: 0, ...over });
const model = chat();
const said = 'You said: hello';
const weather = { type: 'function', function: { name: 'weather', description: 'looks', parameters: CITY } };
const asked = new HumanMessage('the weather?');
const toolTurn = async (one) => {
  const bound = one.bindTools([weather]);
  const answer = await bound.invoke([asked]);
  const [call] = answer.tool_calls;
  const result = new ToolMessage({ tool_call_id: call.id, name: call.name, content: 'sun' });
  expectText((await bound.invoke([asked, answer, result])).text, 'A tool answered: sun');
};

await report({
  chat: async () => expectText((await model.invoke('hello')).text, said),
  stream: async () => {
    let text = '';
    for await (const chunk of await model.stream('hello')) text += chunk.text;
    expectText(text, said);
  },
  tools: () => toolTurn(model),
  'required tool': async () => {
    const answer = await model.bindTools([weather], { tool_choice: 'any' }).invoke('hello');
    expectThat('a call', answer.tool_calls.length === 1);
  },
  'structured output': async () => {
    const found = await model.withStructuredOutput(CITY, { name: 'city', strict: true }).invoke('hello');
    expectThat('an object', typeof found.city === 'string');
  },
  'structured output by a tool': async () => {
    const found = await model.withStructuredOutput(CITY, { name: 'city', method: 'functionCalling' }).invoke('hello');
    expectThat('an object', typeof found.city === 'string');
  },
  image: async () => {
    const content = [
      { type: 'text', text: 'this' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } },
    ];
    expectText((await model.invoke([new HumanMessage({ content })])).text, '1 image');
  },
  PDF: async () => {
    const file = { type: 'file', mimeType: 'application/pdf', data: PDF, metadata: { filename: 'a.pdf' } };
    const message = new HumanMessage({ contentBlocks: [{ type: 'text', text: 'this file' }, file] });
    expectText((await model.invoke([message])).text, 'this file');
  },
  'system only': () => model.invoke([new SystemMessage('Say hello')]),
  names: () =>
    model.invoke([
      new HumanMessage({ content: 'hello', name: 'Ann' }),
      new AIMessage({ content: 'hello', name: 'helper' }),
      new HumanMessage({ content: 'again', name: 'Bob' }),
    ]),
  'reasoning effort': () => chat({ model: 'reasoner', reasoning: { effort: 'low' } }).invoke('hello'),
  "a model named as OpenAI's": async () => expectText((await chat({ model: 'gpt-5.2' }).invoke('hello')).text, said),
  'responses: text': async () => expectText((await chat({ useResponsesApi: true }).invoke('hello')).text, said),
  'responses: tools': () => toolTurn(chat({ useResponsesApi: true })),
  'responses: stream': async () => {
    let text = '';
    for await (const chunk of await chat({ useResponsesApi: true }).stream('hello')) text += chunk.text;
    expectText(text, said);
  },
  'responses: previous response': async () => {
    const responses = chat({ useResponsesApi: true });
    const { response_metadata } = await responses.invoke('hello');
    await responses.invoke('again', { previous_response_id: response_metadata.id });
  },
  'log probabilities': () => chat({ logprobs: true }).invoke('hello'),
  embeddings: async () => {
    const vectors = await new OpenAIEmbeddings({ model: 'embed', apiKey, configuration }).embedDocuments(['a', 'b']);
    expectThat('two vectors', vectors.length === 2 && vectors[0].length === 1024);
  },
});
