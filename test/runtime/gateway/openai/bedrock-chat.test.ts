import { prepare } from '@/lib/runtime/gateway/fit/prepare';
import { toModelRequest } from '@/lib/runtime/gateway/messages/to-model-request';
import { toChatBody } from '@/lib/runtime/gateway/openai/chat-body';
import { SAMPLES } from '@/test/runtime/workspace/files/support/samples';
import { ChatBedrock, completion, delta, spoken } from '../support/chat-bedrock';
import { chat, errorOf, HELLO, post } from '../support/gateway';
import { CLAUDE, GPT_OSS, serving, WORKSPACE_RULES } from '../support/policies';
import { allOf } from '../support/read-sse';
import { TRAITS } from '../support/strict-bedrock';
import { CHAT_PATH } from '../support/strict-chat';

const bedrock = new ChatBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());
afterEach(() => expect(bedrock.complaints).toEqual([]));

const TOOL = { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } };
const ask = async (over: object) => {
  const { gateway, records } = bedrock.gateway();
  const response = await gateway.fetch(chat({ ...HELLO, ...over }));
  return { response, records, body: bedrock.calls.at(-1)?.body };
};
const answers = (json: unknown = completion('Guten Tag')) => bedrock.replies(() => ({ json }));

test('a chat is signed for Bedrock and sent to its Chat Completions API', async () => {
  answers();
  const { response, records, body } = await ask({ max_tokens: 50, reasoning_effort: 'low', seed: 7 });
  expect(bedrock.calls).toHaveLength(1);
  expect(bedrock.calls[0]).toMatchObject({
    path: `POST ${CHAT_PATH}`,
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/\d{8}\/eu-central-1\/bedrock\/aws4_request/,
    ),
  });
  expect(body).toEqual({
    model: GPT_OSS,
    messages: [{ role: 'user', content: 'hello' }],
    max_completion_tokens: 50,
    reasoning_effort: 'low',
  });
  expect(await response.json()).toMatchObject({
    choices: [{ message: { content: 'Guten Tag' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 5 } },
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-residency-region': 'eu-central-1',
    'x-residency-destination': GPT_OSS,
    'x-residency-may-process': 'eu-central-1',
    'x-residency-ignored': 'seed',
  });
  expect(records[0]).toMatchObject({ outcome: 'answered', destination: GPT_OSS, tokens: { prompt: 9, cached: 5 } });
});

test('a stream has its texts, its reasoning and its tokens', async () => {
  const [start, ...rest] = spoken('Guten ', 'Tag');
  bedrock.replies(() => ({ data: [start, delta({ reasoning: 'They greet.' }), ...rest] }));
  const { response, body } = await ask({ stream: true, stream_options: { include_usage: true } });
  expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  const events = await allOf(response);
  const said = events.map(({ data }) => data.choices?.[0]?.delta?.content ?? '').join('');
  expect(said).toBe('Guten Tag');
  expect(events.at(-2)?.data.usage).toMatchObject({ prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 5 } });
  expect(events.at(-1)?.data).toBe('[DONE]');
});

test('the record and a header name the API', async () => {
  answers(completion('yes'));
  const { gateway, records } = bedrock.gateway();
  const response = await gateway.fetch(chat(HELLO));
  expect(response.headers.get('x-residency-api')).toBe('chat-completions');
  expect(records[0]?.api).toBe('chat-completions');
});

test('responses are sent there too', async () => {
  bedrock.replies(() => ({ data: spoken('yes') }));
  const response = await bedrock
    .gateway()
    .gateway.fetch(post('responses', { model: 'assistant', input: 'hi', stream: true }));
  const last = (await allOf(response)).at(-1);
  expect(last).toMatchObject({ event: 'response.completed' });
  expect(JSON.stringify(last)).toContain('yes');
});

test('tools are called, and their results and an answer of reasoning alone are sent back', async () => {
  const called = { name: 'weather', arguments: '{"city":"Oslo"}' };
  answers(
    completion('', {
      message: { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: called }] },
      finish_reason: 'tool_calls',
    }),
  );
  const { response, body } = await ask({ tools: [TOOL], tool_choice: 'required', parallel_tool_calls: false });
  expect(body).toMatchObject({ tools: [{ function: { name: 'weather' } }], tool_choice: 'required' });
  const { choices } = (await response.json()) as { choices: [{ message: { tool_calls: unknown[] } }] };
  expect(choices[0].message.tool_calls).toMatchObject([{ id: 'call_1', function: called }]);
  answers();
  const history = [...HELLO.messages, choices[0].message, { role: 'tool', tool_call_id: 'call_1', content: '3 °C' }];
  const again = await ask({ messages: history, tools: [TOOL] });
  expect(again.response.status).toBe(200);
  expect(again.body).not.toHaveProperty('tool_choice');
  expect(again.body.messages.slice(1)).toEqual([
    { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: called }] },
    { role: 'tool', tool_call_id: 'call_1', content: '3 °C' },
  ]);
});

