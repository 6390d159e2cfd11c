import { parseChat } from '@/lib/runtime/gateway/chat/serve-chat';
import { ApiError } from '@/lib/runtime/http/api-error';
import { HELLO } from '../support/gateway';

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const answered = (message: Record<string, unknown>) => ({ messages: [{ role: 'assistant', ...message }] });

function refusal(over: Record<string, unknown>, keepsContent = false): ApiError {
  try {
    parseChat({ ...HELLO, ...over }, keepsContent);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each<[string, Record<string, unknown>]>([
  [
    "OpenAI's defaults",
    {
      n: 1,
      store: false,
      logprobs: false,
      top_logprobs: 0,
      presence_penalty: 0,
      frequency_penalty: 0,
      logit_bias: {},
      metadata: {},
      modalities: ['text'],
      service_tier: 'auto',
      verbosity: 'medium',
    },
  ],
  [
    'null for what is not set',
    { n: null, seed: null, tools: null, temperature: null, store: null, response_format: null },
  ],
  ['names of a user and a cache', { user: 'u1', safety_identifier: 's1', prompt_cache_key: 'k1' }],
])('takes %s as if they were not given', (_, over) => {
  const { user: _user, safety_identifier, prompt_cache_key, ...rest } = parseChat({ ...HELLO, ...over }, false);
  expect(rest).toEqual(HELLO);
});

test.each<[string, Record<string, unknown>]>([
  [
    'a message as a client sends it back',
    answered({ content: 'hi', refusal: null, annotations: [], audio: null, function_call: null }),
  ],
  [
    'an answer whose text repeats its fields, as the Agents SDK sends it back',
    answered({ content: [{ type: 'text', text: 'hi', role: 'assistant', refusal: null, annotations: [] }] }),
  ],
  ['a refusal sent back', answered({ content: null, refusal: 'no' })],
  ['reasoning sent back', answered({ content: 'x', reasoning_content: 'hm' })],
  ['a stream', { stream: true, stream_options: { include_usage: true } }],
  ['formats', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {}, strict: true } } }],
  ['one call at a time', { parallel_tool_calls: false, reasoning_effort: 'low' }],
  ['every way to stop', { stop: ['a', 'b'] }],
  ['a choice of a function', { tool_choice: { type: 'function', function: { name: 'f' } } }],
])('takes %s', (_, over) => {
  expect(parseChat({ ...HELLO, ...over }, false)).toMatchObject(over);
});

type Refused = [string, Record<string, unknown>, string | null, string, string];

