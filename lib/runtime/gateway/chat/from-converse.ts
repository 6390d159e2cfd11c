import type { ConverseCommandOutput, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../api-error';

/** A chat completion, as OpenAI's clients read it. */
export interface ChatCompletion {
  readonly id: string;
  readonly object: 'chat.completion';
  /** Unix seconds. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly [Choice];
  readonly usage: Usage;
}

type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

interface Choice {
  readonly index: 0;
  readonly message: {
    readonly role: 'assistant';
    readonly content: string | null;
    readonly refusal: null;
    readonly tool_calls?: readonly ToolCall[];
  };
  readonly logprobs: null;
  readonly finish_reason: FinishReason;
}

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

/**
 * Bedrock's answer in OpenAI's form. Reasoning is left out, as OpenAI leaves it out of chat completions.
 *
 * @throws ApiError when the model's output was malformed, which no finish reason of OpenAI's can say
 */
export function fromConverse(
  answer: ConverseCommandOutput,
  about: Pick<ChatCompletion, 'id' | 'created' | 'model'>,
): ChatCompletion {
  const blocks = answer.output?.message?.content ?? [];
  const text = blocks.map((block) => block.text ?? '').join('');
  const calls = blocks.flatMap(({ toolUse }): ToolCall[] =>
    toolUse === undefined
      ? []
      : [
          {
            id: toolUse.toolUseId ?? '',
            type: 'function',
            function: { name: toolUse.name ?? '', arguments: JSON.stringify(toolUse.input ?? {}) },
          },
        ],
  );
  return {
    id: about.id,
    object: 'chat.completion',
    created: about.created,
    model: about.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          refusal: null,
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishReason(answer.stopReason),
      },
    ],
    usage: toUsage(answer.usage),
  };
}

function finishReason(reason: string | undefined): FinishReason {
  switch (reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'tool_use':
      return 'tool_calls';
    case 'guardrail_intervened':
    case 'content_filtered':
    case 'refusal':
      return 'content_filter';
    case 'malformed_model_output':
    case 'malformed_tool_use':
      throw new ApiError(
        502,
        'provider_failed',
        'the model made an output that its provider could not read; try again',
      );
    default:
      return 'stop';
  }
}

/** Bedrock counts what was read from or written to its cache apart; OpenAI's prompt tokens include both. */
function toUsage(usage: TokenUsage | undefined): Usage {
  const cached = usage?.cacheReadInputTokens ?? 0;
  const prompt = (usage?.inputTokens ?? 0) + cached + (usage?.cacheWriteInputTokens ?? 0);
  const completion = usage?.outputTokens ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