test('a schema is enforced by response_format, or by a tool where Bedrock has no way to enforce it', async () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };
  answers(completion('{"a":"b"}'));
  const { body } = await ask({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } });
  expect(body.response_format).toEqual({ type: 'json_schema', json_schema: { name: 'x', schema, strict: true } });
  expect(body).not.toHaveProperty('tools');
  const call = { id: 'c', type: 'function', function: { name: 'answer', arguments: '{"a":"b"}' } };
  answers(
    completion('', { message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' }),
  );
  const { body: forced, response } = await ask({ response_format: { type: 'json_object' } });
  expect(forced).toMatchObject({ tool_choice: { type: 'function', function: { name: 'answer' } } });
  expect(await response.json()).toMatchObject({
    choices: [{ message: { content: '{"a":"b"}' }, finish_reason: 'stop' }],
  });
});

test.each<[string, object, object[]]>([
  [
    'a system message alone',
    { messages: [{ role: 'system', content: 'be kind' }] },
    [{ role: 'system' }, { role: 'user' }],
  ],
  [
    'an answer first',
    { messages: [{ role: 'assistant', content: 'a' }, ...HELLO.messages] },
    [{ role: 'user' }, { role: 'assistant' }, { role: 'user' }],
  ],
])('%s is sent with a line in place of the user', async (_, over, roles) => {
  answers();
  expect((await ask(over)).body.messages).toMatchObject(roles);
});

const file = (type: string) => ({
  messages: [
    {
      role: 'user',
      content: [
        {
          type: 'file',
          file: { filename: 'a', file_data: `data:${type};base64,${Buffer.from(SAMPLES.pdf).toString('base64')}` },
        },
      ],
    },
  ],
});
test.each<[string, object, string]>([
  ['stop sequences, which the model refuses', { stop: ['x'] }, 'stop'],
  [
    'images, which it does not see',
    {
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] },
      ],
    },
    'messages',
  ],
  ['a PDF, for which the API has no form', file('application/pdf'), 'messages'],
])('%s are refused before anything is sent', async (_, over, param) => {
  answers();
  expect(await errorOf((await ask(over)).response)).toMatchObject({ status: 400, code: 'unsupported_value', param });
  expect(bedrock.calls).toEqual([]);
});

test('effort is refused where Converse has a field of its own for it, and cache_control is listed as ignored', async () => {
  answers();
  const policy = serving({ region: 'eu-central-1', id: 'qwen.qwen3-32b-v1:0', api: 'chat-completions' });
  const { gateway } = bedrock.gateway(policy);
  const high = await gateway.fetch(chat({ ...HELLO, reasoning_effort: 'high' }));
  expect(await errorOf(high)).toMatchObject({ status: 400, param: 'reasoning_effort' });
  const cached = await gateway.fetch(chat({ ...HELLO, max_tokens: 9, cache_control: { type: 'ephemeral' } }));
  expect(cached.headers.get('x-residency-ignored')).toBe('cache_control');
  expect(bedrock.calls.at(-1)?.body).toMatchObject({ model: 'qwen.qwen3-32b-v1:0', max_tokens: 9 });
});

test('a profile is called by its own id, without cache points and without a way to switch reasoning off', async () => {
  answers();
  const by = (id: string) => bedrock.gateway(serving({ region: 'eu-central-1', id, api: 'chat-completions' })).gateway;
  const cached = await by(CLAUDE).fetch(chat({ ...HELLO, cache_control: { type: 'ephemeral' } }));
  expect([cached.status, cached.headers.get('x-residency-ignored')]).toEqual([200, 'cache_control']);
  expect(bedrock.calls[0]?.body).toEqual({ model: CLAUDE, messages: HELLO.messages });
  const off = await by('eu.anthropic.claude-sonnet-5').fetch(chat({ ...HELLO, reasoning_effort: 'none' }));
  expect(await errorOf(off)).toMatchObject({ status: 400, param: 'reasoning_effort' });
});

