import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What Bedrock's Converse refuses, by the rows that the sources of the traits led to. The rules are written here a second time, from
 * the sources' words, and share no code with the gateway, so that a mistake in either shows.
 */

// biome-ignore lint/suspicious/noExplicitAny: a request as it came over the wire, and a row as it is in the source file
type Loose = any;

/** Bedrock's answer to a request that it refuses. */
export interface Complaint {
  readonly status: 400 | 404;
  readonly type: 'ValidationException' | 'ResourceNotFoundException';
  readonly message: string;
}

interface StrictCall {
  readonly operation: string;
  /** The id of a model or profile. */
  readonly model: string;
  readonly body: Loose;
}

const SOURCE = JSON.parse(readFileSync(path.join(__dirname, '../../../../lib/facts/source/models.json'), 'utf8'));

/** The rows of the source file, by model. */
export const TRAITS: ReadonlyMap<string, Loose> = new Map(SOURCE.traits.map((row: Loose) => [row.modelId, row]));
const LIVES: ReadonlyMap<string, Loose> = new Map(SOURCE.models.map((row: Loose) => [row.modelId, row]));

/**
 * Why Bedrock would refuse a call; undefined if it would answer.
 *
 * @param today the day by which models have ended; by default none has
 */
export function complaintAbout(
  { operation, model, body }: StrictCall,
  today = '0000-00-00',
  lives: ReadonlyMap<string, Loose> = LIVES,
): Complaint | undefined {
  if (!operation.startsWith('converse')) return undefined;
  const modelId = model.replace(/^(eu|us|global|apac)\./, '');
  if ((lives.get(modelId)?.endsAt ?? '9999-99-99') <= today) {
    const message = 'This model version has reached the end of its life. Please refer to the AWS documentation.';
    return { status: 404, type: 'ResourceNotFoundException', message };
  }
  const row = TRAITS.get(modelId);
  const bare = withoutPoints(body);
  const message =
    cacheProblem(row, body) ??
    guardrailProblem(body, operation) ??
    shapeProblem(bare) ??
    conversationProblem(bare) ??
    (row && (modelProblem(row, bare, operation) ?? fieldProblem(row, bare) ?? historyProblem(row, bare)));
  return message === undefined ? undefined : { status: 400, type: 'ValidationException', message };
}

const isPoint = ({ cachePoint }: Loose) => cachePoint !== undefined;
const without = (blocks: Loose) => blocks?.filter((block: Loose) => !isPoint(block));

/** A request as it would be without a cache. */
function withoutPoints({ system, toolConfig, messages, ...rest }: Loose): Loose {
  return {
    ...rest,
    ...(system && { system: without(system) }),
    ...(toolConfig && { toolConfig: { ...toolConfig, tools: without(toolConfig.tools) } }),
    messages: messages?.map((message: Loose) => ({ ...message, content: without(message.content) })),
  };
}

/** Cache points: which fields may have them, how many, and after what. A prefix that is too short is only not cached. */
function cacheProblem(row: Loose, { system = [], toolConfig, messages = [] }: Loose): string | undefined {
  const lists: [field: string, blocks: Loose[]][] = [
    ['tools', toolConfig?.tools ?? []],
    ['system', system],
    ...messages.map(({ content = [] }: Loose): [string, Loose[]] => ['messages', content]),
  ];
  const points = lists.flatMap(([field, blocks]) => blocks.filter(isPoint).map((block) => ({ field, block })));
  if (points.length === 0) return undefined;
  const trait = row?.fieldConfidence?.cachePoints === 'low' ? undefined : row?.cachePoints;
  if (!trait) return 'You invoked an unsupported model or your request did not allow prompt caching.';
  if (points.length > trait.most) return `A maximum of ${trait.most} blocks with cache_control may be provided.`;
  for (const { field, block } of points) {
    if (!trait.fields.includes(field)) return `cachePoint is not supported in ${field} for this model.`;
    const { type, ttl = '5m', ...other } = block.cachePoint;
    if (type !== 'default' || Object.keys(other).length > 0) return 'cachePoint.type must be default';
    if (!trait.ttl.includes(ttl)) return `cachePoint.ttl ${ttl} is not supported for this model.`;
  }
  const misplaced = lists.some(([, blocks]) =>
    blocks.some((block, at) => isPoint(block) && (at === 0 || isPoint(blocks[at - 1]))),
  );
  return misplaced ? 'A cachePoint must follow the content that it caches.' : undefined;
}

