import { complaintAbout } from '../support/strict-bedrock';

const OPUS_55 = 'eu.anthropic.claude-opus-5-5';
const OPUS_46 = 'eu.anthropic.claude-opus-4-6-v1';
const SONNET_45 = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_2 = 'eu.amazon.nova-2-lite-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const QWEN = 'qwen.qwen3-32b-v1:0';
const MISTRAL = 'mistral.mistral-7b-instruct-v0:2';

const user = { role: 'user', content: [{ text: 'hello' }] };
const assistant = { role: 'assistant', content: [{ text: 'Well,' }] };
const tools = [{ toolSpec: { name: 'f', inputSchema: { json: { type: 'object' } } } }];
const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });
const adaptive = { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } };
const fields = (additionalModelRequestFields: object, inferenceConfig: object = { maxTokens: 4096 }) => ({
  additionalModelRequestFields,
  inferenceConfig,
});
const format = (schema: object) => ({
  outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: JSON.stringify(schema) } } } },
});
const about = (model: string, over: object, operation = 'converse') =>
  complaintAbout({ operation, model, body: { messages: [user], ...over } })?.message;

const point = { cachePoint: { type: 'default' } };
const pointed = [{ text: 'be kind' }, point];

test.each<[string, string, object, string]>([
  ['a cache point of a model without a cache', GPT_OSS, { system: pointed }, 'did not allow prompt caching'],
  ['a cache point of a trait of low confidence', NOVA_PRO, { system: pointed }, 'did not allow prompt caching'],
  ['a cache point in a field without', NOVA_2, { toolConfig: { tools: [...tools, point] } }, 'not supported in tools'],
  [
    'more cache points than the model takes',
    OPUS_55,
    { system: Array.from({ length: 5 }, () => pointed).flat() },
    'A maximum of 4',
  ],
  ['a cache point after nothing', OPUS_55, { system: [point] }, 'must follow'],
  ['another duration', NOVA_2, { system: [{ text: 'x' }, { cachePoint: { type: 'default', ttl: '1h' } }] }, 'ttl 1h'],
  [
    'temperature and top_p',
    SONNET_45,
    { inferenceConfig: { temperature: 0.5, topP: 0.9 } },
    'cannot both be specified',
  ],
  ['sampling', OPUS_55, { inferenceConfig: { temperature: 0.5 } }, 'deprecated'],
  ['stop sequences', GPT_OSS, { inferenceConfig: { stopSequences: ['x'] } }, 'stopSequences'],
  [
    'more tokens than it makes',
    GPT_OSS,
    { inferenceConfig: { maxTokens: 20_000 } },
    'exceeds the model limit of 16384',
  ],
  ['a budget of a newer Claude', OPUS_55, fields(budget(2000)), 'thinking.type.enabled'],
  [
    'adaptive thinking of an older one',
    SONNET_45,
    fields({ thinking: { type: 'adaptive' } }),
    'adaptive is not supported',
  ],
  ['effort and a budget', SONNET_45, fields({ ...budget(2000), output_config: { effort: 'low' } }), 'Extra inputs'],
  ['a budget of the whole answer', SONNET_45, fields(budget(4096)), 'must be greater'],
  ['a budget without a length', SONNET_45, fields(budget(4096), {}), 'must be greater'],
  ['a small budget', SONNET_45, fields(budget(1023)), '>= 1024'],
  ['a budget and temperature', SONNET_45, fields(budget(2000), { maxTokens: 4096, temperature: 0 }), 'set to 1'],
  [
    'a budget and an answer to continue',
    SONNET_45,
    { ...fields(budget(2000)), messages: [user, assistant] },
    'Prefilling',
  ],
  [
    'a budget in a tool loop without thinking',
    SONNET_45,
    {
      ...fields(budget(2000)),
      toolConfig: { tools },
      messages: [
        user,
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'c' } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 'c', content: [] } }] },
      ],
    },
    'must start with a thinking block',
  ],
  [
    'a budget and a forced tool',
    SONNET_45,
    { ...fields(budget(2000)), toolConfig: { tools, toolChoice: { any: {} } } },
    'forces tool use',
  ],
  ['an effort that it lacks', OPUS_46, fields({ ...adaptive, output_config: { effort: 'xhigh' } }), 'Input should be'],
  [
    'no thinking, if it always thinks',
    OPUS_55,
    fields({ thinking: { type: 'disabled' } }),
    'disabled is not supported',
  ],
  ['effort in the field of the API', OPUS_46, { outputConfig: { effort: 'low' } }, 'outputConfig.effort'],
  [
    'effort and a length',
    NOVA_2,
    fields({ reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }),
    'must be unset',
  ],
  ["another model's field", QWEN, fields({ reasoning_effort: 'low' }), 'Extra inputs'],
  ['an answer to continue', OPUS_46, { messages: [user, assistant] }, 'prefill'],
  ['a forced tool', OPUS_55, { toolConfig: { tools, toolChoice: { any: {} } } }, 'not supported'],
  ['tools', MISTRAL, { toolConfig: { tools } }, 'tool use'],
  ['a system prompt', MISTRAL, { system: [{ text: 's' }] }, 'system'],
  [
    'a strict tool',
    OPUS_55,
    { toolConfig: { tools: [{ toolSpec: { ...tools[0]?.toolSpec, strict: true } }] } },
    'strict',
  ],
  ['a schema', OPUS_55, format({ type: 'object', additionalProperties: false }), 'output_config.format'],
  ['an open schema', GPT_OSS, format({ type: 'object' }), 'additionalProperties'],
  ['a schema with a range', GPT_OSS, format({ type: 'integer', minimum: 1 }), 'minimum'],
  ['an image', QWEN, { messages: [{ role: 'user', content: [{ image: {} }] }] }, 'image'],
  [
    'a document',
    'eu.amazon.nova-micro-v1:0',
    { messages: [{ role: 'user', content: [{ text: 't' }, { document: {} }] }] },
    'documents',
  ],
  [
    'unsigned reasoning',
    OPUS_55,
    {
      messages: [
        user,
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'x' } } }, { text: 'y' }] },
        user,
      ],
    },
    'signature',
  ],
  [
    'signed reasoning',
    GPT_OSS,
    {
      messages: [
        user,
        {
          role: 'assistant',
          content: [{ reasoningContent: { reasoningText: { text: 'x', signature: 's' } } }, { text: 'y' }],
        },
        user,
      ],
    },
    'signature',
  ],
  [
    'any reasoning',
    'eu.amazon.nova-lite-v1:0',
    {
      messages: [
        user,
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'x' } } }, { text: 'y' }] },
        user,
      ],
    },
    'reasoning content',
  ],
  ['a field that the API lacks', GPT_OSS, { inferenceConfig: { seed: 1 } }, 'extraneous key [seed]'],
  ['two turns of one side', GPT_OSS, { messages: [user, user] }, 'alternate'],
  [
    'calls without tools',
    GPT_OSS,
    { messages: [user, { role: 'assistant', content: [{ toolUse: { toolUseId: 'c' } }] }] },
    'toolConfig',
  ],
])('the strict Bedrock refuses %s', (_, model, over, message) => {
  expect(about(model, over)).toContain(message);
});