test.each<Refused>([
  [
    'options of a stream without a stream',
    { stream_options: { include_usage: true } },
    'stream_options',
    'invalid_value',
    "set 'stream' to true",
  ],
  [
    "a text that is another role's",
    answered({ content: [{ type: 'text', text: 'hi', role: 'system' }] }),
    'messages[0].content[0].role',
    'invalid_value',
    'may only be "assistant"',
  ],
  ['two answers', { n: 2 }, 'n', 'unsupported_value', "'n' may only be 1"],
  ['a penalty', { presence_penalty: 0.5 }, 'presence_penalty', 'unsupported_value', 'may only be 0'],
  ['a seed that is no number', { seed: '7' }, 'seed', 'invalid_value', 'of type'],
  ['an unknown verbosity', { verbosity: 'epic' }, 'verbosity', 'invalid_value', 'may only be "low"'],
  ['an unknown tier of service', { service_tier: 'scale' }, 'service_tier', 'invalid_value', 'may only be "auto"'],
  [
    'an unknown format',
    { response_format: { type: 'grammar' } },
    'response_format.type',
    'invalid_value',
    'may only be "text" or "json_object" or "json_schema"',
  ],
  [
    'an effort that no model has',
    { reasoning_effort: 'extreme' },
    'reasoning_effort',
    'invalid_value',
    '"low" or "medium"',
  ],
  [
    'a search of the web',
    { web_search_options: {} },
    'web_search_options',
    'residency_tool_refused',
    'outside this deployment',
  ],
  ['a label that is no text', { metadata: { a: 1 } }, 'metadata', 'invalid_value', 'is not valid'],
  [
    'an unknown parameter',
    { temprature: 1 },
    null,
    'unknown_parameter',
    "is unknown to this gateway, so it can't be honoured; leave it out; did you mean 'temperature'?",
  ],
  [
    'a tool that OpenAI runs',
    { tools: [{ type: 'web_search' }] },
    'tools[0].type',
    'residency_tool_refused',
    'outside this deployment',
  ],
  ...['http://127.0.0.1:9/schema', 'other.json#/a', '//host/a', ''].map(
    ($ref): Refused => [
      `a tool whose parameters refer to "${$ref}"`,
      {
        tools: [{ type: 'function', function: { name: 'f', parameters: { properties: { a: { items: { $ref } } } } } }],
      },
      'tools[0].function.parameters',
      'residency_remote_content_refused',
      'may refer only to parts of itself',
    ],
  ),
  [
    'an answer whose schema refers to another host',
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'a', schema: { $defs: { a: { $dynamicRef: 'https://example.com/#a' } } } },
      },
    },
    'response_format.json_schema.schema',
    'residency_remote_content_refused',
    'may refer only to parts of itself',
  ],
  ['no model', { model: undefined }, 'model', 'missing_required_parameter', "'model' is required, of type string"],
  ['a model that is no text', { model: 4 }, 'model', 'invalid_value', "'model' must be of type string"],
  ['a stream that is a text', { stream: 'true' }, 'stream', 'invalid_value', "'stream' must be of type boolean"],
  ['messages that are no list', { messages: {} }, 'messages', 'invalid_value', "'messages' must be of type array"],
  ['no messages', { messages: [] }, 'messages', 'invalid_value', "'messages' must have a length of at least 1"],
  [
    'a temperature that Bedrock does not take',
    { temperature: 1.5 },
    'temperature',
    'invalid_value',
    "'temperature' must be at most 1",
  ],
  ['a limit of no tokens', { max_tokens: 0 }, 'max_tokens', 'invalid_value', 'must be at least 1'],
  ['half a token', { max_tokens: 1.5 }, 'max_tokens', 'invalid_value', 'of type integer'],
  ['five ways to stop', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop', 'invalid_value', 'has a form'],
  [
    'an unknown role',
    { messages: [{ role: 'robot', content: 'x' }] },
    'messages[0].role',
    'invalid_value',
    'may only be "system" or "developer"',
  ],
  [
    'no content',
    user(undefined),
    'messages[0].content',
    'invalid_value',
    "has a form that this gateway doesn't accept",
  ],
  [
    'an unknown part',
    user([{ type: 'input_audio' }]),
    'messages[0].content[0].type',
    'invalid_value',
    'may only be "text" or "image_url"',
  ],
  [
    'a part without its text',
    user([{ type: 'text' }]),
    'messages[0].content[0].text',
    'invalid_value',
    'is required, of type string',
  ],
  [
    'an image with an unknown detail',
    user([{ type: 'image_url', image_url: { url: 'data:', detail: 'extreme' } }]),
    'messages[0].content[0].image_url.detail',
    'invalid_value',
    'may only be "auto"',
  ],
  [
    'a speaker whose name is no text',
    { messages: [{ role: 'user', content: 'x', name: 7 }] },
    'messages[0].name',
    'invalid_value',
    'of type string',
  ],
  [
    'an old call of a function',
    answered({ content: 'x', function_call: { name: 'f' } }),
    'messages[0].function_call',
    'invalid_value',
    'of type null',
  ],
  [
    'a tool that is no function',
    { tools: [{ type: 'custom', custom: { name: 'f' } }] },
    'tools[0].type',
    'invalid_value',
    'may only be "function"',
  ],
  [
    'a tool with a space in its name',
    { tools: [{ type: 'function', function: { name: 'a b' } }] },
    'tools[0].function.name',
    'invalid_value',
    'must have the form',
  ],
  ['an unknown choice of tools', { tool_choice: 'maybe' }, 'tool_choice', 'invalid_value', 'has a form'],
])('refuses %s', (_, over, param, code, message) => {
  const error = refusal(over);
  expect(error).toMatchObject({ status: 400, param, code });
  expect(error.message).toContain(message);
});

test.each<[string, boolean, string]>([
  ['a project', false, 'residency_store_refused'],
  ['a workspace', true, 'unsupported_value'],
])('refuses to store for %s', (_, keepsContent, code) => {
  expect(refusal({ store: true }, keepsContent)).toMatchObject({ status: 400, param: 'store', code });
});

test.each<[string, Record<string, unknown>]>([
  ['a parameter named by content', { 'CANARY my secret': 1 }],
  ['a field named by content', { messages: [{ role: 'user', content: 'x', 'CANARY secret': 1 }] }],
  ['a role', { messages: [{ role: 'CANARY', content: 'x' }] }],
  ['the name of a tool', { tools: [{ type: 'function', function: { name: 'CANARY !' } }] }],
])('never repeats %s', (_, over) => {
  const { message, param } = refusal(over);
  expect(`${message} ${param}`).not.toContain('CANARY');
});
