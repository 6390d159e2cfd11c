import { MAX_BODY_BYTES } from '@/lib/runtime/http/read-body';
import { PNG } from '../support/clients';
import { gatewayFor, NO_BEDROCK, post } from '../support/gateway';
import { CLAUDE, GPT_OSS, PROJECT, serving } from '../support/policies';
import { ScriptedBedrock } from '../support/scripted-bedrock';
import { answer, ask, errorOf, LEAST, message } from './support';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());
afterEach(() => expect(bedrock.complaints).toEqual([]));

const user = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] });
const text = { type: 'text', text: 'hello' };
const image = (source: object) => ({ type: 'image', source });
const file = (source: object, more: object = {}) => ({ type: 'document', source, ...more });
const png = { type: 'base64', media_type: 'image/png', data: PNG };
const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'now', input: {} }] };
const results = (...content: unknown[]) => ({
  messages: [...LEAST.messages, call, { role: 'user', content }],
  tools: [{ name: 'now', input_schema: { type: 'object' } }],
});
const result = (over: object = {}) => ({ type: 'tool_result', tool_use_id: 'c1', content: '12:00', ...over });
const tool = (over: object) => ({ tools: [{ name: 'now', input_schema: { type: 'object' }, ...over }] });

test.each<[string, object, number, string, string | null]>([
  [
    'a tool that searches',
    { tools: [{ type: 'web_search_20260318', name: 'x' }] },
    400,
    'residency_tool_refused',
    'tools[0].type',
  ],
  [
    'a tool that fetches',
    { tools: [{ type: 'web_fetch_20250910', name: 'x' }] },
    400,
    'residency_tool_refused',
    'tools[0].type',
  ],
  [
    'a tool that runs code',
    { tools: [{ type: 'code_execution_20250825', name: 'x' }] },
    400,
    'residency_tool_refused',
    'tools[0].type',
  ],
  [
    'an MCP server',
    { mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] },
    400,
    'residency_tool_refused',
    'mcp_servers',
  ],
  [
    'tools of an MCP server',
    { tools: [{ type: 'mcp_toolset', mcp_server_name: 'x' }] },
    400,
    'residency_tool_refused',
    'tools[0].type',
  ],
  [
    'an advisor',
    { tools: [{ type: 'advisor_20260301', name: 'x', model: 'x' }] },
    400,
    'residency_tool_refused',
    'tools[0].type',
  ],
  [
    "Anthropic's shell",
    { tools: [{ type: 'bash_20250124', name: 'bash' }] },
    400,
    'unsupported_value',
    'tools[0].type',
  ],
  [
    "Anthropic's computer",
    { tools: [{ type: 'computer_20251124', name: 'x' }] },
    400,
    'unsupported_value',
    'tools[0].type',
  ],
  ['a tool of another type', tool({ type: 'magic_20270101' }), 400, 'invalid_value', 'tools[0].type'],
  [
    'a tool whose schema refers to another host',
    {
      tools: [
        { name: 'f', input_schema: { type: 'object', properties: { a: { $ref: 'http://127.0.0.1:9/schema' } } } },
      ],
    },
    400,
    'residency_remote_content_refused',
    'tools[0].input_schema',
  ],
  [
    'a format whose schema refers to another host',
    { output_config: { format: { type: 'json_schema', schema: { anyOf: [{ $ref: 'https://example.com/a#/b' }] } } } },
    400,
    'residency_remote_content_refused',
    'output_config.format.schema',
  ],
  ['a container', { container: 'container_1' }, 400, 'residency_tool_refused', 'container'],
  ['a thread', { thread: { type: 'create' } }, 400, 'residency_store_refused', 'thread'],
  ['another place', { inference_geo: 'us' }, 400, 'residency_model_refused', 'inference_geo'],
  [
    'a remote image',
    user(image({ type: 'url', url: 'https://example.com/a.png' })),
    400,
    'residency_remote_content_refused',
    'messages[0].content[0].source.type',
  ],
  [
    'a remote PDF',
    user(file({ type: 'url', url: 'https://example.com/a.pdf' })),
    400,
    'residency_remote_content_refused',
    'messages[0].content[0].source.type',
  ],
  [
    'a remote image in a document',
    user(file({ type: 'content', content: [image({ type: 'url', url: 'https://example.com/' })] })),
    400,
    'residency_remote_content_refused',
    'messages[0].content[0].source.content[0].source.type',
  ],
  [
    'a remote image in a result',
    results(result({ content: [image({ type: 'url', url: 'https://example.com/' })] })),
    400,
    'residency_remote_content_refused',
    'messages[2].content[0].content[0].source.type',
  ],
  [
    'a stored file',
    user(file({ type: 'file', file_id: 'file_1' })),
    400,
    'residency_remote_content_refused',
    'messages[0].content[0].source.type',
  ],
  [
    'a call of a hosted tool',
    {
      messages: [{ role: 'assistant', content: [{ type: 'server_tool_use', id: 'x', name: 'web_search', input: {} }] }],
    },
    400,
    'residency_tool_refused',
    'messages[0].content[0].type',
  ],
  [
    'a result of a hosted tool',
    user({ type: 'web_search_tool_result', tool_use_id: 'x', content: [] }),
    400,
    'residency_tool_refused',
    'messages[0].content[0].type',
  ],
  [
    'a search result',
    user({ type: 'search_result', source: 'x', title: 'x', content: [] }),
    400,
    'unsupported_value',
    'messages[0].content[0].type',
  ],
  [
    'citations',
    user(file({ type: 'text', media_type: 'text/plain', data: 'x' }, { citations: { enabled: true } }), text),
    400,
    'unsupported_value',
    'messages[0].content[0].citations.enabled',
  ],
  ['an unknown block', user({ type: 'hologram' }), 400, 'invalid_value', 'messages[0].content[0].type'],
  ['an unknown field of a block', user({ ...text, colour: 'red' }), 400, 'unknown_parameter', 'messages[0].content[0]'],
  ['an unknown parameter', { colour: 'red' }, 400, 'unknown_parameter', null],
  [
    'an unknown mark for the cache',
    user({ ...text, cache_control: { type: 'permanent' } }),
    400,
    'invalid_value',
    'messages[0].content[0].cache_control.type',
  ],
  [
    'an image of another type',
    user(image({ ...png, media_type: 'image/svg+xml' })),
    400,
    'invalid_value',
    'messages[0].content[0].source.media_type',
  ],
  [
    'an image that is not base64',
    user(image({ ...png, data: '<svg>' })),
    400,
    'invalid_value',
    'messages[0].content[0].source.data',
  ],
  [
    'hidden reasoning that is not base64',
    {
      messages: [
        { role: 'assistant', content: [text, { type: 'redacted_thinking', data: '<svg>' }] },
        ...LEAST.messages,
      ],
    },
    400,
    'invalid_value',
    'messages[0].content[1].data',
  ],
  [
    'a PDF that is none',
    user(file({ type: 'base64', media_type: 'application/pdf', data: PNG })),
    400,
    'file_refused',
    'messages[0].content[0].source.data',
  ],
  [
    'an empty document',
    user(file({ type: 'text', media_type: 'text/plain', data: '' })),
    400,
    'file_refused',
    'messages[0].content[0].source.data',
  ],
  ['a result without a call', user(result()), 400, 'invalid_value', 'messages[0].content[0].tool_use_id'],
  ['a call without a result', { ...results(text) }, 400, 'invalid_value', 'messages[2]'],
  ['an empty message', user({ type: 'text', text: ' ' }), 400, 'invalid_value', 'messages[0].content'],
  ['no message', { messages: [] }, 400, 'invalid_value', 'messages'],
  ['no limit', { max_tokens: undefined }, 400, 'missing_required_parameter', 'max_tokens'],
  ['null as the limit', { max_tokens: null }, 400, 'missing_required_parameter', 'max_tokens'],
  ['no model', { model: undefined }, 400, 'missing_required_parameter', 'model'],
  ['a tool without a schema', tool({ input_schema: undefined }), 400, 'invalid_value', 'tools[0].input_schema'],
  [
    'a tool whose schema is no object',
    tool({ input_schema: { type: 'string' } }),
    400,
    'invalid_value',
    'tools[0].input_schema.type',
  ],
  [
    'a tool that code may call',
    tool({ allowed_callers: ['code_execution_20250825'] }),
    400,
    'invalid_value',
    'tools[0].allowed_callers[0]',
  ],
  [
    'a choice of another tool',
    { ...tool({}), tool_choice: { type: 'tool', name: 'later' } },
    400,
    'invalid_value',
    'tool_choice.name',
  ],
  ['a choice without tools', { tool_choice: { type: 'any' } }, 400, 'invalid_value', 'tool_choice'],
  ['top_k', { top_k: 5 }, 400, 'unsupported_parameter', 'top_k'],
  ['a temperature beyond 1', { temperature: 1.5 }, 400, 'invalid_value', 'temperature'],
  [
    'both names of a format',
    {
      output_config: { format: { type: 'json_schema', schema: {} } },
      output_format: { type: 'json_schema', schema: {} },
    },
    400,
    'invalid_value',
    'output_format',
  ],
  [
    'a budget of the whole answer',
    { thinking: { type: 'enabled', budget_tokens: 2_048 } },
    400,
    'invalid_value',
    'thinking.budget_tokens',
  ],
  [
    'a budget below the least',
    { thinking: { type: 'enabled', budget_tokens: 100 } },
    400,
    'invalid_value',
    'thinking.budget_tokens',
  ],
  [
    'an edit of the conversation',
    { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } },
    400,
    'invalid_value',
    'context_management.edits[0].type',
  ],
  [
    'reasoning that is cleared',
    {
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: { type: 'thinking_turns', value: 1 } }] },
    },
    400,
    'invalid_value',
    'context_management.edits[0].keep.type',
  ],
  ['other models to fall back to', { fallbacks: [{ model: 'x' }] }, 400, 'unsupported_parameter', 'fallbacks'],
  ['an unknown model', { model: 'claude-opus-5' }, 404, 'model_not_found', 'model'],
  ['a model of embeddings', { model: 'embed' }, 400, 'model_not_supported', 'model'],
  ['a global profile', { model: 'global.anthropic.claude-sonnet-4-6' }, 403, 'residency_model_refused', 'model'],
])('refuses %s by its name, without calling Bedrock', async (_, over, status, code, param) => {
  for (const path of ['messages', 'messages/count_tokens']) {
    if (path !== 'messages' && param === 'max_tokens') continue;
    const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK);
    const response = await gateway.fetch(post(path, { ...LEAST, ...over }));
    const error = await errorOf(response);
    expect(error).toMatchObject({ status, code, param });
    expect(error.message).not.toMatch(/hologram|magic|example\.com|permanent|<svg>|opus-5/);
    expect(records).toMatchObject([{ outcome: 'refused', tenant: 'helpdesk-bot' }]);
  }
});

