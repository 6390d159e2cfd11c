import { type Draft, type Fit, ignoring, withInference } from './fit';

/** The tokens of an answer for which the client sets no limit, where a limit is needed. */
export const USUAL_OUTPUT = 32_000;

/** The limit of the answer's tokens: the model's own if the client's is above it, which changes no answer. */
export const fitLength: Fit = (draft, { lengthParam }, { maxOutput, defaultOutput }): Draft => {
  const { maxTokens } = draft.converse.inferenceConfig ?? {};
  if (maxTokens === undefined) {
    if (defaultOutput === null) return draft;
    return withInference(draft, { maxTokens: Math.min(maxOutput ?? USUAL_OUTPUT, USUAL_OUTPUT) });
  }
  if (maxOutput === null || maxTokens <= maxOutput) return draft;
  return ignoring(withInference(draft, { maxTokens: maxOutput }), lengthParam);
};