/** A guardrail's fields; only a stream has a mode. */
function guardrailProblem({ guardrailConfig }: Loose, operation: string): string | undefined {
  if (guardrailConfig === undefined) return undefined;
  const { guardrailIdentifier, guardrailVersion, trace = 'disabled', streamProcessingMode, ...other } = guardrailConfig;
  if (Object.keys(other).length > 0) return 'extraneous key in guardrailConfig is not permitted';
  if (
    !/^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail\/[a-z0-9]+)$/.test(guardrailIdentifier)
  )
    return 'The guardrail identifier is invalid.';
  if (!/^([1-9][0-9]{0,7}|DRAFT)$/.test(guardrailVersion)) return 'The guardrail version is invalid.';
  if (!['enabled', 'disabled', 'enabled_full'].includes(trace)) return 'The guardrail trace is invalid.';
  if (streamProcessingMode === undefined) return undefined;
  if (operation !== 'converse-stream') return 'extraneous key [streamProcessingMode] is not permitted';
  return ['sync', 'async'].includes(streamProcessingMode) ? undefined : 'The stream processing mode is invalid.';
}

const KEYS = [
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'additionalModelRequestFields',
  'outputConfig',
  'guardrailConfig',
];
const INFERENCE = ['maxTokens', 'temperature', 'topP', 'stopSequences'];

/** The shapes of the API itself, whatever the model. */
function shapeProblem({ inferenceConfig = {}, outputConfig = {}, toolConfig, ...rest }: Loose): string | undefined {
  const unknown =
    Object.keys(rest).find((key) => !KEYS.includes(key)) ??
    Object.keys(inferenceConfig).find((key) => !INFERENCE.includes(key));
  if (unknown !== undefined) return `extraneous key [${unknown}] is not permitted`;
  const { maxTokens, temperature, topP, stopSequences } = inferenceConfig;
  if (maxTokens !== undefined && !(Number.isInteger(maxTokens) && maxTokens >= 1))
    return 'maxTokens must be at least 1';
  for (const share of [temperature, topP]) {
    if (share !== undefined && !(share >= 0 && share <= 1)) return 'temperature and topP must be between 0 and 1';
  }
  if (stopSequences?.some((text: string) => text === '')) return 'stopSequences must not be empty';
  // No source names a model for this field.
  if (outputConfig.effort !== undefined) return "This model doesn't support the outputConfig.effort field";
  if (toolConfig !== undefined && !(toolConfig.tools?.length > 0)) return 'toolConfig.tools must have at least 1 item';
  if (toolConfig?.tools.some(({ toolSpec }: Loose) => toolSpec.inputSchema.json.type !== 'object')) {
    return 'toolConfig.tools.0.toolSpec.inputSchema.json.type must be object';
  }
  return undefined;
}

/** The order of turns and blocks. */
function conversationProblem({ messages, toolConfig }: Loose): string | undefined {
  if (!(messages?.length > 0) || messages[0].role !== 'user') {
    return 'A conversation must start with a user message. Try again with a conversation that starts with a user message.';
  }
  for (const [index, { role, content }] of messages.entries()) {
    if (index > 0 && role === messages[index - 1].role)
      return 'A conversation must alternate between user and assistant roles.';
    if (!(content?.length > 0)) return `The content field in the Message object at messages.${index} is empty.`;
    if (content.some(({ text }: Loose) => text !== undefined && text.trim() === '')) return 'The text field is blank.';
    const results = content.flatMap(({ toolResult }: Loose) => toolResult?.toolUseId ?? []);
    const calls = (messages[index - 1]?.content ?? []).flatMap(({ toolUse }: Loose) => toolUse?.toolUseId ?? []);
    if (role === 'user' && [...calls].sort().join() !== results.sort().join()) {
      return `The number of toolResult blocks at messages.${index}.content differs from toolUse blocks of previous turn.`;
    }
    if (toolConfig === undefined && content.some(({ toolUse, toolResult }: Loose) => toolUse ?? toolResult)) {
      return 'The toolConfig field must be defined when using toolUse and toolResult content blocks.';
    }
    if (content.some((block: Loose) => block.document) && !content.some(({ text }: Loose) => text)) {
      return 'A text block is required with a document block.';
    }
  }
  return undefined;
}

