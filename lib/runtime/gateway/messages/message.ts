import { deeperThan, MAX_DEPTH } from '../../http/read-json';
import { malformedOutput } from '../converse/answer-error';
import type { Finish, ModelEvent, ModelUsage } from '../converse/model-event';
import { type AnswerBlock, AnswerBlocks } from './answer-blocks';

/** What an answer states besides the model's own output. */
export interface MessageAbout {
  readonly id: string;
  readonly model: string;
  /** Whether the client requests the model's reasoning. */
  readonly showsReasoning: boolean;
  readonly stopSequences: readonly string[];
}

type End = Extract<ModelEvent, { type: 'end' }>;

export const NO_USAGE: ModelUsage = { prompt: 0, completion: 0, cached: 0, cacheWrite: 0, reasoning: 0 };

/**
 * A whole answer as a message.
 *
 * @throws ApiError if the model's arguments of a tool aren't a JSON object, unless the limit of tokens cut them off
 */
export function toMessage(events: readonly ModelEvent[], about: MessageAbout) {
  const blocks = new AnswerBlocks(about.showsReasoning);
  const content: AnswerBlock[] = [];
  let json = '';
  let broken = false;
  let end: End = { type: 'end', finish: 'stop' };
  let usage = NO_USAGE;
  for (const event of events) {
    for (const step of blocks.steps(event)) {
      const last = content.at(-1);
      if (step.at === 'start') {
        json = '';
        content.push(step.block);
      } else if (step.at === 'delta') {
        const { delta } = step;
        if (delta.type === 'input_json_delta') json += delta.partial_json;
        else if (delta.type === 'text_delta' && last?.type === 'text') last.text += delta.text;
        else if (delta.type === 'thinking_delta' && last?.type === 'thinking') last.thinking += delta.thinking;
        else if (delta.type === 'signature_delta' && last?.type === 'thinking') last.signature += delta.signature;
      } else if (last?.type === 'tool_use') {
        const input = parsed(json);
        broken ||= input === undefined;
        last.input = input ?? {};
      }
    }
    if (event.type === 'end') end = event;
    else if (event.type === 'usage') usage = event.usage;
  }
  // Clients recognise an unfinished call by the reason; the same request would end there again.
  if (broken && end.finish !== 'length') throw malformedOutput();
  return { ...messageOf(about, content, usage), ...stopOf(end, about) };
}

/** A message before its end. */
export const messageOf = (
  { id, model }: MessageAbout,
  content: readonly AnswerBlock[] = [],
  usage: ModelUsage = NO_USAGE,
) => ({
  id,
  type: 'message' as const,
  role: 'assistant' as const,
  model,
  content,
  stop_reason: null as StopReason | null,
  stop_sequence: null as string | null,
  stop_details: null as { readonly type: 'refusal'; readonly category: null; readonly explanation: null } | null,
  container: null,
  diagnostics: null,
  usage: toUsage(usage),
});

export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'refusal'
  | 'model_context_window_exceeded';

const REASONS: Readonly<Record<Finish, StopReason>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

/** Why an answer ended. Converse doesn't say which stop sequence ended it, so only a single one is known. */
export function stopOf({ finish, detail }: End, { stopSequences }: MessageAbout) {
  const stop_reason = detail ?? REASONS[finish];
  const [only = null, ...others] = stopSequences;
  return {
    stop_reason,
    stop_sequence: stop_reason === 'stop_sequence' && others.length === 0 ? only : null,
    stop_details: stop_reason === 'refusal' ? { type: 'refusal' as const, category: null, explanation: null } : null,
  };
}

/** Tokens under the names of messages, whose input tokens contain none of the cache. */
export const toUsage = ({ prompt, completion, cached, cacheWrite, reasoning }: ModelUsage) => ({
  // A server's counts may contradict each other.
  input_tokens: Math.max(0, prompt - cached - cacheWrite),
  cache_creation_input_tokens: cacheWrite,
  cache_read_input_tokens: cached,
  cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
  output_tokens: completion,
  output_tokens_details: { thinking_tokens: reasoning },
  server_tool_use: null,
  service_tier: 'standard' as const,
  inference_geo: null,
  speed: null,
});

/** The arguments of a tool; undefined if they aren't a JSON object, or one that a request can't repeat. */
function parsed(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json === '' ? '{}' : json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !deeperThan(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}