const at = (path: string, init?: RequestInit) => new Request(`https://gateway.test/v1/messages${path}`, init);
test.each<[string, Request, number, string, string]>([
  ['another method', at(''), 405, 'method_not_allowed', 'invalid_request_error'],
  [
    'another method of a count',
    at('/count_tokens', { method: 'DELETE' }),
    405,
    'method_not_allowed',
    'invalid_request_error',
  ],
  ['batches', at('/batches', { method: 'POST' }), 404, 'unknown_url', 'not_found_error'],
  ['a path that ends with a slash', at('/'), 405, 'method_not_allowed', 'invalid_request_error'],
  [
    'another content type',
    message({}, { 'content-type': 'text/plain' }),
    415,
    'unsupported_media_type',
    'invalid_request_error',
  ],
  ['a body that is not JSON', post('messages', '{'), 400, 'invalid_json', 'invalid_request_error'],
  ['too large a body', message({ system: 'x'.repeat(MAX_BODY_BYTES) }), 413, 'request_too_large', 'request_too_large'],
  [
    'an unknown model',
    new Request('https://gateway.test/v1/models/gone', { headers: { 'anthropic-version': '2023-06-01' } }),
    404,
    'model_not_found',
    'not_found_error',
  ],
  [
    'another method of the models',
    new Request('https://gateway.test/v1/models', { method: 'POST', headers: { 'anthropic-version': '2023-06-01' } }),
    405,
    'method_not_allowed',
    'invalid_request_error',
  ],
  [
    'an unknown version',
    message({}, { 'anthropic-version': '2027-01-01' }),
    400,
    'invalid_value',
    'invalid_request_error',
  ],
])('answers %s in the form of Anthropic', async (_, request, status, code, type) => {
  const { gateway } = gatewayFor(PROJECT, NO_BEDROCK);
  const response = await gateway.fetch(request);
  expect(response.headers.get('request-id')).toBe(response.headers.get('x-request-id'));
  expect(await errorOf(response)).toMatchObject({ status, code, type });
});

