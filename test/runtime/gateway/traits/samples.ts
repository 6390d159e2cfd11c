import { CITY, PNG } from '../support/clients';

// biome-ignore lint/suspicious/noExplicitAny: a request as it came over the wire, and a row as it is in the source file
type Loose = any;

/** A value of a parameter, and what is expected of it for each model. */
export interface Sample {
  readonly name: string;
  /** The parameter of the table. */
  readonly of: string;
  /** The parameters that a refusal or the header may name; by default only `of`. */
  readonly names?: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether the model accepts it, by its row. */
  readonly accepted: (row: Loose) => boolean;
  /** Whether it arrived: the body that Bedrock received. */
  readonly arrived: (sent: Loose, row: Loose) => boolean;
}

const always = () => true;
const user = { role: 'user', content: 'hello' };
const assistant = { role: 'assistant', content: 'Well,' };
const weather = { name: 'weather', parameters: CITY };
const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Lyon"}' } };
const loop = [
  user,
  { role: 'assistant', content: null, tool_calls: [call] },
  { role: 'tool', tool_call_id: 'c1', content: 'sun' },
];
const image = `data:image/png;base64,${PNG}`;
const text = `data:text/plain;base64,${Buffer.from('a text').toString('base64')}`;
const RANGE = { ...CITY, properties: { city: { type: 'integer', minimum: 1 } } };
const OPEN = { type: 'object', properties: { city: { type: 'string' } } };

const forces = (row: Loose) => row.forcedTools !== 'none';
/** The trait of low confidence allows nothing. */
const sure = (row: Loose, field: string) => row.fieldConfidence?.[field] !== 'low';
const callsTools = (row: Loose) => row.tools && sure(row, 'tools');
const forcesTools = (row: Loose) => callsTools(row) && forces(row) && sure(row, 'forcedTools');
const names = (row: Loose) => forcesTools(row) && row.forcedTools === 'named';
const effortOf = (row: Loose) => (sure(row, 'effort') ? row.effort : null);
const isClaude = (row: Loose) => ['adaptive', 'thinking-budget'].includes(effortOf(row)?.by);
const enforces = (row: Loose) => row.structuredOutput && sure(row, 'structuredOutput');
const samples = (row: Loose) => row.sampling !== 'none';

const field = ({ additionalModelRequestFields: sent = {} }: Loose) =>
  sent.output_config?.effort ??
  sent.reasoning_effort ??
  sent.reasoning_config ??
  sent.reasoningConfig?.maxReasoningEffort ??
  sent.thinking?.budget_tokens;

const SHARES: Readonly<Record<string, number>> = { minimal: 10, low: 20, medium: 50, high: 80, xhigh: 95 };

/** What an effort is sent as: the value itself, `low` for the least, or a share of at most 32,000 tokens. */
function sentAs(value: string, row: Loose): string | number | undefined {
  const effort = effortOf(row);
  if (effort === null) return undefined;
  if (effort.by === 'thinking-budget') {
    return Math.max(1024, Math.floor((Math.min(row.maxOutput, 32_000) * (SHARES[value] ?? 0)) / 100));
  }
  return value === 'minimal' ? 'low' : value;
}

const hasEffort = (value: string) => (row: Loose) => {
  const values: readonly string[] = effortOf(row)?.values ?? [];
  if (values.includes(value) || value === 'medium') return true;
  if (value === 'minimal') return values.includes('low');
  return value === 'none' && ['none', 'off', 'on'].includes(row.reasoning);
};

const arrivedEffort = (value: string) => (sent: Loose, row: Loose) => {
  const values: readonly string[] = effortOf(row)?.values ?? [];
  const own = values.includes(value) || (value === 'minimal' && values.includes('low'));
  if (own) return field(sent) === sentAs(value, row);
  const { thinking } = sent.additionalModelRequestFields ?? {};
  if (value === 'none' && row.reasoning === 'on') return thinking?.type === 'disabled';
  return field(sent) === undefined && thinking === undefined;
};

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];
const sampled = (value: number, key: 'temperature' | 'topP') => (sent: Loose, row: Loose) =>
  samples(row) ? sent.inferenceConfig[key] === value : sent.inferenceConfig[key] === undefined;

