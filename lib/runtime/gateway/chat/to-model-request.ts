import { withNamedDocuments } from '../converse/documents';
import type { AnswerFormat, ModelRequest } from '../converse/model-request';
import { type ToolWish, toToolConfig } from '../converse/tool-config';
import { toTurns } from '../converse/turns';
import { ApiError } from '../errors/api-error';
import type { ModelFiles } from '../files/found-file';
import { toEntries, toSystem } from './entries';
import type { ChatRequest } from './parameters';

/**
 * A chat completion as a request to a model. System and developer messages come first, from any position. The request's labels aren't
 * sent, because Bedrock would write them to its invocation log.
 *
 * @param files the files that it names
 * @throws ApiError if a part of it can't be expressed
 */
export function toModelRequest(request: ChatRequest, files: ModelFiles = new Map()): ModelRequest {
  const { messages, tools, tool_choice: choice, stop, reasoning_effort: effort } = request;
  const system = toSystem(messages);
  return {
    converse: {
      messages: withNamedDocuments(toTurns(toEntries(messages, files), 'messages', system.length > 0), 'messages'),
      system: system.length > 0 ? system : undefined,
      toolConfig: toToolConfig({
        functions: tools?.map((tool) => tool.function),
        ...toChoice(choice),
      }),
      inferenceConfig: {
        maxTokens: maxTokens(request),
        temperature: request.temperature,
        topP: request.top_p,
        stopSequences: typeof stop === 'string' ? [stop] : stop,
      },
    },
    conversationParam: 'messages',
    systemParam: 'messages',
    lengthParam: request.max_completion_tokens === undefined ? 'max_tokens' : 'max_completion_tokens',
    format: toFormat(request),
    effort: effort && { param: 'reasoning_effort', value: effort },
    cacheControl: request.cache_control,
    severalCalls: request.parallel_tool_calls !== false,
  };
}

function toChoice(choice: ChatRequest['tool_choice']): Pick<ToolWish, 'choice' | 'choiceName'> {
  if (typeof choice !== 'object') return { choice, choiceName: 'tool_choice' };
  if (choice.type === 'function') return { choice: choice.function, choiceName: 'tool_choice.function.name' };
  const { mode, tools } = choice.allowed_tools;
  return {
    choice: { mode, allowed: tools.map((tool) => tool.function.name) },
    choiceName: 'tool_choice.allowed_tools.tools',
  };
}

function toFormat({ response_format: format }: ChatRequest): AnswerFormat | undefined {
  const params = { param: 'response_format', schemaParam: 'response_format.json_schema.schema' };
  switch (format?.type) {
    case 'json_object':
      return { ...params, name: 'answer' };
    case 'json_schema': {
      const { name, description, schema, strict } = format.json_schema;
      // In OpenAI's API, a format without a schema allows any object.
      return {
        ...params,
        name,
        description: description ?? undefined,
        schema: schema ?? undefined,
        strict: strict ?? undefined,
      };
    }
    default:
      return undefined;
  }
}

function maxTokens({ max_tokens, max_completion_tokens }: ChatRequest): number | undefined {
  if (max_tokens !== undefined && max_completion_tokens !== undefined && max_tokens !== max_completion_tokens) {
    throw new ApiError(
      400,
      'invalid_value',
      "'max_tokens' is the former name of 'max_completion_tokens'; send only one of them",
      { param: 'max_tokens' },
    );
  }
  return max_completion_tokens ?? max_tokens;
}
