import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';

/** Whether an event is part of an answer or its regular end, and not only a sign that a model has begun. */
export function isContent({ contentBlockStart, contentBlockDelta, messageStop }: ConverseStreamOutput): boolean {
  const { text, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
  return Boolean(contentBlockStart?.start?.toolUse ?? messageStop ?? toolUse ?? reasoningContent ?? text);
}
