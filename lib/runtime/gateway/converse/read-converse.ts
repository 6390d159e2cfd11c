import type {
  ContentBlock,
  ConverseStreamOutput,
  ReasoningContentBlockDelta,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { mapped } from '../../http/stream/batches';
import type { ConverseAnswer } from '../bedrock/bedrock';
import { malformedOutput, streamWasCut } from './answer-error';
import type { Finish, FinishDetail, ModelEvent, ModelUsage } from './model-event';

/**
 * The events of a whole answer from Bedrock.
 *
 * @throws ApiError if the model's output was malformed, for which OpenAI has no finish reason
 */
export function readConverse(answer: ConverseAnswer): ModelEvent[] {
  return [...contentOf(answer), endOf(answer.stopReason), { type: 'usage', usage: usageOf(answer) }];
}

/** The tokens of a whole answer, whatever its output. */
export const usageOf = (answer: ConverseAnswer): ModelUsage =>
  toUsage(answer.usage, hasReasoning(answer) ? shareOfReasoning(contentOf(answer)) : 0);

const hasReasoning = ({ output }: ConverseAnswer): boolean =>
  output?.message?.content?.some(({ reasoningContent }) => reasoningContent !== undefined) ?? false;

const contentOf = ({ output }: ConverseAnswer): ModelEvent[] => (output?.message?.content ?? []).flatMap(blockEvents);

/**
 * The events of Bedrock's stream.
 *
 * @throws ApiError if the output was malformed, or the stream ends before the model does
 */
export function readConverseStream(stream: AsyncIterable<ConverseStreamOutput>): AsyncIterable<ModelEvent> {
  let ended = false;
  let openCall: 'no' | 'without arguments' | 'with arguments' = 'no';
  const counted = { reasoning: 0, all: 0 };
  const read = (event: ConverseStreamOutput, out: ModelEvent[]): void => {
    if (event.contentBlockDelta) {
      const { text, toolUse, reasoningContent } = event.contentBlockDelta.delta ?? {};
      const piece = text ?? toolUse?.input ?? reasoningContent?.text ?? '';
      counted.all += piece.length;
      if (reasoningContent) {
        counted.reasoning += piece.length;
        out.push(...reasoningDelta(reasoningContent));
      } else if (piece !== '') {
        if (toolUse) openCall = 'with arguments';
        out.push({ type: toolUse ? 'tool-arguments' : 'text', delta: piece });
      }
    } else if (event.contentBlockStart?.start?.toolUse) {
      const { toolUseId = '', name = '' } = event.contentBlockStart.start.toolUse;
      openCall = 'without arguments';
      out.push({ type: 'tool-call', id: toolUseId, name });
    } else if (event.contentBlockStop) {
      // A call of a function without parameters has no arguments at all, and clients parse the arguments as JSON.
      if (openCall === 'without arguments') out.push({ type: 'tool-arguments', delta: '{}' });
      openCall = 'no';
      out.push({ type: 'block-end' });
    } else if (event.messageStop) {
      ended = true;
      out.push(endOf(event.messageStop.stopReason));
    } else if (event.metadata) {
      const share = counted.reasoning / Math.max(1, counted.all);
      out.push({ type: 'usage', usage: toUsage(event.metadata.usage, share) });
    }
  };
  return mapped(stream, read, () => {
    if (!ended) throw streamWasCut();
  });
}

function blockEvents({ text, toolUse, reasoningContent }: ContentBlock): ModelEvent[] {
  if (toolUse) {
    const { toolUseId = '', name = '', input = {} } = toolUse;
    return [
      { type: 'tool-call', id: toolUseId, name },
      { type: 'tool-arguments', delta: JSON.stringify(input) },
      { type: 'block-end' },
    ];
  }
  if (reasoningContent) {
    const { reasoningText, redactedContent } = reasoningContent;
    return [
      ...reasoningDelta({ text: reasoningText?.text } as ReasoningContentBlockDelta),
      ...reasoningDelta({ signature: reasoningText?.signature, redactedContent } as ReasoningContentBlockDelta),
      { type: 'block-end' },
    ];
  }
  return text ? [{ type: 'text', delta: text }, { type: 'block-end' }] : [];
}

function reasoningDelta({ text, signature, redactedContent }: ReasoningContentBlockDelta): ModelEvent[] {
  if (text) return [{ type: 'reasoning', delta: text }];
  if (!signature && !redactedContent) return [];
  const redacted = redactedContent && Buffer.from(redactedContent).toString('base64');
  return [{ type: 'reasoning-proof', signature, redacted }];
}

const DETAILS: readonly FinishDetail[] = ['stop_sequence', 'model_context_window_exceeded'];

function endOf(reason: string | undefined): ModelEvent {
  const detail = DETAILS.find((known) => known === reason);
  return {
    type: 'end',
    finish: finish(reason),
    ...(reason === 'guardrail_intervened' && { intervened: true }),
    ...(detail && { detail }),
  };
}

function finish(reason: string | undefined): Finish {
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
      throw malformedOutput();
    default:
      return 'stop';
  }
}

/**
 * Bedrock counts cache reads and writes separately; OpenAI's prompt tokens include both. Bedrock counts reasoning with the
 * rest of the output, so its tokens are estimated by its share of the text.
 */
function toUsage(usage: TokenUsage | undefined, reasoningShare: number): ModelUsage {
  const cached = usage?.cacheReadInputTokens ?? 0;
  const cacheWrite = usage?.cacheWriteInputTokens ?? 0;
  const completion = usage?.outputTokens ?? 0;
  return {
    prompt: (usage?.inputTokens ?? 0) + cached + cacheWrite,
    completion,
    cached,
    cacheWrite,
    reasoning: Math.round(completion * reasoningShare),
  };
}

function shareOfReasoning(events: readonly ModelEvent[]): number {
  const length = (only: (event: ModelEvent) => boolean) =>
    events.filter(only).reduce((sum, event) => sum + ('delta' in event ? event.delta.length : 0), 0);
  return (
    length((event) => event.type === 'reasoning') /
    Math.max(
      1,
      length(() => true),
    )
  );
}
