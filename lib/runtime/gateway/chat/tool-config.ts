import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../api-error';
import type { ChatRequest, FunctionTool } from './request-schema';

type JsonObject = NonNullable<
  NonNullable<NonNullable<NonNullable<ToolConfiguration['tools']>[number]['toolSpec']>['inputSchema']>['json']
>;

/**
 * The tools of a request in Bedrock's form; none when the model is to call none.
 *
 * @throws ApiError when a choice can't be honoured
 */
export function toToolConfig(request: ChatRequest): ToolConfiguration | undefined {
  const { tools, tool_choice: choice } = request;
  const calledBefore = request.messages.some((message) => message.role === 'assistant' && message.tool_calls?.length);
  if (tools === undefined) {
    if (choice !== undefined && choice !== 'none') {
      throw invalid('tool_choice', "'tool_choice' chooses among 'tools', which the request doesn't give");
    }
    if (calledBefore) {
      throw invalid('tools', "'tools' must be given while the conversation holds tool calls, as in the first request");
    }
    return undefined;
  }
  if (choice === 'none') {
    if (!calledBefore) return undefined;
    throw new ApiError(
      400,
      'unsupported_value',
      "'tool_choice' can't be \"none\" once the conversation holds tool calls, because Bedrock then needs the tools and " +
        'would let the model call them',
      { param: 'tool_choice' },
    );
  }
  if (typeof choice === 'object' && !tools.some((tool) => tool.function.name === choice.function.name)) {
    throw invalid('tool_choice.function.name', "'tool_choice.function.name' must be the name of one of 'tools'");
  }
  return {
    tools: tools.map((tool) => ({ toolSpec: toToolSpec(tool) })),
    toolChoice:
      typeof choice === 'object'
        ? { tool: { name: choice.function.name } }
        : choice === 'required'
          ? { any: {} }
          : { auto: {} },
  };
}

function toToolSpec({ function: { name, description, parameters, strict } }: FunctionTool) {
  return {
    name,
    description: description || undefined,
    inputSchema: { json: (parameters ?? { type: 'object', properties: {} }) as JsonObject },
    strict: strict || undefined,
  };
}

const invalid = (param: string, message: string) => new ApiError(400, 'invalid_value', message, { param });
