import { CITY, PNG } from '../support/clients';
import { MODELS, StrictModels } from '../support/strict-models';
import { errorOf, LEAST, message } from './support';

const strict = new StrictModels();
async function ask(modelId: string, over: object) {
  const response = await strict.fetch(modelId, message({ max_tokens: 3_000, ...over }));
  const ignored = response.headers.get('x-residency-ignored');
  return { status: response.status, ignored, error: response.status === 200 ? undefined : await errorOf(response) };
}

const SONNET_45 = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const SONNET_46 = 'anthropic.claude-sonnet-4-6';
const OPUS_48 = 'anthropic.claude-opus-4-8';
const OPUS_55 = 'anthropic.claude-opus-5-5';
const HAIKU_55 = 'anthropic.claude-haiku-5-5';
const NOVA = 'amazon.nova-pro-v1:0';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const adaptive = { type: 'adaptive' };
const enabled = { type: 'enabled', budget_tokens: 2_000 };
const disabled = { type: 'disabled' };
const effort = (value: string) => ({ output_config: { effort: value } });

const call = { type: 'tool_use', id: 'c1', name: 'now', input: {} };
const reasoned = { type: 'thinking', thinking: 'hm', signature: 'sig' };
const loop = (...blocks: unknown[]) => ({
  tools: [{ name: 'now', input_schema: CITY, strict: true }],
  messages: [
    ...LEAST.messages,
    { role: 'assistant', content: [...blocks, call] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', is_error: true, content: 'no' }] },
  ],
});

test.each<[string, string, object, object | undefined, string | null]>([
  ['adaptive', SONNET_46, { thinking: adaptive }, { thinking: adaptive }, null],
  [
    'adaptive with an effort',
    SONNET_46,
    { thinking: adaptive, ...effort('low') },
    { thinking: adaptive, output_config: { effort: 'low' } },
    null,
  ],
  ['a budget', SONNET_45, { thinking: enabled }, { thinking: enabled }, null],
  [
    'a budget and an effort',
    SONNET_45,
    { thinking: enabled, ...effort('max') },
    { thinking: enabled },
    'output_config.effort',
  ],
  [
    'adaptive for a model with a budget',
    SONNET_45,
    { thinking: adaptive },
    { thinking: { type: 'enabled', budget_tokens: 1_500 } },
    null,
  ],
  [
    'an effort for a model with a budget',
    SONNET_45,
    { thinking: adaptive, ...effort('high') },
    { thinking: { type: 'enabled', budget_tokens: 2_400 } },
    null,
  ],
  [
    'a budget for an adaptive model',
    SONNET_46,
    { thinking: enabled },
    { thinking: adaptive },
    'thinking.budget_tokens',
  ],
  [
    'an effort alone, of a model that reasons only if asked',
    SONNET_46,
    effort('low'),
    undefined,
    'output_config.effort',
  ],
  [
    'an effort alone, of a model that reasons anyway',
    HAIKU_55,
    effort('low'),
    { thinking: adaptive, output_config: { effort: 'low' } },
    null,
  ],
  [
    'none, of a model that reasons only if asked',
    SONNET_46,
    { thinking: disabled, ...effort('low') },
    undefined,
    'output_config.effort',
  ],
  ['none, of a model that reasons unless told', HAIKU_55, { thinking: disabled }, { thinking: disabled }, null],
  [
    'none, of a model that always reasons',
    OPUS_55,
    { thinking: disabled, ...effort('low') },
    undefined,
    'output_config.effort, thinking',
  ],
  [
    'adaptive for a model with a budget, in an answer too short for it',
    SONNET_45,
    { thinking: adaptive, ...effort('low'), max_tokens: 1_024 },
    undefined,
    'thinking, output_config.effort',
  ],
  [
    'adaptive for a model with a budget, in a tool loop without reasoning',
    SONNET_45,
    { thinking: adaptive, ...effort('low'), ...loop() },
    undefined,
    'thinking, output_config.effort',
  ],
  ['nothing about it', HAIKU_55, {}, undefined, null],
  [
    'its text, of a model that hides it',
    OPUS_48,
    { thinking: { ...adaptive, display: 'summarized' } },
    { thinking: { ...adaptive, display: 'summarized' } },
    null,
  ],
  [
    'its text, of a model that shows it',
    SONNET_46,
    { thinking: { ...adaptive, display: 'summarized' } },
    { thinking: adaptive },
    null,
  ],
  [
    'no text, of a model that hides it',
    OPUS_48,
    { thinking: { ...adaptive, display: 'omitted' } },
    { thinking: adaptive },
    null,
  ],
  [
    'no text, of a model that shows it',
    SONNET_46,
    { thinking: { ...adaptive, display: 'omitted' } },
    { thinking: adaptive },
    'thinking.display',
  ],
  [
    'another binding',
    SONNET_46,
    { thinking: { ...adaptive, block_binding: { prefix_mismatch_behavior: 'drop_block' } } },
    { thinking: adaptive },
    'thinking.block_binding',
  ],
  [
    'adaptive for a model without',
    NOVA,
    { thinking: adaptive, ...effort('low') },
    undefined,
    'thinking, output_config.effort',
  ],
  ['adaptive for gpt-oss', GPT_OSS, { thinking: adaptive, ...effort('high') }, { reasoning_effort: 'high' }, null],
  ['a budget for gpt-oss', GPT_OSS, { thinking: enabled }, { reasoning_effort: 'medium' }, 'thinking.budget_tokens'],
])('reasoning: %s', async (_, modelId, over, fields, ignored) => {
  expect(await ask(modelId, over)).toMatchObject({ status: 200, ignored });
  expect(strict.sent.additionalModelRequestFields).toEqual(fields);
});

test.each<[string, string, object, string]>([
  ['a budget for a model without', NOVA, { thinking: enabled }, 'thinking'],
  [
    'an effort that the model does not have',
    SONNET_46,
    { thinking: adaptive, ...effort('xhigh') },
    'output_config.effort',
  ],
  ['a temperature with it', SONNET_46, { thinking: adaptive, temperature: 0.5 }, 'temperature'],
  [
    'a forced tool with it',
    SONNET_45,
    { thinking: enabled, tools: [{ name: 'now', input_schema: CITY }], tool_choice: { type: 'any' } },
    'tool_choice',
  ],
  ['a blank stop sequence', SONNET_46, { stop_sequences: ['END', ' '] }, 'stop_sequences'],
  ['stop sequences of a model without', GPT_OSS, { stop_sequences: ['END'] }, 'stop_sequences'],
])('refuses by its name: %s', async (_, modelId, over, param) => {
  const { error } = await ask(modelId, over);
  expect([strict.sent, error]).toEqual([
    undefined,
    expect.objectContaining({ status: 400, param, code: 'unsupported_value' }),
  ]);
});

const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } };
const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } };
const SAMPLES: readonly [name: string, body: object, names: readonly string[]][] = [
  ['nothing', {}, []],
  ['system', { system: 'be kind' }, ['system']],
  ['temperature', { temperature: 0.5 }, ['temperature']],
  ['both kinds of sampling', { temperature: 0.5, top_p: 0.9 }, ['temperature', 'top_p']],
  ['stop sequences', { stop_sequences: ['END'] }, ['stop_sequences']],
  ['a length', { max_tokens: 500_000 }, ['max_tokens']],
  ['adaptive', { thinking: adaptive }, ['thinking']],
  ['adaptive, low', { thinking: adaptive, ...effort('low') }, ['thinking', 'output_config.effort']],
  ['adaptive, max', { thinking: adaptive, ...effort('max') }, ['thinking', 'output_config.effort', 'max_tokens']],
  ['a budget', { thinking: enabled }, ['thinking', 'thinking.budget_tokens']],
  ['no reasoning', { thinking: disabled }, ['thinking']],
  ['an effort', effort('high'), ['output_config.effort', 'max_tokens']],
  ['a tool loop', loop(), ['tools', 'tools.strict']],
  [
    'a tool loop that reasons',
    { thinking: enabled, ...loop() },
    ['tools', 'tools.strict', 'thinking', 'thinking.budget_tokens'],
  ],
  ['a reasoned tool loop', { thinking: adaptive, ...loop(reasoned) }, ['tools', 'tools.strict', 'thinking']],
  ['one tool', { ...loop(), tool_choice: { type: 'tool', name: 'now' } }, ['tools', 'tools.strict', 'tool_choice']],
  [
    'a format',
    { output_config: { format: { type: 'json_schema', schema: CITY } } },
    ['output_config.format', 'output_config.format.schema'],
  ],
  ['prefill', { messages: [...LEAST.messages, { role: 'assistant', content: 'Well,' }] }, ['messages']],
  ['an image', { messages: [{ role: 'user', content: [image] }] }, ['messages']],
  ['a document', { messages: [{ role: 'user', content: [document] }] }, ['messages']],
  ['a cache', { cache_control: { type: 'ephemeral' }, system: 'x'.repeat(40_000) }, ['cache_control', 'system']],
];

