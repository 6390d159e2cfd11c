import { withNamedDocuments } from '../converse/documents';
import type { AnswerFormat, ModelRequest, Thinking } from '../converse/model-request';
import { type FunctionSpec, type ToolWish, toToolConfig } from '../converse/tool-config';
import { toTurns } from '../converse/turns';
import { ApiError } from '../errors/api-error';
import type { ModelFiles } from '../files/found-file';
import { cacheControlOf, cacheMarks } from './cache-marks';
import { toEntries, toSystem } from './entries';
import type { MessagesRequest } from './parameters';

/**
 * A message as a request to a model. Its labels aren't sent, because Bedrock would write them to its invocation log.
 *
 * @param files the files that it names
 * @throws ApiError if a part of it can't be expressed
 */
export function toModelRequest(request: MessagesRequest, files: ModelFiles = new Map()): ModelRequest {
  const { messages, tools, tool_choice: choice, stop_sequences: stop } = request;
  const system = toSystem(request.system, messages);
  return {
    converse: {
      messages: withNamedDocuments(toTurns(toEntries(messages, files), 'messages', system.length > 0), 'messages'),
      system: system.length > 0 ? system : undefined,
      toolConfig: toToolConfig({
        functions: tools?.map(toFunction),
        choice: toChoice(choice),
        choiceName: 'tool_choice.name',
      }),
      inferenceConfig: {
        maxTokens: request.max_tokens,
        temperature: request.temperature,
        topP: request.top_p,
        stopSequences: stop && stop.length > 0 ? stop : undefined,
      },
    },
    conversationParam: 'messages',
    systemParam: 'system',
    lengthParam: 'max_tokens',
    stopParam: 'stop_sequences',
    format: toFormat(request),
    thinking: toThinking(request),
    cacheControl: cacheControlOf(cacheMarks(request)),
    severalCalls: choice?.type === 'none' || choice?.disable_parallel_tool_use !== true,
  };
}

type Tool = NonNullable<MessagesRequest['tools']>[number];

function toFunction({ name, description, input_schema, strict, defer_loading }: Tool, index: number): FunctionSpec {
  if (!input_schema && defer_loading !== true) {
    const param = `tools[${index}].input_schema`;
    throw new ApiError(400, 'invalid_value', `'${param}' is required, of type object`, { param });
  }
  return { name, description, parameters: input_schema, strict };
}

function toChoice(choice: MessagesRequest['tool_choice']): ToolWish['choice'] {
  if (choice?.type === 'tool') return { name: choice.name };
  return choice?.type === 'any' ? 'required' : choice?.type;
}

/** The names of the request's own parameters, because a format has no name in Anthropic's API. */
function toFormat({ output_config, output_format }: MessagesRequest): AnswerFormat | undefined {
  const format = output_config?.format;
  if (format && output_format) {
    const param = 'output_format';
    const message = `'${param}' is the former name of 'output_config.format'; send only one of them`;
    throw new ApiError(400, 'invalid_value', message, { param });
  }
  const given = format ?? output_format;
  if (!given) return undefined;
  const param = format ? 'output_config.format' : 'output_format';
  return { param, schemaParam: `${param}.schema`, name: 'answer', schema: given.schema };
}

function toThinking({ thinking, output_config, max_tokens }: MessagesRequest): Thinking | undefined {
  const effort = output_config?.effort ?? undefined;
  if (thinking === undefined && effort === undefined) return undefined;
  const type = thinking?.type;
  if (thinking === undefined || thinking.type === 'disabled') return { type, effort };
  const budget = thinking.type === 'enabled' ? thinking.budget_tokens : undefined;
  if (budget !== undefined && max_tokens !== undefined && budget >= max_tokens) {
    const param = 'thinking.budget_tokens';
    throw new ApiError(400, 'invalid_value', `'${param}' must be less than 'max_tokens', which includes it`, { param });
  }
  return { type, budget, display: thinking.display ?? undefined, effort };
}