/** The samples that both APIs share; `request` puts a conversation and tools into the API's form. */
const common = (api: Api): Sample[] => [
  {
    name: 'temperature',
    of: 'temperature',
    body: { temperature: 0.5 },
    accepted: samples,
    arrived: sampled(0.5, 'temperature'),
  },
  {
    name: 'the default temperature',
    of: 'temperature',
    body: { temperature: 1 },
    accepted: always,
    arrived: sampled(1, 'temperature'),
  },
  { name: 'top_p', of: 'top_p', body: { top_p: 0.9 }, accepted: samples, arrived: sampled(0.9, 'topP') },
  { name: 'the default top_p', of: 'top_p', body: { top_p: 1 }, accepted: always, arrived: sampled(1, 'topP') },
  {
    name: 'temperature and top_p',
    of: 'temperature',
    body: { temperature: 0.5, top_p: 0.9 },
    accepted: ({ sampling }) => sampling === 'both',
    arrived: ({ inferenceConfig: { temperature, topP } }) => temperature === 0.5 && topP === 0.9,
  },
  {
    name: 'temperature and the default top_p',
    of: 'temperature',
    body: { temperature: 0.5, top_p: 1 },
    accepted: samples,
    arrived: sampled(0.5, 'temperature'),
  },
  {
    name: 'a length',
    of: api.length,
    body: { [api.length]: 2000 },
    accepted: always,
    arrived: ({ inferenceConfig }) => inferenceConfig.maxTokens === 2000,
  },
  {
    name: 'a length above the maximum',
    of: api.length,
    body: { [api.length]: 1_000_000 },
    accepted: ({ maxOutput }) => maxOutput === null,
    arrived: ({ inferenceConfig }, { maxOutput }) => inferenceConfig.maxTokens === (maxOutput ?? 1_000_000),
  },
  { name: 'tools', of: 'tools', body: api.tools(weather), accepted: callsTools, arrived: hasTool },
  {
    name: 'strict tools',
    of: 'tools',
    names: ['tools', 'tools.strict'],
    body: api.tools({ ...weather, strict: true }),
    accepted: (row) => callsTools(row) && row.strictTools !== false,
    arrived: (sent, row) => hasTool(sent) && (row.strictTools === false || sent.toolConfig.tools[0].toolSpec.strict),
  },
  {
    name: 'no tool',
    of: 'tool_choice',
    body: { ...api.tools(weather), tool_choice: 'none' },
    accepted: always,
    arrived: (sent) => !hasTool(sent),
  },
  {
    name: 'tools by choice',
    of: 'tool_choice',
    names: ['tools', 'tool_choice'],
    body: { ...api.tools(weather), tool_choice: 'auto' },
    accepted: callsTools,
    arrived: hasTool,
  },
  {
    name: 'any tool',
    of: 'tool_choice',
    names: ['tools', 'tool_choice'],
    body: { ...api.tools(weather), tool_choice: 'required' },
    accepted: forcesTools,
    arrived: ({ toolConfig }) => toolConfig.toolChoice.any !== undefined,
  },
  {
    name: 'a tool by name',
    of: 'tool_choice',
    names: ['tools', 'tool_choice'],
    body: { ...api.tools(weather), tool_choice: api.named },
    accepted: names,
    arrived: ({ toolConfig }) => toolConfig.toolChoice.tool.name === 'weather',
  },
  {
    name: 'one call',
    of: 'parallel_tool_calls',
    body: { parallel_tool_calls: false },
    accepted: always,
    arrived: always,
  },
  {
    name: 'one call of tools',
    of: 'parallel_tool_calls',
    names: ['tools'],
    body: { ...api.tools(weather), parallel_tool_calls: false },
    accepted: callsTools,
    arrived: hasTool,
  },
  { name: 'a stream', of: 'stream', body: { stream: true }, accepted: always, arrived: always },
  {
    name: 'a stream with tools',
    of: 'stream',
    names: ['tools'],
    body: { stream: true, ...api.tools(weather) },
    accepted: callsTools,
    arrived: hasTool,
  },
  {
    name: 'stream options',
    of: 'stream_options',
    body: { stream: true, stream_options: { include_obfuscation: true } },
    accepted: always,
    arrived: always,
  },
  ...['user', 'safety_identifier', 'prompt_cache_key'].map(
    (of): Sample => ({ name: of, of, body: { [of]: 'x' }, accepted: always, arrived: always }),
  ),
  ...api.formats,
  ...EFFORTS.map(
    (value): Sample => ({
      name: `effort ${value}`,
      of: api.effortTable,
      names: [api.effort],
      body: api.withEffort(value),
      accepted: hasEffort(value),
      arrived: arrivedEffort(value),
    }),
  ),
  {
    name: 'effort and temperature',
    of: api.effortTable,
    names: [api.effort, 'temperature'],
    body: { ...api.withEffort('high'), temperature: 0.5 },
    accepted: (row) =>
      hasEffort('high')(row) && samples(row) && !isClaude(row) && !effortOf(row)?.alone.includes('high'),
    arrived: (sent, row) => arrivedEffort('high')(sent, row) && sampled(0.5, 'temperature')(sent, row),
  },
  {
    name: 'effort, the default temperature and a high top_p',
    of: api.effortTable,
    names: [api.effort, 'temperature', 'top_p'],
    body: { ...api.withEffort('low'), temperature: 1, top_p: 0.98 },
    accepted: (row) => hasEffort('low')(row) && samples(row),
    arrived: (sent, row) => arrivedEffort('low')(sent, row) && sampled(0.98, 'topP')(sent, row),
  },
  {
    name: 'effort and a short length',
    of: api.effortTable,
    names: [api.effort, api.length],
    body: { ...api.withEffort('high'), [api.length]: 500 },
    accepted: (row) =>
      hasEffort('high')(row) && effortOf(row)?.by !== 'thinking-budget' && !effortOf(row)?.alone.includes('high'),
    arrived: (sent, row) => arrivedEffort('high')(sent, row) && sent.inferenceConfig.maxTokens === 500,
  },
  {
    name: 'effort and a forced tool',
    of: api.effortTable,
    names: [api.effort, 'tools', 'tool_choice'],
    body: { ...api.withEffort('low'), ...api.tools(weather), tool_choice: 'required' },
    accepted: (row) => hasEffort('low')(row) && forcesTools(row) && row.forcedToolsWithReasoning !== false,
    arrived: (sent, row) => arrivedEffort('low')(sent, row) && sent.toolConfig.toolChoice.any !== undefined,
  },
  {
    name: 'effort in a tool loop',
    of: api.effortTable,
    names: [api.effort, 'tools'],
    body: { ...api.withEffort('low'), ...api.tools(weather), ...api.conversation(loop) },
    accepted: (row) => callsTools(row) && hasEffort('low')(row) && effortOf(row)?.by !== 'thinking-budget',
    arrived: (sent, row) =>
      hasTool(sent) && (effortOf(row)?.by === 'thinking-budget' || arrivedEffort('low')(sent, row)),
  },
  {
    name: 'a system message',
    of: api.turns,
    body: api.conversation([{ role: 'system', content: 'be kind' }, user]),
    accepted: ({ system }) => system !== false,
    arrived: ({ system }) => system[0].text === 'be kind',
  },
  {
    name: 'an answer to continue',
    of: api.turns,
    body: api.conversation([user, assistant]),
    accepted: ({ prefill }) => prefill !== false,
    arrived: ({ messages }) => messages.at(-1).role === 'assistant',
  },
  {
    name: 'an image',
    of: api.turns,
    body: api.conversation([{ role: 'user', content: [api.image(image)] }]),
    accepted: ({ images }) => images,
    arrived: ({ messages }) => messages[0].content[0].image.source.bytes === PNG,
  },
  {
    name: 'a document',
    of: api.turns,
    body: api.conversation([{ role: 'user', content: [api.file(text)] }]),
    accepted: ({ documents }) => documents !== false,
    arrived: ({ messages }) => messages[0].content[0].document.format === 'txt',
  },
  {
    name: 'a tool loop',
    of: api.turns,
    names: ['tools'],
    body: { ...api.tools(weather), ...api.conversation(loop) },
    accepted: callsTools,
    arrived: ({ messages }) => messages[2].content[0].toolResult.toolUseId === 'c1',
  },
  {
    name: 'former calls without tools',
    of: api.turns,
    body: api.conversation(loop),
    accepted: always,
    arrived: ({ messages }) => messages.length === 3,
  },
];

