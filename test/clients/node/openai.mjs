import OpenAI from 'openai';
import { apiKey, baseURL, CITY, expectText, expectThat, PDF, PNG, report, tenant } from './rows.mjs';

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const model = 'assistant';
const user = (content) => ({ role: 'user', content });
const tools = [{ type: 'function', function: { name: 'weather', parameters: CITY } }];
const flatTools = [{ type: 'function', name: 'weather', parameters: CITY, strict: true }];
const chat = (over) => client.chat.completions.create({ model, messages: [user('hello')], ...over });
const respond = (over) => client.responses.create({ model, input: 'hello', ...over });
const textOf = (completion) => completion.choices[0].message.content;
const image = `data:image/png;base64,${PNG}`;
const file_data = `data:application/pdf;base64,${PDF}`;

const WAITING = ['queued', 'validating', 'in_progress', 'finalizing', 'cancelling'];

/** Asks until a job is over. */
async function over(ask) {
  for (;;) {
    const job = await ask();
    if (!WAITING.includes(job.status)) return job;
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function sendBatch(texts) {
  const lines = texts.map((text) =>
    JSON.stringify({
      custom_id: text,
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model, messages: [user(text)] },
    }),
  );
  const file = await OpenAI.toFile(Buffer.from(lines.join('\n')), 'lines.jsonl');
  const { id } = await client.files.create({ file, purpose: 'batch' });
  return client.batches.create({ input_file_id: id, endpoint: '/v1/chat/completions', completion_window: '24h' });
}

await report({
  models: async () => {
    const names = [];
    for await (const { id } of client.models.list()) names.push(id);
    expectThat('the deployment’s models', names.includes(model));
  },
  chat: async () => expectText(textOf(await chat()), 'You said: hello'),
  'chat: stream': async () => {
    let text = '';
    let usage;
    for await (const chunk of await chat({ stream: true, stream_options: { include_usage: true } })) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage ??= chunk.usage;
    }
    expectText(text, 'You said: hello');
    expectThat('usage at the end', usage?.total_tokens > 0);
  },
  'chat: tools': async () => {
    const runner = client.chat.completions.runTools({
      model,
      messages: [user('the weather?')],
      tools: [
        {
          type: 'function',
          function: { name: 'weather', parameters: CITY, parse: JSON.parse, function: ({ city }) => `sun in ${city}` },
        },
      ],
    });
    expectText(await runner.finalContent(), 'A tool answered: sun in');
  },
  'chat: tools, stream': async () => {
    const stream = client.chat.completions.stream({ model, messages: [user('the weather?')], tools });
    const [call] = (await stream.finalMessage()).tool_calls;
    expectThat('the call of the tool', call.function.name === 'weather' && JSON.parse(call.function.arguments).city);
  },
  'chat: one named tool': async () => {
    const tool_choice = { type: 'function', function: { name: 'weather' } };
    const { choices } = await chat({ tools, tool_choice, parallel_tool_calls: false });
    expectThat('the call of the tool', choices[0].message.tool_calls?.length === 1);
  },
  'chat: allowed tools': () =>
    chat({
      tools,
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'weather' } }] },
      },
    }),
  'chat: JSON schema': async () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'city', strict: true, schema: CITY } };
    const completion = await client.chat.completions.parse({ model, messages: [user('hello')], response_format });
    expectThat('an object of the schema', typeof completion.choices[0].message.parsed.city === 'string');
  },
  'chat: JSON object': async () => {
    JSON.parse(textOf(await chat({ messages: [user('a JSON object')], response_format: { type: 'json_object' } })));
  },
  'chat: image': async () => {
    const content = [
      { type: 'text', text: 'this' },
      { type: 'image_url', image_url: { url: image, detail: 'high' } },
    ];
    expectText(textOf(await chat({ messages: [user(content)] })), '1 image');
  },
  'chat: PDF': async () => {
    const content = [
      { type: 'text', text: 'this file' },
      { type: 'file', file: { filename: 'a.pdf', file_data } },
    ];
    expectText(textOf(await chat({ messages: [user(content)] })), 'this file');
  },
  'chat: system only': () => chat({ messages: [{ role: 'system', content: 'Say hello' }] }),
  'chat: developer, system in the middle': () =>
    chat({ messages: [{ role: 'developer', content: 'a' }, user('b'), { role: 'system', content: 'c' }, user('d')] }),
  'chat: names': () => chat({ messages: [{ ...user('hello'), name: 'Ann' }] }),
  'chat: seed': () => chat({ seed: 7 }),
  'chat: hints': () =>
    chat({ verbosity: 'low', metadata: { label: 'a' }, service_tier: 'flex', user: 'u', safety_identifier: 's' }),
  'chat: limits and stop': () => chat({ max_completion_tokens: 50, stop: ['END'], temperature: 0.2 }),
  'chat: reasoning effort': () => chat({ model: 'reasoner', reasoning_effort: 'high' }),
  'chat: reasoning effort on Claude': () => chat({ reasoning_effort: 'low' }),
  'chat: an empty answer in the history': () =>
    chat({ messages: [user('a'), { role: 'assistant', content: '' }, user('b')] }),
  'chat: several answers': () => chat({ n: 2 }),
  'chat: log probabilities': () => chat({ logprobs: true }),
  'chat: penalty': () => chat({ presence_penalty: 0.5 }),
  'chat: logit bias': () => chat({ logit_bias: { 5: 1 } }),
  'chat: temperature above 1': () => chat({ temperature: 1.5 }),
  'chat: stored': () => chat({ store: true }),
  'chat: remote image': () =>
    chat({ messages: [user([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])] }),
  'chat: web search': () => chat({ web_search_options: {} }),
  'chat: audio': () => chat({ modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'mp3' } }),
  responses: async () => expectText((await respond()).output_text, 'You said: hello'),
  'responses: stream': async () => {
    const stream = client.responses.stream({ model, input: 'hello' });
    const kinds = new Set();
    for await (const event of stream) kinds.add(event.type);
    expectThat('the events of a text', kinds.has('response.output_text.delta') && kinds.has('response.completed'));
    expectText((await stream.finalResponse()).output_text, 'You said: hello');
  },
  'responses: tools': async () => {
    const first = await respond({ input: 'the weather?', tools: flatTools });
    const call = first.output.find(({ type }) => type === 'function_call');
    const input = [user('the weather?'), call, { type: 'function_call_output', call_id: call.call_id, output: 'sun' }];
    expectText((await respond({ input, tools: flatTools })).output_text, 'A tool answered: sun');
  },
  'responses: JSON schema': async () => {
    const format = { type: 'json_schema', name: 'city', strict: true, schema: CITY };
    const response = await client.responses.parse({ model, input: 'hello', text: { format } });
    expectThat('an object of the schema', typeof response.output_parsed.city === 'string');
  },
  'responses: image': async () => {
    const content = [
      { type: 'input_text', text: 'this' },
      { type: 'input_image', image_url: image, detail: 'auto' },
    ];
    expectText((await respond({ input: [user(content)] })).output_text, '1 image');
  },
  'responses: PDF': async () => {
    const content = [
      { type: 'input_text', text: 'this file' },
      { type: 'input_file', filename: 'a.pdf', file_data },
    ];
    expectText((await respond({ input: [user(content)] })).output_text, 'this file');
  },
  'responses: instructions only': () => respond({ input: undefined, instructions: 'Say hello' }),
  'responses: reasoning': () =>
    respond({
      model: 'reasoner',
      reasoning: { effort: 'low', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      store: false,
    }),
  'responses: hints': () =>
    respond({ text: { verbosity: 'low' }, service_tier: 'priority', presence_penalty: 0, frequency_penalty: 0 }),
  'responses: previous response': async () => {
    const first = await respond();
    const second = await respond({ input: 'again', previous_response_id: first.id });
    expectText(second.output_text, 'You said: again');
    const items = await client.responses.inputItems.list(second.id);
    expectThat('the input of the turn', items.data.length === 1);
    await client.responses.delete(second.id);
  },
  'responses: conversation': async () => {
    const conversation = await client.conversations.create({ items: [{ type: 'message', ...user('before') }] });
    await respond({ conversation: conversation.id });
    expectThat('three items', (await client.conversations.items.list(conversation.id)).data.length === 3);
  },
  'responses: background': async () => {
    const { id, status } = await respond({ background: true });
    expectThat('a response that waits', status === 'queued');
    expectText((await over(() => client.responses.retrieve(id))).output_text, 'You said: hello');
  },
  'responses: background, cancelled': async () => {
    const { id } = await respond({ background: true });
    const { status } = await client.responses.cancel(id);
    // It may have been answered in between.
    expectThat('a response that is over', ['cancelled', 'completed'].includes(status));
  },
  'responses: input tokens': async () => {
    const { input_tokens } = await client.responses.inputTokens.count({ model, input: 'hello' });
    expectThat('a number of tokens', input_tokens > 0);
  },
  batches: async () => {
    const batch = await sendBatch(['one', 'two']);
    const done = await over(() => client.batches.retrieve(batch.id));
    expectThat('two answers', done.status === 'completed' && done.request_counts.completed === 2);
    const text = await (await client.files.content(done.output_file_id)).text();
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expectThat('the lines by their IDs', lines.map(({ custom_id }) => custom_id).join() === 'one,two');
    expectText(lines[0].response.body.choices[0].message.content, 'You said: one');
    const ids = [];
    for await (const { id } of client.batches.list({ limit: 1 })) ids.push(id);
    expectThat('the batch in the list', ids.includes(batch.id));
  },
  'batches: cancelled': async () => {
    const { id } = await sendBatch(['one']);
    await client.batches.cancel(id);
    const { status } = await over(() => client.batches.retrieve(id));
    expectThat('a batch that is over', ['cancelled', 'completed'].includes(status));
  },
  'responses: hosted tool': () => respond({ tools: [{ type: 'web_search' }] }),
  files: async () => {
    const file = await client.files.create({
      file: await OpenAI.toFile(Buffer.from(PDF, 'base64'), 'a.pdf'),
      purpose: 'user_data',
    });
    const content = [
      { type: 'input_text', text: 'this file' },
      { type: 'input_file', file_id: file.id },
    ];
    expectText((await respond({ input: [user(content)] })).output_text, 'this file');
  },
  embeddings: async () => {
    // This client asks for base64 by default.
    const { data } = await client.embeddings.create({ model: 'embed', input: ['a', 'b'] });
    expectThat('two vectors', data.length === 2 && data[1].embedding.length === 1024);
  },
  'embeddings: floats, dimensions': async () => {
    const input = { model: 'embed', input: 'a', encoding_format: 'float', dimensions: 256 };
    expectThat('a vector', (await client.embeddings.create(input)).data[0].embedding.length === 256);
  },
  'embeddings: query': () => client.embeddings.create({ model: 'embed-cohere', input: 'a', input_type: 'query' }),
  'embeddings: tokens': () => client.embeddings.create({ model: 'embed', input: [[1, 2, 3]] }),
  errors: async () => {
    const error = await chat({ model: 'none' }).catch((one) => one);
    expectThat('NotFoundError', error instanceof OpenAI.NotFoundError && error.code === 'model_not_found');
    const other = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 });
    const denied = await other.models.list().catch((one) => one);
    expectThat('AuthenticationError', denied instanceof OpenAI.AuthenticationError);
    const bad = await chat({ messages: [] }).catch((one) => one);
    expectThat('BadRequestError', bad instanceof OpenAI.BadRequestError);
    expectThat('the tenant', ['project', 'workspace'].includes(tenant));
  },
});
