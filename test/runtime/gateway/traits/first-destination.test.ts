import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK, post } from '../support/gateway';
import { GPT_OSS, PROJECT, serving } from '../support/policies';
import { type Reply, ScriptedBedrock } from '../support/scripted-bedrock';

/** It thinks within a budget, and accepts a temperature or a top_p. */
const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const QWEN = 'qwen.qwen3-32b-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const LARGE = 'mistral.mistral-large-2402-v1:0';
const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const ANSWER: Reply = { json: { output: { message: { content: [{ text: 'yes' }] } }, stopReason: 'end_turn' } };
const THROTTLED: Reply = { status: 429, error: 'ThrottlingException' };
/** Answers by model; every other model is throttled. */
const answeredBy = (...models: string[]) =>
  bedrock.replies(({ model }) => (models.includes(model) ? ANSWER : THROTTLED));

const list = (...ids: string[]) => serving(...ids.map((id) => ({ region: 'eu-central-1', id })));
const declared = (policy: GatewayPolicy, interchangeable?: boolean): GatewayPolicy => ({
  ...policy,
  models: policy.models.map((model) => ({ ...model, interchangeable })),
});
const called = () => bedrock.calls.map(({ model }) => model);
const ask = async (policy: GatewayPolicy, over: object) =>
  gatewayFor(policy, bedrock.client()).gateway.fetch(chat({ ...HELLO, ...over }));

test.each<[string, object, string]>([
  ['effort', { reasoning_effort: 'xhigh', max_tokens: 1000 }, 'max_tokens'],
  ['temperature and top_p', { temperature: 0.5, top_p: 0.9 }, 'temperature'],
  ['an effort that only another model has', { reasoning_effort: 'max' }, 'reasoning_effort'],
])('%s never chooses a later destination', async (_, over, param) => {
  for (const interchangeable of [undefined, true, false]) {
    const policy = declared(list(CLAUDE, GPT_OSS), interchangeable);
    const { gateway } = gatewayFor(policy, NO_BEDROCK);
    expect(await errorOf(await gateway.fetch(chat({ ...HELLO, ...over })))).toMatchObject({
      status: 400,
      code: 'unsupported_value',
      param,
    });
  }
});

const prefilled = (content: string) => ({ messages: [...HELLO.messages, { role: 'assistant', content }] });

test.each<[string, object, string]>([
  ['a stop sequence of line breaks', { stop: ['x', '\n\n'] }, 'stop'],
  ['a beginning of its answer that ends with a space', prefilled('Yes, '), 'messages'],
])('Claude refuses %s, and other models are sent it', async (_, over, param) => {
  answeredBy(NOVA);
  expect(await errorOf(await ask(list(CLAUDE), over))).toMatchObject({ code: 'unsupported_value', param });
  expect(called()).toEqual([]);
  expect((await ask(list(NOVA), over)).status).toBe(200);
});

test.each<[string, object]>([
  ['a stop sequence with a line break', { stop: '\nHuman:' }],
  ['a beginning of its answer', prefilled('Yes,')],
])('Claude is sent %s', async (_, over) => {
  answeredBy(CLAUDE);
  expect((await ask(list(CLAUDE), over)).status).toBe(200);
  expect(bedrock.complaints).toEqual([]);
});

test('the refusal names both parameters, and the models that can', async () => {
  const both = {
    ...PROJECT,
    models: [...list(CLAUDE).models, { id: 'open', destinations: [{ region: 'eu-central-1', id: GPT_OSS }] }],
  };
  const { gateway } = gatewayFor(
    { ...both, projects: [{ id: 'helpdesk-bot', models: ['assistant', 'open'], limits: {} }] },
    NO_BEDROCK,
  );
  const { message } = await errorOf(await gateway.fetch(chat({ ...HELLO, temperature: 0.5, top_p: 0.9 })));
  expect(message).toBe(
    "'temperature' can't be honoured: this model accepts either 'temperature' or 'top_p', not both; leave out one of them; " +
      "inside the EU, these models can: 'open'",
  );
});

test('failover skips a destination whose model cannot accept a parameter', async () => {
  answeredBy(GPT_OSS);
  const response = await ask(list(CLAUDE, QWEN, GPT_OSS), {
    tools: [{ type: 'function', function: { name: 'f' } }],
    tool_choice: 'required',
  });
  expect(response.status).toBe(200);
  expect(called()).toEqual([CLAUDE, GPT_OSS]);
  expect(bedrock.complaints).toEqual([]);
});