const hasTool = ({ toolConfig }: Loose) => toolConfig?.tools[0].toolSpec.name === 'weather';

/** What differs between the two APIs. */
interface Api {
  readonly length: string;
  readonly turns: string;
  readonly effort: string;
  readonly effortTable: string;
  readonly named: object;
  readonly formats: readonly Sample[];
  tools(spec: object): Readonly<Record<string, unknown>>;
  conversation(messages: readonly object[]): Readonly<Record<string, unknown>>;
  withEffort(value: string): Readonly<Record<string, unknown>>;
  image(url: string): object;
  file(url: string): object;
}

const formats = (
  of: string,
  format: (kind: 'text' | 'json_object' | object) => Readonly<Record<string, unknown>>,
): Sample[] => {
  const byTool = ({ toolConfig, outputConfig }: Loose, _row: Loose) =>
    outputConfig?.textFormat !== undefined || toolConfig?.toolChoice !== undefined;
  const whole = [of, `${of}.json_schema.schema`, `${of}.format`, `${of}.format.schema`];
  return [
    { name: 'text', of, body: format('text'), accepted: always, arrived: always },
    { name: 'any object', of, names: whole, body: format('json_object'), accepted: forcesBy, arrived: byTool },
    {
      name: 'a schema',
      of,
      names: whole,
      body: format(CITY),
      accepted: (row) => enforces(row) || forcesBy(row),
      arrived: byTool,
    },
    { name: 'an open schema', of, names: whole, body: format(OPEN), accepted: forcesBy, arrived: byTool },
    { name: 'a schema with a range', of, names: whole, body: format(RANGE), accepted: forcesBy, arrived: byTool },
  ];
};