test.each<[string, string, object]>([
  [
    'adaptive thinking',
    OPUS_55,
    fields({ thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'max' } }),
  ],
  ['a budget', SONNET_45, fields(budget(4095))],
  ['the default temperature', OPUS_55, { inferenceConfig: { temperature: 1 } }],
  [
    'any of a model without a row',
    'maker.unknown',
    { inferenceConfig: { temperature: 0.5, topP: 0.5, stopSequences: ['x'] } },
  ],
])('it accepts %s', (_, model, over) => {
  expect(about(model, over)).toBeUndefined();
});

test('it does not find a model that has ended', () => {
  const call = { operation: 'converse', model: SONNET_45, body: { messages: [user] } };
  const lives = new Map([['anthropic.claude-haiku-4-5-20251001-v1:0', { endsAt: '2026-12-01' }]]);
  expect(complaintAbout(call, '2026-11-30', lives)).toBeUndefined();
  expect(complaintAbout(call, '2026-12-01', lives)).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
});

test('it streams no tools for a model that has none in a stream', () => {
  const large = 'mistral.mistral-large-2402-v1:0';
  expect(about(large, { toolConfig: { tools } })).toBeUndefined();
  expect(about(large, { toolConfig: { tools } }, 'converse-stream')).toContain('streaming mode');
});
