import type { Message } from '@aws-sdk/client-bedrock-runtime';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { decideServer } from '@/lib/boundary/server';
import type { AnswerFormat, ModelRequest } from '@/lib/runtime/gateway/converse/model-request';
import { unenforceable } from '@/lib/runtime/gateway/fit/enforceable-schema';
import { prepare } from '@/lib/runtime/gateway/fit/prepare';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK } from '../support/gateway';
import { CLAUDE, GPT_OSS, PROJECT_RULES, serving } from '../support/policies';
import { allOf } from '../support/read-sse';
import { ScriptedBedrock, type Step, stop } from '../support/scripted-bedrock';

const QWEN = 'qwen.qwen3-32b-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const CLOSED = {
  type: 'object',
  additionalProperties: false,
  properties: { city: { type: 'string' } },
  required: ['city'],
};
const OPEN = { type: 'object', properties: { city: { type: 'string' } } };

function at(id: string, region = 'eu-central-1') {
  const decision = decideDestination(ResidencyBoundary.eu(), region, id);
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
}
function serverOf(url: string) {
  const decision = decideServer({ url, model: 'm', kind: 'text', region: 'eu-central-1' });
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
}
const server = serverOf('http://vllm.internal');
const request = (over: Partial<ModelRequest>): ModelRequest => ({
  converse: {},
  conversationParam: 'messages',
  systemParam: 'messages',
  lengthParam: 'max_tokens',
  severalCalls: true,
  ...over,
});
const format = (schema?: object): AnswerFormat => ({
  param: 'response_format',
  schemaParam: 'response_format.json_schema.schema',
  name: 'answer',
  schema: schema as never,
});
const tool = (name: string) => ({ toolSpec: { name, inputSchema: { json: {} } } });

test.each([
  ['Claude', CLAUDE],
  ['gpt-oss', GPT_OSS],
])('Bedrock itself holds %s to a closed schema', (_, id) => {
  expect(prepare(request({ format: { ...format(CLOSED), description: 'a city' } }), at(id), PROJECT_RULES)).toEqual({
    converse: {
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'answer', description: 'a city', schema: JSON.stringify(CLOSED) } },
        },
      },
    },
  });
});

test.each<[string, string, object | undefined]>([
  ['Claude, to an open schema', CLAUDE, OPEN],
  ['Claude, to any object', CLAUDE, undefined],
  ['Nova, to a closed schema', NOVA, CLOSED],
])('a tool holds %s', (_, id, schema) => {
  const prepared = prepare(request({ format: format(schema) }), at(id), PROJECT_RULES);
  expect(prepared).toMatchObject({
    answerTool: 'answer',
    converse: {
      toolConfig: {
        tools: [{ toolSpec: { name: 'answer', inputSchema: { json: schema ?? { type: 'object' } } } }],
        toolChoice: { tool: { name: 'answer' } },
      },
    },
  });
});

test.each<[string, object | undefined, string]>([
  ['an open schema', OPEN, 'response_format.json_schema.schema'],
  [
    'a schema with a range',
    { ...CLOSED, properties: { n: { type: 'integer', minimum: 1 } } },
    'response_format.json_schema.schema',
  ],
  ['any object', undefined, 'response_format'],
])('nothing holds Qwen to %s', (_, schema, cannot) => {
  expect(prepare(request({ format: format(schema) }), at(QWEN), PROJECT_RULES)).toMatchObject({ cannot });
});

test("with the client's own tools, the model may call any of them or answer", () => {
  const converse = { toolConfig: { tools: [tool('answer')], toolChoice: { auto: {} } } };
  expect(prepare(request({ converse, format: format(CLOSED) }), at(NOVA), PROJECT_RULES)).toMatchObject({
    answerTool: 'answer_answer',
    converse: {
      toolConfig: {
        tools: [{ toolSpec: { name: 'answer' } }, { toolSpec: { name: 'answer_answer' } }],
        toolChoice: { any: {} },
      },
    },
  });
});

