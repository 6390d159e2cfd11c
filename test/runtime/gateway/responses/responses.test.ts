import { toModelRequest } from '@/lib/runtime/gateway/items/to-model-request';
import { parseResponse } from '@/lib/runtime/gateway/responses/serve-responses';
import { errorOf, gatewayFor, NO_BEDROCK, post } from '../support/gateway';
import { PROJECT, WORKSPACE } from '../support/policies';
import { ScriptedBedrock } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const ASK = { model: 'assistant', input: 'hello' };
const usage = { inputTokens: 7, outputTokens: 2, totalTokens: 9, cacheReadInputTokens: 1, cacheWriteInputTokens: 2 };
const answer = (stopReason: string, ...content: object[]) =>
  bedrock.replies(() => ({ json: { output: { message: { role: 'assistant', content } }, stopReason, usage } }));
const ask = async (over: Record<string, unknown> = {}) => {
  const response = await gatewayFor(PROJECT, bedrock.client()).gateway.fetch(post('responses', { ...ASK, ...over }));
  return { response, body: await response.json() };
};

test('answers with a response that repeats the request', async () => {
  answer('end_turn', { text: 'Guten Tag' });
  const { response, body } = await ask({
    instructions: 'be kind',
    metadata: { a: 'b' },
    tools: [{ type: 'function', name: 'f', parameters: { type: 'object' } }],
    temperature: 0.5,
    store: true,
  });
  expect(response.headers.get('x-residency-retention')).toBe('not-stored');
  expect(body).toEqual({
    id: expect.stringMatching(/^resp_[0-9a-f]{32}$/),
    object: 'response',
    created_at: expect.any(Number),
    completed_at: expect.any(Number),
    status: 'completed',
    background: false,
    error: null,
    frequency_penalty: 0,
    incomplete_details: null,
    instructions: 'be kind',
    max_output_tokens: null,
    max_tool_calls: null,
    model: 'assistant',
    output: [
      {
        type: 'message',
        id: expect.stringMatching(/^msg_/),
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Guten Tag', annotations: [], logprobs: [] }],
      },
    ],
    parallel_tool_calls: true,
    presence_penalty: 0,
    previous_response_id: null,
    prompt_cache_key: null,
    reasoning: { effort: null, summary: null },
    safety_identifier: null,
    service_tier: 'default',
    store: false,
    temperature: 0.5,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [{ type: 'function', name: 'f', description: null, parameters: { type: 'object' }, strict: false }],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 1, cache_write_tokens: 2 },
      output_tokens: 2,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 12,
    },
    user: null,
    metadata: { a: 'b' },
  });
});

test.each<[string, string, string]>([
  ['max_tokens', 'incomplete', 'max_output_tokens'],
  ['content_filtered', 'incomplete', 'content_filter'],
])('is incomplete after %s', async (stopReason, status, reason) => {
  answer(stopReason, { text: 'x' });
  expect((await ask()).body).toMatchObject({ status, incomplete_details: { reason }, output: [{ status }] });
});

