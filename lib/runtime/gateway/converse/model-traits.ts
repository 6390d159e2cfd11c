/** How a model is told how much to reason. */
export type EffortSupport = 'output-config' | 'model-field' | 'none';

/** What a model can be asked for beyond an answer. */
export interface ModelTraits {
  /** Bedrock itself holds the model to a JSON schema. */
  readonly format: boolean;
  /** The model can be made to call one tool, by whose input it answers. */
  readonly forcedTool: boolean;
  readonly effort: EffortSupport;
}

interface Row extends ModelTraits {
  readonly models: RegExp;
}

/**
 * By foundation model, the first row that fits. Sources, read 2026-11-24: the Bedrock user guide on structured output
 * (Claude 4.5 and 4.6, and open-weight models of eight makers), on tool choice (Claude, Nova), and on the parameters of gpt-oss.
 */
const ROWS: readonly Row[] = [
  { models: /^anthropic\.claude-(opus-4-[56]|sonnet-4-6)/, format: true, forcedTool: true, effort: 'output-config' },
  { models: /^anthropic\.claude-(haiku|sonnet)-4-5/, format: true, forcedTool: true, effort: 'none' },
  { models: /^(anthropic\.claude|amazon\.nova)-/, format: false, forcedTool: true, effort: 'none' },
  { models: /^openai\.gpt-oss-(20|120)b/, format: true, forcedTool: false, effort: 'model-field' },
  {
    models: /^mistral\.(mistral-7b|mixtral|mistral-large-2402|pixtral)/,
    format: false,
    forcedTool: false,
    effort: 'none',
  },
  {
    models: /^(deepseek|google|minimax|mistral|moonshotai|nvidia|qwen)\./,
    format: true,
    forcedTool: false,
    effort: 'none',
  },
];

/** What a foundation model can do; one that no row fits is asked for nothing more than an answer. */
export function traitsOf(modelId: string): ModelTraits {
  return ROWS.find(({ models }) => models.test(modelId)) ?? { format: false, forcedTool: false, effort: 'none' };
}
