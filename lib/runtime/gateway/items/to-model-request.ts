import { withNamedDocuments } from '../converse/documents';
import type { AnswerFormat, ModelRequest } from '../converse/model-request';
import { type ToolWish, toToolConfig } from '../converse/tool-config';
import { toTurns } from '../converse/turns';
import type { ModelFiles } from '../files/found-file';
import { toEntries, toFormerEntries, toSystem } from './entries';
import type { InputItem } from './items';
import type { ResponseRequest } from './parameters';

/**
 * The request of a response to a model.
 *
 * @param history the earlier items, as they are stored
 * @param files the files that the items name
 * @param before the items that precede all others
 * @throws ApiError if a part can't be expressed
 */
export function toModelRequest(
  request: ResponseRequest,
  history: readonly InputItem[] = [],
  files: ModelFiles = new Map(),
  before: readonly InputItem[] = [],
): ModelRequest {
  const { input, tools, tool_choice: choice, reasoning } = request;
  const system = [...toSystem(request.instructions, history), ...toSystem(undefined, input)];
  return {
    converse: {
      messages: withNamedDocuments(
        toTurns(
          [...toEntries(before, files, 'prompt'), ...toFormerEntries(history, files), ...toEntries(input, files)],
          'input',
          system.length > 0,
        ),
        'input',
      ),
      system: system.length > 0 ? system : undefined,
      toolConfig: toToolConfig({
        functions: tools,
        ...toChoice(choice),
      }),
      inferenceConfig: {
        maxTokens: request.max_output_tokens,
        temperature: request.temperature,
        topP: request.top_p,
      },
    },
    conversationParam: 'input',
    systemParam: request.instructions === undefined ? 'input' : 'instructions',
    lengthParam: 'max_output_tokens',
    format: toFormat(request),
    effort: reasoning?.effort ? { param: 'reasoning.effort', value: reasoning.effort } : undefined,
    showsReasoning: Boolean(reasoning?.summary ?? reasoning?.generate_summary),
    cacheControl: request.cache_control,
    severalCalls: request.parallel_tool_calls !== false,
  };
}

function toChoice(choice: ResponseRequest['tool_choice']): Pick<ToolWish, 'choice' | 'choiceName'> {
  if (typeof choice !== 'object' || choice.type === 'function') return { choice, choiceName: 'tool_choice.name' };
  const { mode, tools } = choice;
  return { choice: { mode, allowed: tools.map(({ name }) => name) }, choiceName: 'tool_choice.tools' };
}

function toFormat({ text }: ResponseRequest): AnswerFormat | undefined {
  const format = text?.format;
  const params = { param: 'text.format', schemaParam: 'text.format.schema' };
  switch (format?.type) {
    case 'json_object':
      return { ...params, name: 'answer' };
    case 'json_schema':
      return {
        ...params,
        name: format.name,
        description: format.description ?? undefined,
        schema: format.schema,
        strict: format.strict ?? undefined,
      };
    default:
      return undefined;
  }
}