test('a HEAD request gets no body', async () => {
  const response = await gatewayFor(PROJECT, NO_BEDROCK).gateway.fetch(at('', { method: 'HEAD' }));
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test('hides an internal error', async () => {
  const broken = { converse: () => Promise.reject(new TypeError('CANARY')) };
  const response = await gatewayFor(PROJECT, { ...NO_BEDROCK, ...broken } as never).gateway.fetch(message({}));
  expect(await errorOf(response)).toMatchObject({
    status: 502,
    type: 'api_error',
    message: expect.not.stringContaining('CANARY'),
  });
});

test('takes the request of Claude Code', async () => {
  const ephemeral = { type: 'ephemeral' };
  const { response, sent } = await ask(
    bedrock,
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '<system-reminder>x</system-reminder>' },
            { ...text, cache_control: ephemeral },
          ],
        },
        { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 'sig' }, ...call.content] },
        { role: 'user', content: [result({ cache_control: ephemeral }), { type: 'text', text: '' }] },
        { role: 'system', content: 'the date changed' },
      ],
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.306;' },
        { type: 'text', text: 'You are Claude Code', cache_control: { type: 'ephemeral', ttl: '1h', scope: 'global' } },
      ],
      tools: [
        {
          name: 'now',
          description: 'the time',
          input_schema: {
            $schema: 'https://json-schema.org/draft/2020-12/schema',
            type: 'object',
            properties: {},
            additionalProperties: false,
          },
          eager_input_streaming: true,
        },
        { name: 'DeferredToolPlaceholder', defer_loading: true },
      ],
      metadata: { user_id: 'user_1_account__session_2' },
      max_tokens: 32_000,
      thinking: { type: 'adaptive' },
      context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
      output_config: { effort: 'medium' },
      diagnostics: { previous_message_id: 'msg_1' },
    },
    {
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27',
      'anthropic-dangerous-direct-browser-access': 'true',
      'x-app': 'cli',
    },
  );
  expect([response.status, response.headers.get('x-residency-ignored')]).toEqual([
    200,
    'tools[].eager_input_streaming, tools[].defer_loading, metadata, context_management, diagnostics, cache_control.scope, anthropic-beta, cache_control.ttl',
  ]);
  expect(sent).toEqual({
    messages: [
      { role: 'user', content: [{ text: '<system-reminder>x</system-reminder>' }, { text: 'hello' }] },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: '', signature: 'sig' } } },
          { toolUse: { toolUseId: 'c1', name: 'now', input: {} } },
        ],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ text: '12:00' }] } }] },
    ],
    system: [
      { text: 'x-anthropic-billing-header: cc_version=2.1.306;' },
      { text: 'You are Claude Code' },
      { text: 'the date changed' },
    ],
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: 'now',
            description: 'the time',
            inputSchema: {
              json: {
                $schema: 'https://json-schema.org/draft/2020-12/schema',
                type: 'object',
                properties: {},
                additionalProperties: false,
              },
            },
          },
        },
        { toolSpec: { name: 'DeferredToolPlaceholder', inputSchema: { json: { type: 'object', properties: {} } } } },
      ],
    },
    inferenceConfig: { maxTokens: 32_000 },
    additionalModelRequestFields: { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } },
  });
});

