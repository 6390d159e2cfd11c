import type { AnswerFormat, ModelRequest } from '../converse/model-request';
import { toToolConfig } from '../converse/tool-config';
import { toTurns } from '../converse/turns';
import { toEntries, toSystem } from './entries';
import type { ResponseRequest } from './parameters';

/**
 * What a response asks of a model.
 *
 * @throws ApiError when something of it can't be expressed
 */
export function toModelRequest(request: ResponseRequest): ModelRequest {
  const { input, tools, tool_choice: choice, reasoning } = request;
  const system = toSystem(request.instructions, input);
  return {
    converse: {
      messages: toTurns(toEntries(input), 'input'),
      system: system.length > 0 ? system : undefined,
      toolConfig: toToolConfig({
        functions: tools,
        choice,
        choiceName: 'tool_choice.name',
        calledBefore: typeof input !== 'string' && input.some((item) => item.type === 'function_call'),
      }),
      inferenceConfig: {
        maxTokens: request.max_output_tokens,
        temperature: request.temperature,
        // 1 is no restriction, and some models refuse it beside a temperature.
        topP: request.top_p === 1 ? undefined : request.top_p,
      },
    },
    format: toFormat(request),
    effort: reasoning?.effort ? { param: 'reasoning.effort', value: reasoning.effort } : undefined,
    severalCalls: request.parallel_tool_calls !== false,
  };
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
