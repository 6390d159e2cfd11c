import type { Draft, Fit, Unable } from './fit';

/** Texts that Claude refuses: a stop sequence of white space alone, and a beginning of its answer that ends with white space. */
export const fitClaude: Fit = (draft, { conversationParam, stopParam = 'stop' }): Draft | Unable => {
  const { messages, inferenceConfig } = draft.converse;
  if (inferenceConfig?.stopSequences?.some((text) => text.trim() === '')) {
    return {
      cannot: stopParam,
      why: 'this model accepts no stop sequence that consists of spaces or line breaks alone',
    };
  }
  const last = messages?.at(-1);
  const text = last?.role === 'assistant' ? last.content?.at(-1)?.text : undefined;
  if (text === undefined || text === text.trimEnd()) return draft;
  return {
    cannot: conversationParam,
    why: 'the last message is a beginning of the answer, which may not end with a space or a line break for this model',
  };
};
