import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';

/**
 * Whether an event is part of an answer or its regular end, and not only a sign that a model has begun.
 *
 * @param withReasoning whether the client gets reasoning; without it, a failure after it can still be answered by another destination
 */
export function isContent(
  { contentBlockStart, contentBlockDelta, messageStop }: ConverseStreamOutput,
  withReasoning = true,
): boolean {
  const { text, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
  const reasoning = withReasoning ? reasoningContent : undefined;
  return Boolean(contentBlockStart?.start?.toolUse ?? messageStop ?? toolUse ?? reasoning ?? text);
}
