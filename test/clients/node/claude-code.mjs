// Requests in the form of Claude Code 2.1: its fields and headers, with texts of our own.
import { apiKey, baseURL, expectText, expectThat, PNG, report } from './rows.mjs';

const BETAS = [
  'claude-code-20250219',
  'interleaved-thinking-2025-05-14',
  'context-management-2025-06-27',
  'prompt-caching-scope-2026-01-05',
  'mid-conversation-system-2026-04-07',
  'effort-2025-11-24',
];
const common = {
  'content-type': 'application/json',
  accept: 'application/json',
  'anthropic-version': '2023-06-01',
  'anthropic-beta': BETAS.join(','),
  'anthropic-dangerous-direct-browser-access': 'true',
  'user-agent': 'claude-cli/2.1.165 (external, cli)',
  'x-app': 'cli',
  'x-stainless-lang': 'js',
};
const bearer = { authorization: `Bearer ${apiKey}` };
const cached = { type: 'ephemeral' };
const tool = (name, properties, required = []) => ({
  name,
  description: 'A tool of this test',
  input_schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  },
});
const TOOLS = [
  tool('Bash', { command: { type: 'string' }, timeout: { type: 'number' } }, ['command']),
  tool('Read', { file_path: { type: 'string' }, limit: { type: 'number' } }, ['file_path']),
  tool('TodoWrite', {
    todos: { type: 'array', items: { type: 'object', properties: { content: { type: 'string' } } } },
  }),
];
const LEAST = {
  model: 'claude-sonnet-5',
  max_tokens: 32000,
  stream: true,
  system: [
    { type: 'text', text: 'You help with code' },
    { type: 'text', text: 'The folder is /src', cache_control: cached },
  ],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hello', cache_control: cached }] }],
  tools: TOOLS,
  metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 's' }) },
  thinking: { type: 'adaptive' },
  output_config: { effort: 'high' },
  context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
};

async function post(path, body, headers = bearer) {
  const response = await fetch(`${baseURL}${path}`, {
    method: 'POST',
    headers: { ...common, ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    const { error } = JSON.parse(text);
    throw Object.assign(new Error(error.message), { status: response.status, error });
  }
  return text;
}

/** Sends a turn, and reads its stream up to `message_stop`. */
async function turn(over, headers) {
  const text = await post('/messages?beta=true', { ...LEAST, ...over }, headers);
  const events = text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => JSON.parse(event.slice(event.indexOf('data: ') + 'data: '.length)));
  expectThat('message_stop at the end', events.at(-1).type === 'message_stop');
  const starts = events.filter(({ type }) => type === 'content_block_start').map((event) => event.content_block);
  const deltas = events.flatMap(({ delta }) => delta ?? []);
  return { starts, text: deltas.map((delta) => delta.text ?? '').join('') };
}

const asked = { role: 'user', content: [{ type: 'text', text: 'use Bash' }] };
const called = {
  role: 'assistant',
  content: [{ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'ls' } }],
};
const answered = (content, more) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content, cache_control: cached, ...more }],
});
// Thinking that is switched off, as for a call that comes back without it.
const plain = { thinking: undefined, output_config: undefined, context_management: undefined };

await report({
  'first turn': async () => expectText((await turn()).text, 'You said: hello'),
  'with an API key': async () => expectText((await turn({}, { 'x-api-key': apiKey })).text, 'You said: hello'),
  'a model with a number of tokens for thinking': async () => {
    const thinking = { type: 'enabled', budget_tokens: 31999 };
    const over = { model: 'claude-sonnet-4-5', thinking, output_config: undefined };
    expectText((await turn(over)).text, 'You said: hello');
  },
  'a call of a tool': async () => {
    const { starts } = await turn({ messages: [asked] });
    expectThat(
      'a call',
      starts.some(({ type, name }) => type === 'tool_use' && name === 'Bash'),
    );
  },
  'result of a tool': async () =>
    expectText((await turn({ ...plain, messages: [asked, called, answered('sun')] })).text, 'A tool answered: sun'),
  'result of a tool with an image': async () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } };
    await turn({ ...plain, messages: [asked, called, answered([image])] });
  },
  'failure of a tool': async () => {
    const messages = [asked, called, answered('no such file', { is_error: true })];
    expectText((await turn({ ...plain, messages })).text, 'A tool answered: no such file');
  },
  'a system message in the conversation': async () => {
    const messages = [...LEAST.messages, { role: 'system', content: 'Be brief' }];
    await turn({ messages });
  },
  'title of a conversation': async () => {
    const schema = {
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
      additionalProperties: false,
    };
    const { text } = await turn({
      ...plain,
      model: 'claude-sonnet-4-5',
      tools: [],
      temperature: 1,
      output_config: { format: { type: 'json_schema', schema } },
    });
    expectThat('an object', JSON.parse(text).title !== undefined);
  },
  'count of tokens': async () => {
    const { model, messages, tools, system } = LEAST;
    const found = JSON.parse(await post('/messages/count_tokens?beta=true', { model, messages, tools, system }));
    expectThat('a count', found.input_tokens > 0);
  },
  'web search': () => turn({ tools: [...TOOLS, { type: 'web_search_20250305', name: 'web_search', max_uses: 8 }] }),
});
