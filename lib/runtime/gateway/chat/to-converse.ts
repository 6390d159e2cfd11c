import { ApiError } from '../api-error';
import type { ConverseRequest } from '../bedrock';
import type { ChatRequest } from './request-schema';
import { toToolConfig } from './tool-config';
import { textBlocks, toTurns } from './turns';

/**
 * A chat completion in the form of Bedrock's Converse. System and developer messages come first there, wherever they
 * stood. `metadata` of the request isn't used: Bedrock would write it to its invocation log.
 *
 * @throws ApiError when something of it can't be expressed
 */
export function toConverse(request: ChatRequest): ConverseRequest {
  const system = request.messages.flatMap((message) =>
    message.role === 'system' || message.role === 'developer' ? textBlocks(message.content) : [],
  );
  return {
    messages: toTurns(request.messages),
    system: system.length > 0 ? system : undefined,
    toolConfig: toToolConfig(request),
    inferenceConfig: {
      maxTokens: maxTokens(request),
      temperature: request.temperature,
      // 1 is no restriction, and some models refuse it beside a temperature.
      topP: request.top_p === 1 ? undefined : request.top_p,
      stopSequences: typeof request.stop === 'string' ? [request.stop] : request.stop,
    },
  };
}

function maxTokens({ max_tokens, max_completion_tokens }: ChatRequest): number | undefined {
  if (max_tokens !== undefined && max_completion_tokens !== undefined && max_tokens !== max_completion_tokens) {
    throw new ApiError(
      400,
      'invalid_value',
      "'max_tokens' is the old name of 'max_completion_tokens'; give one of them",
      {
        param: 'max_tokens',
      },
    );
  }
  return max_completion_tokens ?? max_tokens;
}