test('has calls of functions as items', async () => {
  answer('tool_use', { toolUse: { toolUseId: 'c1', name: 'f', input: { a: 1 } } });
  expect((await ask({ tools: [{ type: 'function', name: 'f' }] })).body).toMatchObject({
    status: 'completed',
    output: [{ type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}', status: 'completed' }],
  });
});

const PNG = 'iVBORw0KGgo=';
const said = { type: 'output_text', text: 'hi', annotations: [], logprobs: [] };

test.each<[string, Record<string, unknown>, unknown]>([
  ['a text', {}, { messages: [{ role: 'user', content: [{ text: 'hello' }] }], system: undefined }],
  [
    'instructions before system and developer messages',
    {
      instructions: 'a',
      input: [
        { role: 'developer', content: [{ type: 'input_text', text: 'b' }] },
        { role: 'user', content: 'q' },
        { type: 'message', role: 'system', content: 'c' },
      ],
    },
    { system: [{ text: 'a' }, { text: 'b' }, { text: 'c' }], messages: [{ role: 'user', content: [{ text: 'q' }] }] },
  ],
  [
    'what a client was given, sent back',
    {
      tools: [{ type: 'function', name: 'f' }],
      input: [
        { role: 'user', content: 'q' },
        { type: 'reasoning', id: 'rs_1', summary: [], status: 'completed' },
        { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [said] },
        { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'f', arguments: '{}', status: 'completed' },
        { type: 'function_call', id: 'fc_2', call_id: 'c2', name: 'f', arguments: '' },
        { type: 'function_call_output', call_id: 'c2', output: 'two' },
        { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'one' }] },
      ],
    },
    {
      messages: [
        { role: 'user', content: [{ text: 'q' }] },
        {
          role: 'assistant',
          content: [
            { text: 'hi' },
            { toolUse: { toolUseId: 'c1', name: 'f', input: {} } },
            { toolUse: { toolUseId: 'c2', name: 'f', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'c2', content: [{ text: 'two' }] } },
            { toolResult: { toolUseId: 'c1', content: [{ text: 'one' }] } },
          ],
        },
      ],
    },
  ],
  [
    'an image',
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: `data:image/png;base64,${PNG}` }] }] },
    { messages: [{ content: [{ image: { format: 'png', source: { bytes: Buffer.from(PNG, 'base64') } } }] }] },
  ],
  [
    'allowed tools',
    {
      tools: ['f', 'g'].map((name) => ({ type: 'function', name })),
      tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'g' }] },
    },
    { toolConfig: { tools: [{ toolSpec: { name: 'g' } }], toolChoice: { any: {} } } },
  ],
  [
    'limits and a choice',
    {
      max_output_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      tools: [{ type: 'function', name: 'f', strict: true }],
      tool_choice: { type: 'function', name: 'f' },
    },
    {
      inferenceConfig: { maxTokens: 9, temperature: 0.5, topP: 0.9 },
      toolConfig: { tools: [{ toolSpec: { name: 'f', strict: true } }], toolChoice: { tool: { name: 'f' } } },
    },
  ],
])('translates %s', (_, over, converse) => {
  expect(toModelRequest(parseResponse({ ...ASK, ...over }, false)).converse).toMatchObject(converse as object);
});

const user = (part: object) => ({ input: [{ role: 'user', content: [part] }] });