test('the name of the tool that holds an answer is free, whatever names the client chose', () => {
  const name = 'a'.repeat(60);
  const taken = [name, `${'a'.repeat(55)}_answ`, `${'a'.repeat(50)}_answer`];
  const converse = { toolConfig: { tools: taken.map(tool), toolChoice: { auto: {} } } };
  const prepared = prepare(request({ converse, format: { ...format(CLOSED), name } }), at(NOVA), PROJECT_RULES);
  expect(prepared).toMatchObject({ answerTool: `${'a'.repeat(50)}_answer_2` });
});

const reference = (name: string) => ({ $ref: `#/$defs/${name}` });
const object = (properties: object, more: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const numbered = <T>(count: number, of: (n: number) => T) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, of(n)]));

test.each<[string, object, string | undefined]>([
  [
    'that names the next one twice, 60 levels deep',
    object(
      { x: reference('s0') },
      { $defs: numbered(60, (n) => object({ a: reference(`s${n + 1}`), b: reference(`s${n + 1}`) })) },
    ),
    undefined,
  ],
  [
    'in a chain of 5,000 references',
    object({ x: reference('s0') }, { $defs: numbered(5_000, (n) => reference(`s${n + 1}`)) }),
    'the schema may nest objects and references at most 500 deep',
  ],
  [
    'that names itself after ten others',
    object({ x: reference('s0') }, { $defs: numbered(10, (n) => object({ a: reference(`s${(n + 1) % 10}`) })) }),
    'the schema may not refer to itself',
  ],
])('a schema %s is followed in bounded steps', (_, schema, expected) => {
  const before = process.cpuUsage();
  expect(unenforceable(schema)).toBe(expected);
  expect(process.cpuUsage(before).user).toBeLessThan(5e5);
});

test.each([{ any: {} }, { tool: { name: 'f' } }])(
  'a model that has to call a tool makes no text to hold: %j',
  (toolChoice) => {
    const converse = { toolConfig: { tools: [tool('f')], toolChoice } };
    expect(prepare(request({ converse, format: format(CLOSED) }), at(NOVA), PROJECT_RULES)).toEqual({
      converse,
      ignored: ['response_format'],
    });
  },
);

test.each<[string, string, unknown]>([
  ['gpt-oss', GPT_OSS, { converse: { additionalModelRequestFields: { reasoning_effort: 'low' } } }],
  [
    'Claude Opus 4.6',
    'eu.anthropic.claude-opus-4-6-v1',
    {
      converse: { additionalModelRequestFields: { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } } },
    },
  ],
  [
    'Claude Haiku 4.5',
    'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    {
      converse: {
        inferenceConfig: { maxTokens: 64_000 },
        additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 6_400 } },
      },
    },
  ],
  ['Nova', NOVA, { cannot: 'reasoning_effort', why: expect.any(String) }],
])('tells %s how much to reason, if it can be told', (_, id, expected) => {
  expect(prepare(request({ effort: { param: 'reasoning_effort', value: 'low' } }), at(id), PROJECT_RULES)).toEqual(
    expected,
  );
});

test.each([
  ['Nova', NOVA, {}],
  ['gpt-oss', GPT_OSS, { additionalModelRequestFields: { reasoning_effort: 'medium' } }],
])("OpenAI's default effort is accepted for %s", (_, id, converse) => {
  const asked = request({ effort: { param: 'reasoning_effort', value: 'medium' } });
  expect(prepare(asked, at(id), PROJECT_RULES)).toEqual({ converse });
});

test('a conversation that begins with an answer is sent to Bedrock with a user before it, and as it is to a server', () => {
  const messages: Message[] = [
    { role: 'assistant', content: [{ text: 'The number is four.' }] },
    { role: 'user', content: [{ text: 'Which?' }] },
  ];
  const asked = request({ converse: { messages } });
  expect(prepare(asked, at(CLAUDE), PROJECT_RULES)).toEqual({
    converse: { messages: [{ role: 'user', content: [{ text: expect.stringContaining('not part') }] }, ...messages] },
  });
  expect(prepare(asked, server, PROJECT_RULES)).toMatchObject({ chat: { converse: { messages } } });
});