/** What the model's row says about everything but reasoning. */
function modelProblem(row: Loose, body: Loose, operation: string): string | undefined {
  const { messages, system, toolConfig, inferenceConfig = {}, outputConfig = {} } = body;
  const { temperature, topP, stopSequences, maxTokens } = inferenceConfig;
  if (row.sampling === 'none' && [temperature, topP].some((value) => value !== undefined && value !== 1)) {
    return '`temperature` and `top_p` are deprecated for this model.';
  }
  if (row.sampling === 'one' && temperature !== undefined && topP !== undefined) {
    return '`temperature` and `top_p` cannot both be specified for this model. Please use only one.';
  }
  if (row.modelId.startsWith('anthropic.')) {
    // https://github.com/BerriAI/litellm/issues/3286 and https://github.com/crewAIInc/crewAI/pull/4620
    if (stopSequences?.some((text: string) => text.trim() === '')) {
      return 'stop_sequences: each stop sequence must contain non-whitespace';
    }
    const { role, content } = messages.at(-1);
    if (role === 'assistant' && /\s$/.test(content.at(-1).text ?? '')) {
      return 'messages: final assistant content cannot end with trailing whitespace';
    }
  }
  if (row.stopSequences === 0 && stopSequences !== undefined) {
    return "This model doesn't support the stopSequences field. Remove stopSequences and try again.";
  }
  if (row.maxOutput !== null && maxTokens > row.maxOutput) {
    return `The maximum tokens you requested exceeds the model limit of ${row.maxOutput}.`;
  }
  if (row.system === false && system !== undefined) return "This model doesn't support system messages.";
  const parts = messages.flatMap(({ content }: Loose) =>
    content.flatMap((b: Loose) => [b, ...(b.toolResult?.content ?? [])]),
  );
  if (!row.images && parts.some(({ image }: Loose) => image))
    return "This model doesn't support the image content block.";
  if (row.documents === false && parts.some(({ document }: Loose) => document)) {
    return "This model doesn't support documents.";
  }
  if (outputConfig.textFormat !== undefined) {
    if (!row.structuredOutput) return 'output_config.format: Extra inputs are not permitted';
    const problem = schemaProblem(JSON.parse(outputConfig.textFormat.structure.jsonSchema.schema));
    if (problem !== undefined) return `output_config.format.schema: ${problem}`;
  }
  if (toolConfig === undefined) return undefined;
  if (!row.tools) return "This model doesn't support tool use.";
  if (row.streamedTools === false && operation === 'converse-stream') {
    return "This model doesn't support tool use in streaming mode.";
  }
  const { toolChoice, tools } = toolConfig;
  if (row.strictTools === false && tools.some(({ toolSpec }: Loose) => toolSpec.strict !== undefined)) {
    return 'tools.0.custom.strict: Extra inputs are not permitted';
  }
  if (toolChoice !== undefined && row.forcedTools === 'none') {
    return 'tool_choice: type tool and any are not supported for this model';
  }
  if (toolChoice?.tool && row.forcedTools === 'any') {
    return "This model doesn't support the toolConfig.toolChoice.tool field.";
  }
  return undefined;
}