test.each<[string, object]>([
  ['service_tier', { service_tier: 'auto' }],
  ['metadata', { metadata: { user_id: null } }],
  ['speed', { speed: 'standard' }],
  [
    'tool fields',
    tool({ eager_input_streaming: false, defer_loading: false, input_examples: [], allowed_callers: ['direct'] }),
  ],
  ['context_management', { context_management: { edits: [] } }],
  ['mcp_servers', { mcp_servers: [] }],
  ['null', { thinking: null, tools: null, system: null, cache_control: null, container: null, output_config: null }],
])('what happens anyway is not listed: %s', async (_, over) => {
  const { response } = await ask(bedrock, over);
  expect([response.status, response.headers.get('x-residency-ignored')]).toEqual([200, null]);
});

test.each<[string, object, object]>([
  ['a tool', { ...tool({}), tool_choice: { type: 'tool', name: 'now' } }, { tool: { name: 'now' } }],
  ['any tool', { ...tool({}), tool_choice: { type: 'any' } }, { any: {} }],
])('asks for %s', async (_, over, toolChoice) => {
  expect((await ask(bedrock, over)).sent.toolConfig.toolChoice).toEqual(toolChoice);
});

test('without tools, earlier calls are text', async () => {
  const { sent } = await ask(bedrock, { ...results(result()), tool_choice: { type: 'none' } });
  expect(sent.toolConfig).toBeUndefined();
  expect(sent.messages[1].content).toEqual([{ text: '[called now with {}]' }]);
});