const forcesBy = (row: Loose) => forces(row) && sure(row, 'forcedTools');

const LONG = 'a long text '.repeat(2_000);
const caches = (row: Loose) => Boolean(row.cachePoints) && sure(row, 'cachePoints');
const cachesTools = (row: Loose) => caches(row) && row.cachePoints.fields.includes('tools');

/** Points in every field, wherever the client's mark stands, for a model that has a cache. */
const cachedSample = (list: 'messages' | 'input', tool: object): Sample => ({
  name: 'a wish to cache the prompt',
  of: 'cache_control',
  names: [list, 'cache_control', 'tools'],
  body: {
    tools: [tool],
    [list]: [
      { role: 'system', content: LONG },
      { ...user, cache_control: { type: 'ephemeral' } },
      assistant,
      { ...user, content: LONG },
    ],
  },
  accepted: (row) => callsTools(row) && caches(row),
  arrived: ({ messages, system = [], toolConfig }, row) => {
    const points = [messages[0].content, messages[2].content, system, toolConfig.tools].map(
      (blocks) => blocks.at(-1).cachePoint !== undefined,
    );
    return points.join() === [caches(row), caches(row), caches(row), cachesTools(row)].join();
  },
});

export const CHAT_SAMPLES: readonly Sample[] = [
  cachedSample('messages', { type: 'function', function: { ...weather, description: LONG } }),
  ...common({
    length: 'max_completion_tokens',
    turns: 'messages',
    effort: 'reasoning_effort',
    effortTable: 'reasoning_effort',
    named: { type: 'function', function: { name: 'weather' } },
    formats: formats('response_format', (kind) => ({
      response_format:
        typeof kind === 'string'
          ? { type: kind }
          : { type: 'json_schema', json_schema: { name: 'city', schema: kind } },
    })),
    tools: (spec) => ({ tools: [{ type: 'function', function: spec }] }),
    conversation: (messages) => ({ messages }),
    withEffort: (value) => ({ reasoning_effort: value }),
    image: (url) => ({ type: 'image_url', image_url: { url } }),
    file: (file_data) => ({ type: 'file', file: { file_data } }),
  }),
  {
    name: 'the former length',
    of: 'max_tokens',
    body: { max_tokens: 2000 },
    accepted: always,
    arrived: ({ inferenceConfig }) => inferenceConfig.maxTokens === 2000,
  },
  ...[['one stop', 'x'] as const, ['four stops', ['a', 'b', 'c', 'd']] as const].map(
    ([name, stop]): Sample => ({
      name,
      of: 'stop',
      body: { stop },
      accepted: ({ stopSequences }) => stopSequences !== 0,
      arrived: ({ inferenceConfig }) => inferenceConfig.stopSequences.join() === [stop].flat().join(),
    }),
  ),
  {
    name: 'reasoning that comes back',
    of: 'messages',
    body: { messages: [user, { ...assistant, reasoning_content: 'hm' }, user] },
    accepted: always,
    arrived: ({ messages }) => messages.length === 3,
  },
];