/** Fields of the model's own, all of which are about reasoning. */
function fieldProblem(row: Loose, body: Loose): string | undefined {
  const { messages, toolConfig, inferenceConfig = {}, additionalModelRequestFields: fields = {} } = body;
  const { temperature, topP, maxTokens } = inferenceConfig;
  const own: Readonly<Record<string, readonly string[]>> = {
    adaptive: ['thinking', 'output_config'],
    'thinking-budget': ['thinking'],
    'reasoning-effort': ['reasoning_effort'],
    'reasoning-config': ['reasoning_config'],
    'nova-reasoning': ['reasoningConfig'],
  };
  const { by, values = [] } = row.effort ?? {};
  const unknown = Object.keys(fields).find((key) => !own[by]?.includes(key));
  if (unknown !== undefined) return `${unknown}: Extra inputs are not permitted`;
  if (Object.keys(fields).length === 0) return undefined;
  const { thinking, output_config, reasoning_effort, reasoning_config, reasoningConfig } = fields;
  const value = output_config?.effort ?? reasoning_effort ?? reasoning_config ?? reasoningConfig?.maxReasoningEffort;
  if (by !== 'thinking-budget' && value !== undefined && !values.includes(value)) {
    return `Input should be ${values.join(', ')}`;
  }
  if (by === 'nova-reasoning') {
    const given = [temperature, topP, maxTokens].some((number) => number !== undefined);
    if (reasoningConfig.type !== 'enabled') return 'reasoningConfig.type must be enabled';
    return value === 'high' && given ? 'temperature, topP and maxTokens must be unset with high effort' : undefined;
  }
  const forced = toolConfig?.toolChoice?.any ?? toolConfig?.toolChoice?.tool;
  const reasons = thinking === undefined ? value !== 'none' : thinking.type !== 'disabled';
  if (reasons && forced && row.forcedToolsWithReasoning === false) {
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  }
  if (thinking === undefined)
    return by === 'adaptive' ? 'output_config without thinking has no effect here' : undefined;
  if (thinking.type === 'disabled') {
    return row.reasoning === 'on' ? undefined : 'thinking.type: disabled is not supported for this model';
  }
  if (temperature !== undefined && temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled.';
  if (topP !== undefined && topP < 0.95)
    return '`top_p` must be greater than or equal to 0.95 when thinking is enabled.';
  if (by === 'adaptive') {
    return thinking.type === 'adaptive' ? undefined : '"thinking.type.enabled" is not supported for this model.';
  }
  if (thinking.type !== 'enabled') return 'thinking.type: adaptive is not supported for this model';
  const { budget_tokens: budget } = thinking;
  if (!(Number.isInteger(budget) && budget >= 1024)) return 'thinking.enabled.budget_tokens: Input should be >= 1024';
  if (!(maxTokens > budget)) return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  const last = messages.at(-1);
  if (last.role === 'assistant') return 'Prefilling assistant responses is not supported when thinking is enabled.';
  const answers = last.content.some(({ toolResult }: Loose) => toolResult);
  return answers && messages.at(-2).content[0].reasoningContent === undefined
    ? 'Expected `thinking` or `redacted_thinking`, but found `tool_use`. A final `assistant` message must start with a thinking block.'
    : undefined;
}

/** Reasoning that comes back, and the end of the conversation. */
function historyProblem(row: Loose, { messages }: Loose): string | undefined {
  if (row.prefill === false && messages.at(-1).role === 'assistant') {
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  }
  for (const { role, content } of messages) {
    const reasoning = content.flatMap(({ reasoningContent }: Loose) => reasoningContent ?? []);
    if (reasoning.length === 0) continue;
    const signed = reasoning.every((one: Loose) => one.redactedContent ?? one.reasoningText?.signature);
    if (role === 'user' || row.reasoningBack === null || row.reasoningBack === 'none') {
      return 'User messages cannot contain reasoning content. Please remove the reasoning content and try again.';
    }
    if (
      row.reasoningBack === 'unsigned' &&
      reasoning.some((one: Loose) => one.redactedContent ?? one.reasoningText?.signature)
    ) {
      return "This model doesn't support the reasoningContent.reasoningText.signature field.";
    }
    if (row.reasoningBack === 'signed' && !signed) return 'messages.1.content.0.thinking.signature: Field required';
    if (content[0].reasoningContent === undefined) return 'Expected `thinking` to be the first block of the turn.';
    if (reasoning.length === content.length) return 'This model does not support assistant message prefill.';
  }
  return undefined;
}

/** A schema that structured output can't enforce. Properties may have any names. */
function schemaProblem(schema: Loose, isMapOfSchemas = false): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if (!isMapOfSchemas && !Array.isArray(schema)) {
    if ([schema.type].flat().includes('object') && schema.additionalProperties !== false) {
      return "For 'object' type, 'additionalProperties' must be explicitly set to false";
    }
    const banned = 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf maxItems'.split(' ');
    const found = banned.find((word) => word in schema);
    if (found !== undefined) return `property '${found}' is not supported`;
    if (schema.minItems > 1) return "'minItems' values other than 0 or 1 are not supported";
  }
  for (const [key, value] of Object.entries(schema)) {
    if (!isMapOfSchemas && ['enum', 'const', 'default', 'required'].includes(key)) continue;
    const problem = schemaProblem(value, !isMapOfSchemas && ['properties', '$defs', 'definitions'].includes(key));
    if (problem !== undefined) return problem;
  }
  return undefined;
}