test('passes on one call if no more are wanted', async () => {
  bedrock.replies(() =>
    answer(
      [
        { toolUse: { toolUseId: 'a', name: 'now', input: {} } },
        { toolUse: { toolUseId: 'b', name: 'now', input: {} } },
      ],
      'tool_use',
    ),
  );
  const { gateway } = gatewayFor(PROJECT, bedrock.client());
  const response = await gateway.fetch(
    message({ ...tool({}), tool_choice: { type: 'auto', disable_parallel_tool_use: true } }),
  );
  expect(await response.json()).toMatchObject({ content: [{ type: 'tool_use', id: 'a' }], stop_reason: 'tool_use' });
});

/** Objects in one another. */
const nested = (levels: number): object => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

test('input of a call that no request could repeat is malformed output', async () => {
  let input = nested(100);
  bedrock.replies(() => answer([{ toolUse: { toolUseId: 'a', name: 'now', input } }], 'tool_use'));
  const { gateway } = gatewayFor(PROJECT, bedrock.client());
  expect(await (await gateway.fetch(message(tool({})))).json()).toMatchObject({ content: [{ input }] });
  input = nested(101);
  expect(await errorOf(await gateway.fetch(message(tool({}))))).toMatchObject({ status: 502, code: 'provider_failed' });
});

test.each([[[1]], ['x'], [null]])('input %j of a call is malformed output', async (input) => {
  bedrock.replies(() => answer([{ toolUse: { toolUseId: 'a', name: 'now', input } }], 'tool_use'));
  const response = await gatewayFor(PROJECT, bedrock.client()).gateway.fetch(message(tool({})));
  expect(await errorOf(response)).toMatchObject({ status: 502, code: 'provider_failed' });
});

test('sends a document given as parts, and the names of found tools', async () => {
  const parts = file(
    { type: 'content', content: [{ type: 'text', text: 'one' }, image(png)] },
    { title: 'T', context: 'C' },
  );
  const { sent } = await ask(
    bedrock,
    results(result({ content: [parts, { type: 'tool_reference', tool_name: 'now' }] })),
  );
  expect(sent.messages[2].content[0].toolResult.content).toEqual([
    { text: 'T' },
    { text: 'C' },
    { text: 'one' },
    { image: { format: 'png', source: { bytes: PNG } } },
    { text: '(The tool now was found.)' },
  ]);
});

