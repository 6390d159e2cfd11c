import { parseChat } from '@/lib/runtime/gateway/chat/serve-chat';
import { toModelRequest } from '@/lib/runtime/gateway/chat/to-model-request';
import { ApiError } from '@/lib/runtime/http/api-error';
import { HELLO } from '../support/gateway';

const convert = (over: Record<string, unknown>) => toModelRequest(parseChat({ ...HELLO, ...over }, false)).converse;
const messages = (...list: Record<string, unknown>[]) => ({ messages: list });
const say = (role: string, content: unknown) => ({ role, content });
const call = (id: string, args = '{"city":"Lyon"}') => ({
  id,
  type: 'function',
  function: { name: 'weather', arguments: args },
});
const calls = (...ids: string[]) => ({ role: 'assistant', content: null, tool_calls: ids.map((id) => call(id)) });
const result = (id: string, content: unknown = 'sun') => ({ role: 'tool', tool_call_id: id, content });
const tools = [
  {
    type: 'function',
    function: { name: 'weather', description: 'looks', parameters: { type: 'object' }, strict: true },
  },
];
const PNG = 'iVBORw0KGgo=';
const image = (url: string) => messages(say('user', [{ type: 'image_url', image_url: { url } }]));

test.each<[string, Record<string, unknown>, unknown]>([
  ['only a system message', messages(say('system', 'a')), { system: [{ text: 'a' }], messages: [] }],
  ['the least', {}, { messages: [{ role: 'user', content: [{ text: 'hello' }] }] }],
  [
    'system and developer messages, wherever they stand',
    messages(say('system', 'a'), say('user', 'q'), say('developer', [{ type: 'text', text: 'b' }])),
    { system: [{ text: 'a' }, { text: 'b' }], messages: [{ role: 'user', content: [{ text: 'q' }] }] },
  ],
  [
    'blank texts, which Bedrock takes none of',
    messages(
      say('system', '\n'),
      say('user', 'q'),
      say('assistant', '\n\n'),
      say('user', [
        { type: 'text', text: ' ' },
        { type: 'text', text: 'and?' },
      ]),
    ),
    { system: undefined, messages: [{ role: 'user', content: [{ text: 'q' }, { text: 'and?' }] }] },
  ],
  [
    'schemas of functions that do not say that they are of an object',
    {
      tools: [
        { type: 'function', function: { name: 'now', parameters: {}, description: ' ' } },
        { type: 'function', function: { name: 'find', parameters: { anyOf: [{ required: ['id'] }] } } },
      ],
    },
    {
      toolConfig: {
        tools: [
          { toolSpec: { name: 'now', description: undefined, inputSchema: { json: { type: 'object' } } } },
          { toolSpec: { name: 'find', inputSchema: { json: { type: 'object', anyOf: [{ required: ['id'] }] } } } },
        ],
      },
    },
  ],
  [
    'messages of one side, merged',
    messages(say('user', 'a'), say('user', 'b'), say('assistant', 'c'), say('user', 'd')),
    {
      messages: [
        { role: 'user', content: [{ text: 'a' }, { text: 'b' }] },
        { role: 'assistant', content: [{ text: 'c' }] },
        { role: 'user', content: [{ text: 'd' }] },
      ],
    },
  ],
  [
    'an empty message at the beginning, left out',
    messages(say('user', ''), say('user', 'b')),
    { messages: [{ role: 'user', content: [{ text: 'b' }] }] },
  ],
  [
    'calls of tools and their results, with what the user says next',
    {
      tools,
      ...messages(
        say('user', 'q'),
        calls('c1', 'c2'),
        result('c2', [{ type: 'text', text: 'rain' }]),
        result('c1', ''),
        say('user', 'and?'),
      ),
    },
    {
      messages: [
        { role: 'user', content: [{ text: 'q' }] },
        {
          role: 'assistant',
          content: [
            { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Lyon' } } },
            { toolUse: { toolUseId: 'c2', name: 'weather', input: { city: 'Lyon' } } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'c2', content: [{ text: 'rain' }] } },
            { toolResult: { toolUseId: 'c1', content: [] } },
            { text: 'and?' },
          ],
        },
      ],
    },
  ],
  [
    'an empty answer, which a client sends back as it got it',
    messages(say('user', 'a'), say('assistant', ''), say('user', 'b')),
    { messages: [{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }] },
  ],
  [
    'an image',
    image(`data:image/png;base64,${PNG}`),
    {
      messages: [
        { role: 'user', content: [{ image: { format: 'png', source: { bytes: Buffer.from(PNG, 'base64') } } }] },
      ],
    },
  ],
  [
    'limits',
    { max_completion_tokens: 9, temperature: 0.5, top_p: 0.9, stop: 'END' },
    { inferenceConfig: { maxTokens: 9, temperature: 0.5, topP: 0.9, stopSequences: ['END'] } },
  ],
  ['the old name of a limit', { max_tokens: 9 }, { inferenceConfig: { maxTokens: 9 } }],
  [
    'tools',
    { tools },
    {
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'weather',
              description: 'looks',
              inputSchema: { json: { type: 'object' } },
              strict: true,
            },
          },
        ],
        toolChoice: { auto: {} },
      },
    },
  ],
  [
    'a tool without parameters',
    { tools: [{ type: 'function', function: { name: 'now' } }] },
    {
      toolConfig: { tools: [{ toolSpec: { name: 'now', inputSchema: { json: { type: 'object', properties: {} } } } }] },
    },
  ],
  ['any tool', { tools, tool_choice: 'required' }, { toolConfig: { toolChoice: { any: {} } } }],
  [
    'one tool',
    { tools, tool_choice: { type: 'function', function: { name: 'weather' } } },
    { toolConfig: { toolChoice: { tool: { name: 'weather' } } } },
  ],
  ...(['auto', 'required'] as const).map((mode): [string, Record<string, unknown>, unknown] => [
    `only the allowed tools, ${mode}`,
    {
      tools: [...tools, { type: 'function', function: { name: 'other' } }],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode, tools: [{ type: 'function', function: { name: 'weather' } }] },
      },
    },
    {
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather' } }],
        toolChoice: mode === 'auto' ? { auto: {} } : { any: {} },
      },
    },
  ]),
  ['no tool', { tools, tool_choice: 'none' }, { toolConfig: undefined }],
])('translates %s', (_, over, expected) => {
  expect(convert(over)).toMatchObject(expected as object);
});

