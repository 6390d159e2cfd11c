// Requests in the form of Codex CLI 0.153: its fields and headers, with texts of our own.
import { apiKey, baseURL, expectText, expectThat, PNG, report } from './rows.mjs';

const id = '0198c1f2-0000-7000-8000-000000000001';
const headers = {
  'content-type': 'application/json',
  accept: 'text/event-stream',
  authorization: `Bearer ${apiKey}`,
  'user-agent': 'codex_cli_rs/0.153.4 (Debian 13; x86_64) xterm',
  originator: 'codex_cli_rs',
  'session-id': id,
  'thread-id': id,
  'x-client-request-id': id,
  'x-codex-window-id': `${id}:0`,
  'x-codex-turn-metadata': JSON.stringify({ session_id: id, turn_id: id, sandbox: 'none' }),
};

const fn = (name, properties, required = []) => ({
  type: 'function',
  name,
  description: 'A tool of this test',
  strict: false,
  parameters: { type: 'object', properties, required, additionalProperties: false },
});
const TOOLS = [
  fn('exec_command', { cmd: { type: 'string' }, yield_time_ms: { type: 'number' } }, ['cmd']),
  fn('write_stdin', { session_id: { type: 'number' }, chars: { type: 'string' } }, ['session_id']),
  fn('update_plan', { plan: { type: 'array', items: { type: 'object', properties: { step: { type: 'string' } } } } }),
  fn('view_image', { path: { type: 'string' } }, ['path']),
];
const message = (role, text) => ({ type: 'message', role, content: [{ type: 'input_text', text }] });
const FIRST = [
  message('developer', 'Stay in the folder'),
  message('user', 'The folder is /src'),
  message('user', 'hello'),
];

/** Sends a turn, and reads its stream as Codex does: it has to end with `response.completed`. */
async function turn(over) {
  const body = {
    model: 'gpt-5.2',
    instructions: 'Help with code',
    input: FIRST,
    tools: TOOLS,
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning: { effort: 'medium', summary: 'auto' },
    store: false,
    stream: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: id,
    text: { verbosity: 'low' },
    client_metadata: { 'x-codex-installation-id': id, session_id: id, thread_id: id, turn_id: id },
    ...over,
  };
  const response = await fetch(`${baseURL}/responses`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    const { error } = JSON.parse(text);
    throw Object.assign(new Error(error.message), { status: response.status, error });
  }
  const events = text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => JSON.parse(event.slice(event.indexOf('data: ') + 'data: '.length)));
  expectThat('response.completed at the end', events.at(-1).type === 'response.completed');
  return {
    items: events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item),
    text: events
      .filter(({ type }) => type === 'response.output_text.delta')
      .map(({ delta }) => delta)
      .join(''),
  };
}

/** Calls a tool, and returns its result in a second turn. */
async function toolTurn(output, answer, over) {
  const input = [...FIRST, message('user', 'use exec_command')];
  const { items } = await turn({ input, ...over });
  const call = items.find(({ type }) => type === 'function_call');
  const { id: _, status: __, ...sent } = call;
  const second = [...input, sent, { type: 'function_call_output', call_id: call.call_id, output }];
  expectText((await turn({ input: second, ...over })).text, answer);
}

await report({
  'first turn': async () => expectText((await turn()).text, 'hello'),
  'a model that it does not know': async () =>
    expectText((await turn({ model: 'assistant', reasoning: null, include: [], text: undefined })).text, 'hello'),
  'result of a tool': () => toolTurn('sun', 'A tool answered: sun'),
  'result of a tool with an image': () =>
    toolTurn([{ type: 'input_image', image_url: `data:image/png;base64,${PNG}` }], 'A tool answered'),
  'reasoning sent back': async () => {
    const reasoner = { model: 'reasoner', reasoning: { effort: 'high', summary: 'auto' } };
    await toolTurn('sun', 'A tool answered: sun', reasoner);
  },
  'an image of the user': async () => {
    const image = { type: 'input_image', image_url: `data:image/png;base64,${PNG}` };
    const input = [...FIRST, { type: 'message', role: 'user', content: [image, { type: 'input_text', text: 'this' }] }];
    expectText((await turn({ input })).text, '1 image');
  },
  'answer by a schema': async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    const format = { type: 'json_schema', name: 'codex_output_schema', strict: true, schema };
    const { text } = await turn({ tools: [], text: { verbosity: 'low', format } });
    expectThat('an object', JSON.parse(text).city !== undefined);
  },
  models: async () => {
    const response = await fetch(`${baseURL}/models?client_version=0.153.4`, { headers });
    expectThat('a list', response.ok && (await response.json()).data.length > 0);
  },
  'web search, its default': () => turn({ tools: [...TOOLS, { type: 'web_search', external_web_access: false }] }),
  'tools of MCP servers': () =>
    turn({ tools: [...TOOLS, { type: 'namespace', name: 'mcp__docs', description: 'Docs', tools: [fn('find', {})] }] }),
  'a freeform tool': () =>
    turn({
      tools: [
        ...TOOLS,
        {
          type: 'custom',
          name: 'apply_patch',
          description: 'A patch',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: /.+/' },
        },
      ],
    }),
});