test.each<[string, object, string, object]>([
  ['end_turn', {}, 'end_turn', { stop_reason: 'end_turn', stop_sequence: null, stop_details: null }],
  ['max_tokens', {}, 'max_tokens', { stop_reason: 'max_tokens' }],
  [
    'model_context_window_exceeded',
    {},
    'model_context_window_exceeded',
    { stop_reason: 'model_context_window_exceeded' },
  ],
  [
    'one stop sequence',
    { stop_sequences: ['END'] },
    'stop_sequence',
    { stop_reason: 'stop_sequence', stop_sequence: 'END' },
  ],
  [
    'one of two stop sequences',
    { stop_sequences: ['END', 'FIN'] },
    'stop_sequence',
    { stop_reason: 'stop_sequence', stop_sequence: null },
  ],
  [
    'a refusal',
    {},
    'refusal',
    { stop_reason: 'refusal', stop_details: { type: 'refusal', category: null, explanation: null } },
  ],
  ['a guardrail', {}, 'guardrail_intervened', { stop_reason: 'refusal' }],
])('says why an answer ended: %s', async (_, over, stopReason, expected) => {
  bedrock.replies(() => answer([{ text: 'x' }], stopReason));
  const response = await gatewayFor(PROJECT, bedrock.client()).gateway.fetch(message(over));
  expect(await response.json()).toMatchObject(expected);
});

test('counts tokens on the high side, by the examples of Anthropic', async () => {
  const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK);
  const count = async (over: object) => {
    const response = await gateway.fetch(post('messages/count_tokens', { ...LEAST, max_tokens: undefined, ...over }));
    expect(response.headers.get('ai-disclosure')).toBeNull();
    return ((await response.json()) as { input_tokens: number }).input_tokens;
  };
  const hello = await count({ system: 'You are a scientist', messages: [{ role: 'user', content: 'Hello, Claude' }] });
  expect([hello >= 14, hello <= 28]).toEqual([true, true]);
  const location = { type: 'string', description: 'The city and state, e.g. San Francisco, CA' };
  const input_schema = { type: 'object', properties: { location }, required: ['location'] };
  const weather = await count({
    tools: [{ name: 'get_weather', description: 'Get the current weather in a given location', input_schema }],
    messages: [{ role: 'user', content: "What's the weather like in San Francisco?" }],
  });
  expect([weather >= 403, weather <= 700]).toEqual([true, true]);
  const base = await count({});
  expect((await count(user(image(png), text))) - base).toBe(1_600);
  expect(records[0]).toMatchObject({ model: 'assistant', outcome: 'answered' });
});

test('counts reasoning by its text, and hidden reasoning by its length, where the model receives it', async () => {
  const count = async (id: string, ...content: object[]) => {
    const { gateway } = gatewayFor(serving({ region: 'eu-north-1', id }), NO_BEDROCK);
    const messages = [...LEAST.messages, { role: 'assistant', content: [...content, text] }, ...LEAST.messages];
    const response = await gateway.fetch(post('messages/count_tokens', { ...LEAST, max_tokens: undefined, messages }));
    return ((await response.json()) as { input_tokens: number }).input_tokens;
  };
  const long = 'A'.repeat(4_000);
  const base = await count(CLAUDE);
  const signed = await count(CLAUDE, { type: 'thinking', thinking: 'hm', signature: long });
  const unshown = await count(CLAUDE, { type: 'thinking', thinking: '', signature: long });
  const redacted = await count(CLAUDE, { type: 'redacted_thinking', data: long });
  expect([signed - base, unshown - base, redacted - base]).toEqual([2, 1_000, 1_000]);
  expect(await count(GPT_OSS, { type: 'thinking', thinking: 'hm'.repeat(99), signature: long })).toBe(
    await count(GPT_OSS),
  );
});