test.each<[string, Record<string, unknown>, string, string, string]>([
  [
    'an image elsewhere',
    image('https://example.com/cat.png'),
    'messages[0].content[0].image_url.url',
    'residency_remote_content_refused',
    "this gateway doesn't fetch",
  ],
  [
    'a file',
    image('file:///etc/passwd'),
    'messages[0].content[0].image_url.url',
    'residency_remote_content_refused',
    'must be a data URL',
  ],
  [
    'an image of another type',
    image('data:image/svg+xml;base64,PHN2Zz4='),
    'messages[0].content[0].image_url.url',
    'invalid_value',
    'image/png, image/jpeg, image/gif, image/webp',
  ],
  [
    'an image without an encoding',
    image('data:image/png,abc'),
    'messages[0].content[0].image_url.url',
    'invalid_value',
    'base64 data URL',
  ],
  [
    'an image that is not base64',
    image('data:image/png;base64,!!'),
    'messages[0].content[0].image_url.url',
    'invalid_value',
    'base64 data URL',
  ],
  [
    'an answer without any question',
    messages(say('assistant', 'a')),
    'messages',
    'invalid_value',
    'must have a message from the user',
  ],
  [
    'only a blank system message',
    messages(say('system', ' ')),
    'messages',
    'invalid_value',
    'must have a message from the user',
  ],
  ['an empty message', messages(say('user', '')), 'messages[0].content', 'invalid_value', 'must not be empty'],
  ['a blank message', messages(say('user', ' \n')), 'messages[0].content', 'invalid_value', 'must not be empty'],
  [
    'arguments of a call that nest without end',
    messages(say('user', 'q'), {
      ...say('assistant', null),
      tool_calls: [call('c1', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    }),
    'messages[1].tool_calls[0].function.arguments',
    'invalid_value',
    'may nest objects and lists at most 100 deep',
  ],
  [
    'a result that nothing asked for',
    { tools, ...messages(say('user', 'q'), result('c1')) },
    'messages[1].tool_call_id',
    'invalid_value',
    'must be the id of an unanswered tool call directly before it',
  ],
  [
    'a result given twice',
    { tools, ...messages(say('user', 'q'), calls('c1'), result('c1'), result('c1')) },
    'messages[3].tool_call_id',
    'invalid_value',
    'unanswered tool call directly before it',
  ],
  [
    'a call without its result',
    { tools, ...messages(say('user', 'q'), calls('c1'), say('user', 'well?')) },
    'messages[2]',
    'invalid_value',
    'must follow the results of all earlier tool calls',
  ],
  [
    'a call at the end',
    { tools, ...messages(say('user', 'q'), calls('c1')) },
    'messages',
    'invalid_value',
    'must end with a result of each tool call',
  ],
  [
    'arguments that are not JSON',
    { tools, ...messages(say('user', 'q'), { role: 'assistant', tool_calls: [call('c1', '{')] }) },
    'messages[1].tool_calls[0].function.arguments',
    'invalid_value',
    'must be JSON',
  ],
  [
    'arguments that are a list',
    { tools, ...messages(say('user', 'q'), { role: 'assistant', tool_calls: [call('c1', '[]')] }) },
    'messages[1].tool_calls[0].function.arguments',
    'invalid_value',
    'must be a JSON object',
  ],
  [
    'an allowed tool that does not exist',
    {
      tools,
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'other' } }] },
      },
    },
    'tool_choice.allowed_tools.tools',
    'invalid_value',
    "may only have names of 'tools'",
  ],
  ['a choice among no tools', { tool_choice: 'required' }, 'tool_choice', 'invalid_value', "chooses among 'tools'"],
  [
    'a choice of a tool that is not there',
    { tools, tool_choice: { type: 'function', function: { name: 'other' } } },
    'tool_choice.function.name',
    'invalid_value',
    "must be the name of one of 'tools'",
  ],
  [
    'two limits that differ',
    { max_tokens: 1, max_completion_tokens: 2 },
    'max_tokens',
    'invalid_value',
    'send only one of them',
  ],
])('refuses %s', (_, over, param, code, message) => {
  expect(() => convert(over)).toThrow(ApiError);
  expect(() => convert(over)).toThrow(
    expect.objectContaining({ status: 400, param, code, message: expect.stringContaining(message) }),
  );
});