const by = (id: string) => serving({ region: 'eu-north-1', id, api: 'chat-completions' });
const adaptive = { thinking: { type: 'adaptive' } };
const budget = { thinking: { type: 'enabled', budget_tokens: 2_000 } };
const off = { thinking: { type: 'disabled' } };
const withEffort = (effort: string) => ({ output_config: { effort } });
async function message(id: string, over: object) {
  answers();
  const response = await bedrock
    .gateway(by(id))
    .gateway.fetch(post('messages', { ...HELLO, max_tokens: 3_000, ...over }));
  const ignored = response.headers.get('x-residency-ignored')?.split(', ') ?? [];
  return { status: response.status, ignored, effort: bedrock.calls.at(-1)?.body.reasoning_effort };
}

const DESTINATION = {
  provider: 'bedrock' as const,
  api: 'chat-completions' as const,
  throughProfile: false,
  sourceRegion: 'eu-central-1',
  regions: ['eu-central-1'],
};
const QWEN = 'qwen.qwen3-32b-v1:0';
const DEEPSEEK = 'deepseek.v3-v1:0';
test.each<[string, string, object, string | undefined, string[]]>([
  ['adaptive', GPT_OSS, adaptive, 'medium', []],
  ['adaptive, low', GPT_OSS, { ...adaptive, ...withEffort('low') }, 'low', []],
  ['a budget', GPT_OSS, budget, 'medium', ['thinking.budget_tokens']],
  ['an effort', GPT_OSS, withEffort('high'), 'high', []],
  ['none, of a model that can', DEEPSEEK, off, 'none', []],
  ['none, of one that always reasons', GPT_OSS, off, undefined, ['thinking']],
  ['an effort that Converse alone takes', QWEN, withEffort('max'), undefined, ['output_config.effort']],
  [
    'adaptive, max, of Claude',
    CLAUDE,
    { ...adaptive, ...withEffort('max') },
    undefined,
    ['thinking', 'output_config.effort'],
  ],
])('reasoning of a message is sent as the effort, or listed: %s', async (_, id, over, effort, ignored) => {
  expect(await message(id, over)).toEqual({ status: 200, ignored, effort });
});

test('of every model, an effort is either sent or listed as ignored', () => {
  const wishes = [{}, adaptive, budget, off].flatMap((one) =>
    [undefined, 'low', 'xhigh'].map((value) => ({ ...one, ...(value && withEffort(value)) })),
  );
  let sent = 0;
  for (const [modelId, { reasoning }] of TRAITS) {
    const destination = { ...DESTINATION, id: modelId, modelId };
    for (const over of wishes as { thinking?: { type: string }; output_config?: object }[]) {
      const request = toModelRequest({ ...HELLO, max_tokens: 3_000, ...over } as never);
      const prepared = prepare(request, destination, WORKSPACE_RULES);
      if ('cannot' in prepared) continue;
      const { reasoning_effort: effort } = toChatBody(prepared.chat as never, destination);
      const { ignored = [] } = prepared;
      const { thinking, output_config: given } = over;
      const needsNothing = thinking?.type === 'disabled' && ['none', 'off'].includes(reasoning);
      if (effort !== undefined) sent += 1;
      expect([modelId, over, ignored.includes('output_config.effort')]).toEqual([
        modelId,
        over,
        given !== undefined && (effort === undefined || thinking?.type === 'disabled'),
      ]);
      if (thinking && effort === undefined && !needsNothing) expect(ignored).toContain('thinking');
      if (effort !== undefined) expect(ignored).not.toContain('thinking');
    }
  }
  expect(sent).toBeGreaterThan(20);
});

const calling = (json: string, finish_reason: string) => {
  const called = { id: 'c1', type: 'function', function: { name: 'now', arguments: json } };
  return completion('', { message: { role: 'assistant', content: null, tool_calls: [called] }, finish_reason });
};
const askMessage = async (json: unknown) => {
  answers(json);
  const tools = [{ name: 'now', input_schema: { type: 'object' } }];
  return bedrock.gateway().gateway.fetch(post('messages', { ...HELLO, max_tokens: 9, tools }));
};
test('a call that the limit of tokens cut off is an answer without its arguments', async () => {
  const response = await askMessage(calling('{"a":', 'length'));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    content: [{ type: 'tool_use', id: 'c1', name: 'now', input: {} }],
    stop_reason: 'max_tokens',
  });
});

test.each(['{"a":', '[1]', '"x"', 'null'])('arguments %s of a finished call are malformed output', async (json) => {
  const response = await askMessage(calling(json, 'tool_calls'));
  expect([response.status, await response.json()]).toMatchObject([502, { error: { code: 'provider_failed' } }]);
});

test('more tokens from the cache than in the prompt are no negative number of input tokens', async () => {
  const usage = { prompt_tokens: 3, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 5 } };
  const response = await askMessage({ ...completion('ok'), usage });
  expect(await response.json()).toMatchObject({ usage: { input_tokens: 0, cache_read_input_tokens: 5 } });
});