test.each(SAMPLES)('each model gets %s, or the gateway refuses or lists it', async (_, body, names) => {
  const problems: string[] = [];
  for (const modelId of MODELS) {
    const { status, ignored, error } = await ask(modelId, body);
    const { complaint } = strict;
    if (complaint !== undefined) problems.push(`${modelId}: Bedrock refuses it: ${complaint}`);
    else if (status !== 200 && !names.includes(error.param))
      problems.push(`${modelId}: ${error.param}: ${error.message}`);
    else if (ignored?.split(', ').some((name) => !names.includes(name)))
      problems.push(`${modelId}: ignored ${ignored}`);
  }
  expect(problems).toEqual([]);
});

test('a refused effort names only efforts that a message can request', async () => {
  const { error } = await ask(SONNET_45, { thinking: adaptive, ...effort('max') });
  expect(error.message).toContain('this model accepts "low", "medium", "high", "xhigh"');
});

test('a failed tool is a status only where the model has one', async () => {
  await ask(SONNET_45, loop());
  expect(strict.sent.messages[2].content).toEqual([
    { toolResult: { toolUseId: 'c1', status: 'error', content: [{ text: 'no' }] } },
  ]);
  await ask(GPT_OSS, loop());
  expect(strict.sent.messages[2].content).toEqual([
    { toolResult: { toolUseId: 'c1', content: [{ text: '(The tool failed.)' }, { text: 'no' }] } },
  ]);
});

test('reasoning without a signature is left out', async () => {
  await ask(SONNET_45, loop({ type: 'thinking', thinking: 'hm', signature: '' }));
  expect(strict.sent.messages[1].content).toEqual([{ toolUse: { toolUseId: 'c1', name: 'now', input: {} } }]);
});
