import type { ModelTraitsFact } from '../../../facts/model-facts';
import type { Sourced } from '../../../facts/types';

/** What a model accepts. */
export type Traits = Omit<ModelTraitsFact, keyof Sourced | 'modelId'>;

/**
 * The traits of a model without a row, such as one that an owner admitted: it is sent messages, system prompts and a limit of tokens,
 * which every chat model accepts. Images and documents are part of the messages.
 */
export const NOTHING_KNOWN: Traits = {
  sampling: 'none',
  stopSequences: 0,
  system: null,
  reasoning: null,
  effort: null,
  reasoningBack: 'none',
  structuredOutput: false,
  tools: false,
  strictTools: false,
  forcedTools: 'none',
  forcedToolsWithReasoning: false,
  streamedTools: null,
  prefill: null,
  cachePoints: null,
  images: true,
  documents: null,
  contextWindow: null,
  maxOutput: null,
  defaultOutput: null,
};
