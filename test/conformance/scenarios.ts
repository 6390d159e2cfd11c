import { CITY, PNG } from '../runtime/gateway/support/clients';

/** A request of a client. */
export interface Scenario {
  readonly name: string;
  readonly path: '/chat/completions' | '/responses' | '/embeddings';
  readonly body: Readonly<Record<string, unknown>>;
}

const user = { role: 'user', content: 'hello' };
const image = `data:image/png;base64,${PNG}`;
const weather = { name: 'weather', description: 'looks', parameters: CITY, strict: true };
const tools = [{ type: 'function', function: weather }];
const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Lyon"}' } };
const responseTools = [{ type: 'function', ...weather }];
const responseCall = { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' };

const chat = (name: string, over: object): Scenario => ({
  name: `chat, ${name}`,
  path: '/chat/completions',
  body: { model: 'assistant', messages: [user], ...over },
});
const response = (name: string, over: object): Scenario => ({
  name: `response, ${name}`,
  path: '/responses',
  body: { model: 'assistant', input: 'hello', ...over },
});
const streamed = ({ name, body, ...scenario }: Scenario): Scenario => ({
  ...scenario,
  name: `${name}, streamed`,
  body: { ...body, stream: true },
});

const CHATS = [
  chat('plain', {}),
  chat('every number', { temperature: 0.5, stop: ['x', 'y'], max_completion_tokens: 10 }),
  chat('top_p and one stop', { top_p: 0.9, stop: 'x', max_tokens: 10 }),
  chat('instructions', {
    messages: [{ role: 'system', content: 's' }, { role: 'developer', content: [{ type: 'text', text: 'd' }] }, user],
  }),
  chat('a tool', { tools }),
  chat('a tool by name', { tools, tool_choice: { type: 'function', function: { name: 'weather' } } }),
  chat('any tool, one at a time', { tools, tool_choice: 'required', parallel_tool_calls: false }),
  chat('the result of a tool', {
    tools,
    messages: [
      user,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'sun' },
    ],
  }),
  chat('an image', {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'what is this' },
          { type: 'image_url', image_url: { url: image } },
        ],
      },
    ],
  }),
  chat('a schema', {
    response_format: { type: 'json_schema', json_schema: { name: 'city', strict: true, schema: CITY } },
  }),
];

const RESPONSES = [
  response('plain', {}),
  response('instructions, numbers and labels', {
    instructions: 'i',
    temperature: 0.5,
    max_output_tokens: 20,
    metadata: { a: 'b' },
    user: 'u',
    safety_identifier: 's',
  }),
  response('a tool', { tools: responseTools }),
  response('a tool by name', { tools: responseTools, tool_choice: { type: 'function', name: 'weather' } }),
  response('the result of a tool', {
    tools: responseTools,
    parallel_tool_calls: false,
    input: [user, responseCall, { type: 'function_call_output', call_id: 'call_1', output: 'sun' }],
  }),
  response('an image', {
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'what is this' },
          { type: 'input_image', detail: 'auto', image_url: image },
        ],
      },
    ],
  }),
  response('a schema', { text: { format: { type: 'json_schema', name: 'city', strict: true, schema: CITY } } }),
];

export const SCENARIOS: readonly Scenario[] = [
  ...CHATS,
  ...CHATS.map(streamed),
  streamed(chat('usage', { stream_options: { include_usage: true } })),
  ...RESPONSES,
  ...RESPONSES.map(streamed),
  { name: 'embedding of a text', path: '/embeddings', body: { model: 'embed', input: 'a', encoding_format: 'float' } },
  { name: 'embeddings of a list', path: '/embeddings', body: { model: 'embed', input: ['a', 'b'] } },
];