/** A signed block of Claude's reasoning, as this gateway issues it. */
const SIGNED = Buffer.from(JSON.stringify({ text: 'hm', signature: 'sig' })).toString('base64url');

const toItems = (messages: readonly Loose[]) =>
  messages.flatMap((message) => {
    if (message.role === 'tool')
      return [{ type: 'function_call_output', call_id: message.tool_call_id, output: message.content }];
    const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: json } }: Loose) => ({
      type: 'function_call',
      call_id: id,
      name,
      arguments: json,
    }));
    return calls.length > 0 ? calls : [message];
  });

export const RESPONSE_SAMPLES: readonly Sample[] = [
  cachedSample('input', { type: 'function', ...weather, description: LONG }),
  ...common({
    length: 'max_output_tokens',
    turns: 'input',
    effort: 'reasoning.effort',
    effortTable: 'reasoning',
    named: { type: 'function', name: 'weather' },
    formats: formats('text', (kind) => ({
      text: { format: typeof kind === 'string' ? { type: kind } : { type: 'json_schema', name: 'city', schema: kind } },
    })),
    tools: (spec) => ({ tools: [{ type: 'function', ...spec }] }),
    conversation: (messages) => ({ input: toItems(messages) }),
    withEffort: (value) => ({ reasoning: { effort: value } }),
    image: (image_url) => ({ type: 'input_image', image_url }),
    file: (file_data) => ({ type: 'input_file', file_data }),
  }),
  {
    name: 'instructions',
    of: 'instructions',
    body: { instructions: 'be kind' },
    accepted: ({ system }) => system !== false,
    arrived: ({ system }) => system[0].text === 'be kind',
  },
  {
    name: 'a summary of the reasoning',
    of: 'reasoning',
    body: { reasoning: { summary: 'auto' } },
    accepted: always,
    arrived: ({ additionalModelRequestFields: sent }, row) =>
      ['on', 'always'].includes(row.reasoning) && row.effort?.hidden
        ? sent.thinking.display === 'summarized'
        : sent === undefined,
  },
  {
    name: 'encrypted reasoning',
    of: 'include',
    body: { include: ['reasoning.encrypted_content'] },
    accepted: always,
    arrived: always,
  },
  { name: 'labels', of: 'metadata', body: { metadata: { a: 'b' } }, accepted: always, arrived: always },
  {
    name: 'signed reasoning in a tool loop, with effort',
    of: 'input',
    names: ['tools', 'reasoning.effort'],
    body: {
      tools: [{ type: 'function', ...weather }],
      reasoning: { effort: 'medium' },
      input: [user, { type: 'reasoning', summary: [], encrypted_content: SIGNED }, ...toItems(loop).slice(1)],
    },
    accepted: callsTools,
    arrived: ({ messages, additionalModelRequestFields: sent }, row) =>
      row.reasoningBack === 'signed'
        ? messages[1].content[0].reasoningContent.reasoningText.signature === 'sig' &&
          (!isClaude(row) || sent.thinking !== undefined)
        : messages[1].content[0].toolUse !== undefined,
  },
  {
    name: 'signed reasoning after a text',
    of: 'input',
    body: {
      input: [
        user,
        assistant,
        { type: 'reasoning', summary: [], encrypted_content: SIGNED },
        { ...assistant, content: 'yes' },
        user,
      ],
    },
    accepted: always,
    arrived: ({ messages }, row) =>
      (messages[1].content[0].reasoningContent !== undefined) === (row.reasoningBack === 'signed'),
  },
  {
    name: 'reasoning without an answer',
    of: 'input',
    body: { input: [user, { type: 'reasoning', summary: [], encrypted_content: SIGNED }, user] },
    accepted: always,
    arrived: ({ messages }) => messages.length === 1,
  },
];

/** Nothing but what the API requires, to which samples are added. */
export const LEAST = { 'chat/completions': { messages: [user] }, responses: { input: 'hello' } };