test.each<[boolean | undefined, string[], number]>([
  [undefined, [CLAUDE, GPT_OSS], 200],
  [true, [CLAUDE, GPT_OSS], 200],
  [false, [CLAUDE, CLAUDE, CLAUDE], 429],
])('with interchangeable: %s, failover calls %j', async (interchangeable, models, status) => {
  answeredBy(GPT_OSS);
  expect((await ask(declared(list(CLAUDE, GPT_OSS), interchangeable), {})).status).toBe(status);
  expect(called()).toEqual(models);
});

test('without interchangeable models, another Region with the same model still answers', async () => {
  const ids = ['eu-central-1', 'eu-north-1'].map((region) => ({ region, id: CLAUDE }));
  let calls = 0;
  bedrock.replies(() => (++calls === 1 ? THROTTLED : ANSWER));
  expect((await ask(declared(serving(...ids, { region: 'eu-central-1', id: GPT_OSS }), false), {})).status).toBe(200);
  expect(called()).toEqual([CLAUDE, CLAUDE]);
});

test('the answer lists what was ignored by the model that answered', async () => {
  const policy = list(CLAUDE, GPT_OSS);
  answeredBy(CLAUDE);
  expect((await ask(policy, { max_tokens: 20_000 })).headers.get('x-residency-ignored')).toBeNull();
  answeredBy(GPT_OSS);
  const response = await ask(policy, { max_tokens: 20_000 });
  expect(response.headers.get('x-residency-ignored')).toBe('max_tokens');
  expect(bedrock.calls.at(-1)?.body.inferenceConfig).toEqual({ maxTokens: 16_384 });
});

test('a model without a row is sent messages, system prompts and a limit; everything else is refused by name', async () => {
  const origin = { kind: 'release', version: 1 } as const;
  const sourced = { source: 'a release', asOf: '2026-11-30', confidence: 'high' } as const;
  const modelId = 'maker.new-model-v1:0';
  const facts = [
    {
      origin,
      onDemandModels: [{ modelId, kind: 'text', regions: ['eu-central-1'], ...sourced }],
      modelRetention: [{ modelId, underNone: 'served', days: 0, keeper: null, what: 'nothing', ...sourced }],
    } as const,
  ];
  const policy = { ...list(modelId), facts };
  answeredBy(modelId);
  const plain = {
    max_tokens: 50,
    temperature: 1,
    top_p: 1,
    messages: [{ role: 'system', content: 's' }, ...HELLO.messages],
  };
  expect((await ask(policy, plain)).status).toBe(200);
  expect(bedrock.calls[0]?.body).toEqual({
    messages: [{ role: 'user', content: [{ text: 'hello' }] }],
    system: [{ text: 's' }],
    inferenceConfig: { maxTokens: 50 },
  });
  const tools = [{ type: 'function', function: { name: 'f' } }];
  for (const [param, over] of Object.entries({
    temperature: { temperature: 0.5 },
    top_p: { top_p: 0.5 },
    stop: { stop: 'x' },
    tools: { tools },
    response_format: { response_format: { type: 'json_object' } },
    reasoning_effort: { reasoning_effort: 'low' },
  })) {
    const { gateway } = gatewayFor(policy, NO_BEDROCK);
    const error = await errorOf(await gateway.fetch(chat({ ...HELLO, ...over })));
    expect(error).toMatchObject({ status: 400, param });
    expect(error.message).toContain('knows only that the model accepts messages');
  }
});

test('a model that streams no tools answers a stream with tools at once', async () => {
  answeredBy(LARGE);
  const tools = [{ type: 'function', name: 'f' }];
  const { gateway } = gatewayFor(
    declared(serving({ region: 'eu-west-3', id: LARGE })),
    bedrock.client({ endpoints: new Map([['eu-west-3', bedrock.url]]) }),
  );
  const response = await gateway.fetch(
    post('responses', { model: 'assistant', input: 'q', store: false, stream: true, tools }),
  );
  expect(await response.text()).toContain('"type":"response.completed"');
  expect(bedrock.calls.map(({ operation }) => operation)).toEqual(['converse']);
});
