import type { Finish, ModelEvent, ModelUsage } from '../converse/model-event';

/** The identity of a completion, whole or in chunks. */
export interface ChatIdentity {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly model: string;
}

/** A chat completion, as OpenAI's clients read it. */
export interface ChatCompletion extends ChatIdentity {
  readonly object: 'chat.completion';
  readonly choices: readonly [Choice];
  readonly usage: ChatUsage;
}

interface Choice {
  readonly index: 0;
  readonly message: {
    readonly role: 'assistant';
    readonly content: string | null;
    readonly refusal: null;
    readonly annotations: readonly never[];
    /** OpenAI leaves reasoning out of chats. Other providers and their clients agree on this name. */
    readonly reasoning_content?: string;
    readonly tool_calls?: readonly ToolCall[];
  };
  readonly logprobs: null;
  readonly finish_reason: Finish;
}

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** The chat completion for a model's whole answer. */
export function toCompletion(events: readonly ModelEvent[], about: ChatIdentity): ChatCompletion {
  let text = '';
  let reasoning = '';
  let finish: Finish = 'stop';
  let usage: ModelUsage = { prompt: 0, completion: 0, cached: 0, cacheWrite: 0, reasoning: 0 };
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const event of events) {
    if (event.type === 'text') text += event.delta;
    else if (event.type === 'reasoning') reasoning += event.delta;
    else if (event.type === 'tool-call') calls.push({ id: event.id, name: event.name, arguments: '' });
    else if (event.type === 'tool-arguments') (calls.at(-1) as { arguments: string }).arguments += event.delta;
    else if (event.type === 'end') finish = event.finish;
    else if (event.type === 'usage') usage = event.usage;
  }
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
          annotations: [],
          ...(reasoning !== '' && { reasoning_content: reasoning }),
          ...(calls.length > 0 && {
            tool_calls: calls.map(({ id, ...call }) => ({ id, type: 'function' as const, function: call })),
          }),
        },
        logprobs: null,
        finish_reason: finish,
      },
    ],
    usage: toChatUsage(usage),
  };
}

/** Tokens under the names of chat completions. */
export function toChatUsage({ prompt, completion, cached, cacheWrite, reasoning }: ModelUsage): ChatUsage {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