test('a function is required only of a model that supports it', () => {
  const converse = { toolConfig: { tools: [tool('weather')], toolChoice: { tool: { name: 'weather' } } } };
  expect(prepare(request({ converse }), at(CLAUDE), PROJECT_RULES)).toEqual({ converse });
  expect(prepare(request({ converse }), at(QWEN), PROJECT_RULES)).toMatchObject({ cannot: 'tool_choice' });
});

describe('over the wire', () => {
  const bedrock = new ScriptedBedrock();
  beforeAll(() => bedrock.start());
  afterAll(() => bedrock.stop());
  const policy = serving({ region: 'eu-central-1', id: NOVA });
  const json_schema = { name: 'city', schema: CLOSED };
  const asked = { ...HELLO, response_format: { type: 'json_schema', json_schema } };

  test('the call of the tool becomes the text of the answer', async () => {
    const content = [{ text: 'Here it is' }, { toolUse: { toolUseId: 'c', name: 'city', input: { city: 'Lyon' } } }];
    bedrock.replies(() => ({ json: { output: { message: { content } }, stopReason: 'tool_use' } }));
    const response = await gatewayFor(policy, bedrock.client()).gateway.fetch(chat(asked));
    const { choices } = (await response.json()) as { choices: { message: object }[] };
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: '{"city":"Lyon"}' } });
    expect(choices[0]?.message).not.toHaveProperty('tool_calls');
  });

  const streamed = (name: string): Step[] => [
    ['messageStart', { role: 'assistant' }],
    ['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 'c', name } } }],
    ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '{"city":' } } }],
    ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '"Lyon"}' } } }],
    ['contentBlockStop', { contentBlockIndex: 0 }],
    ...stop('tool_use'),
  ];
  const stream = async (over: Record<string, unknown>) => {
    const response = await gatewayFor(policy, bedrock.client()).gateway.fetch(
      chat({ ...asked, stream: true, ...over }),
    );
    return (await allOf(response)).flatMap(({ data }) => data.choices ?? []);
  };

  test('a streamed call becomes streamed text', async () => {
    bedrock.replies(() => ({ steps: streamed('city') }));
    const choices = await stream({});
    expect(choices.map(({ delta }) => delta.content ?? '').join('')).toBe('{"city":"Lyon"}');
    expect(choices.at(-1).finish_reason).toBe('stop');
  });

  test("a call of the client's own tool stays a call", async () => {
    bedrock.replies(() => ({ steps: streamed('weather') }));
    const choices = await stream({ tools: [{ type: 'function', function: { name: 'weather' } }] });
    expect(choices[1].delta.tool_calls[0].function.name).toBe('weather');
    expect(choices.at(-1).finish_reason).toBe('tool_calls');
  });
});

test.each<[string, Record<string, unknown>, string, string]>([
  [
    'a form that nothing holds its model to',
    { response_format: { type: 'json_object' } },
    'response_format',
    "'response_format' can't be honoured: this model has no way to enforce it; inside the EU, these models can: 'claude'",
  ],
  [
    'an open schema',
    { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: OPEN } } },
    'response_format.json_schema.schema',
    'every object of the schema needs "additionalProperties": false',
  ],
])('refuses %s before it calls, and says what could', async (_, over, param, message) => {
  const policy = serving({ region: 'eu-north-1', id: QWEN });
  const models = [...policy.models, { id: 'claude', destinations: [{ region: 'eu-central-1', id: CLAUDE }] }];
  const { gateway } = gatewayFor({ ...policy, models }, NO_BEDROCK);
  const error = await errorOf(await gateway.fetch(chat({ ...HELLO, ...over })));
  expect(error).toMatchObject({ status: 400, code: 'unsupported_value', param });
  expect(error.message).toContain(message);
});
