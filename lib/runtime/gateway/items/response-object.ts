import type { ModelUsage } from '../converse/model-event';
import type { ResponseRequest } from './parameters';
import { shownPrompt } from './stored-prompt';

/** A part of a model's message. */
export interface OutputText {
  readonly type: 'output_text';
  text: string;
  readonly annotations: readonly never[];
  readonly logprobs: readonly never[];
}

type Status = 'in_progress' | 'completed' | 'incomplete';

/** An item of a response's output, which grows while it is generated. */
export type OutputItem =
  | { readonly type: 'message'; readonly id: string; status: Status; readonly role: 'assistant'; content: OutputText[] }
  | {
      readonly type: 'function_call';
      readonly id: string;
      status: Status;
      readonly call_id: string;
      readonly name: string;
      arguments: string;
    }
  | {
      readonly type: 'reasoning';
      readonly id: string;
      status: Status;
      summary: { readonly type: 'summary_text'; text: string }[];
      encrypted_content?: string;
    };

/** A response, as OpenAI's clients read it. */
export type ResponseObject = ReturnType<typeof newResponse>;

/** The identity of a response, and where it is stored. */
interface Place {
  readonly id: string;
  /** @default - none */
  readonly conversation?: string | null;
  /** @default false */
  readonly stored?: boolean;
}

/**
 * A response that has just started: the request's values, repeated as OpenAI does, and no answer yet. Unset values are `null`, and every
 * field that the Open Responses specification requires is present.
 */
export function newResponse(request: ResponseRequest, { id, conversation, stored = false }: Place, time: Date) {
  return {
    id,
    object: 'response' as const,
    created_at: Math.floor(time.getTime() / 1000),
    completed_at: null as number | null,
    status: 'in_progress' as 'queued' | 'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled',
    background: request.background === true,
    error: null as { readonly code: ResponseFault; readonly message: string } | null,
    frequency_penalty: 0,
    incomplete_details: null as { readonly reason: 'max_output_tokens' | 'content_filter' } | null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: null,
    model: request.model,
    output: [] as readonly OutputItem[],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    ...(conversation && { conversation: { id: conversation } }),
    presence_penalty: 0,
    ...(request.prompt && { prompt: shownPrompt(request) }),
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: 'default',
    store: stored,
    temperature: request.temperature ?? 1,
    text: { format: request.text?.format ?? { type: 'text' }, verbosity: 'medium' },
    tool_choice: request.tool_choice ?? 'auto',
    tools: (request.tools ?? []).map(({ name, description, parameters, strict }) => ({
      type: 'function',
      name,
      description: description ?? null,
      parameters: parameters ?? null,
      strict: strict ?? false,
    })),
    top_logprobs: 0,
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? 'disabled',
    usage: null as ResponseUsage | null,
    user: request.user ?? null,
    metadata: request.metadata ?? {},
  };
}

/** Why a response failed, in OpenAI's words. */
export type ResponseFault = 'server_error' | 'rate_limit_exceeded' | 'invalid_prompt';

type ResponseUsage = ReturnType<typeof toResponseUsage>;

/** Tokens under the names of responses. */
export const toResponseUsage = ({ prompt, completion, cached, cacheWrite, reasoning }: ModelUsage) => ({
  input_tokens: prompt,
  input_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
  output_tokens: completion,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: prompt + completion,
});