test.each<[string, Record<string, unknown>, string | null, string, string]>([
  ...[
    'web_search',
    'web_search_preview',
    'file_search',
    'code_interpreter',
    'computer_use_preview',
    'shell',
    'mcp',
    'image_generation',
  ].map((type): [string, Record<string, unknown>, string, string, string] => [
    `the hosted tool ${type}`,
    { tools: [{ type: 'function', name: 'f' }, { type }] },
    'tools[1].type',
    'residency_tool_refused',
    "'tools[1].type' is refused: ",
  ]),
  [
    'a tool whose parameters refer to another host',
    { tools: [{ type: 'function', name: 'f', parameters: { properties: { a: { $ref: 'http://127.0.0.1:9/a' } } } }] },
    'tools[0].parameters',
    'residency_remote_content_refused',
    'may refer only to parts of itself',
  ],
  [
    'a format whose schema refers to another host',
    {
      text: {
        format: { type: 'json_schema', name: 'a', schema: { items: { $recursiveRef: 'https://example.com/a#' } } },
      },
    },
    'text.format.schema',
    'residency_remote_content_refused',
    'may refer only to parts of itself',
  ],
  ['no input', { input: undefined }, 'input', 'missing_required_parameter', "'input' is required"],
  [
    'a choice of a hosted tool',
    { tool_choice: { type: 'mcp' } },
    'tool_choice.type',
    'residency_tool_refused',
    'MCP server',
  ],
  [
    'what a hosted tool left',
    { input: [{ type: 'web_search_call' }] },
    'input[0].type',
    'residency_tool_refused',
    'OpenAI runs',
  ],
  [
    'a stored item',
    { input: [{ type: 'item_reference', id: 'x' }] },
    'input[0].type',
    'residency_store_refused',
    "doesn't store items",
  ],
  [
    'a stored answer',
    { previous_response_id: 'resp_1' },
    'previous_response_id',
    'residency_store_refused',
    'stores nothing',
  ],
  ['a conversation', { conversation: 'conv_1' }, 'conversation', 'residency_store_refused', 'stores nothing'],
  ['a stored prompt', { prompt: { id: 'p' } }, 'prompt', 'residency_store_refused', 'stores nothing'],
  ['the background', { background: true }, 'background', 'residency_store_refused', 'may only be false'],
  [
    'a remote image',
    user({ type: 'input_image', image_url: 'https://x.example/a.png' }),
    'input[0].content[0].image_url',
    'residency_remote_content_refused',
    "doesn't fetch",
  ],
  [
    'an uploaded image',
    user({ type: 'input_image', file_id: 'file_1' }),
    'input[0].content[0].file_id',
    'residency_remote_content_refused',
    "doesn't fetch",
  ],
  [
    'a remote file',
    user({ type: 'input_file', file_url: 'https://x.example/a.pdf' }),
    'input[0].content[0].file_url',
    'residency_remote_content_refused',
    "doesn't fetch",
  ],
  [
    'a file that is no data URL',
    user({ type: 'input_file', file_data: 'x' }),
    'input[0].content[0].file_data',
    'invalid_value',
    'must be a base64 data URL',
  ],
  ['cutting what is too long', { truncation: 'auto' }, 'truncation', 'unsupported_value', 'never truncated'],
  ['a limit of hosted calls', { max_tool_calls: 3 }, 'max_tool_calls', 'unsupported_parameter', 'hosted tools'],
  [
    'other extras',
    { include: ['file_search_call.results'] },
    'include[0]',
    'invalid_value',
    'reasoning.encrypted_content',
  ],
  ['an unknown parameter', { messages: [] }, null, 'unknown_parameter', 'is unknown to this gateway'],
  [
    'options of a stream without a stream',
    { stream_options: {} },
    'stream_options',
    'invalid_value',
    "set 'stream' to true",
  ],
  [
    'arguments that are not JSON',
    {
      tools: [{ type: 'function', name: 'f' }],
      input: [
        { role: 'user', content: 'q' },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{' },
      ],
    },
    'input[1].arguments',
    'invalid_value',
    'must be JSON',
  ],
  [
    'a result that nothing asked for',
    {
      input: [
        { role: 'user', content: 'q' },
        { type: 'function_call_output', call_id: 'c', output: '' },
      ],
    },
    'input[1].call_id',
    'invalid_value',
    'must be the id of an unanswered tool call',
  ],
  [
    'a foreign reasoning item',
    { input: [{ type: 'reasoning', encrypted_content: 'abc' }] },
    'input[0].encrypted_content',
    'invalid_value',
    'not issued by this gateway',
  ],
  [
    'an image in a system message',
    { input: [{ role: 'system', content: [{ type: 'input_image', image_url: 'data:' }] }] },
    'input[0].content[0].type',
    'invalid_value',
    'may only be "input_text"',
  ],
  ['a model of embeddings', { model: 'embed' }, 'model', 'model_not_supported', "these are: 'assistant'"],
])('refuses %s without calling Bedrock', async (_, over, param, code, message) => {
  const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK);
  const error = await errorOf(await gateway.fetch(post('responses', { ...ASK, ...over })));
  expect(error).toMatchObject({ status: 400, param, code, message: expect.stringContaining(message) });
  expect(records).toMatchObject([{ outcome: 'refused' }]);
});

test('stores nothing for a workspace either, and refuses a request to store', async () => {
  const { gateway } = gatewayFor(WORKSPACE, NO_BEDROCK);
  const error = await errorOf(await gateway.fetch(post('responses', { ...ASK, store: true })));
  expect(error).toMatchObject({ status: 400, param: 'store', code: 'unsupported_value' });
});
