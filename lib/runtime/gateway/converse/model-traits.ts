/** The way in which a model receives its reasoning effort. */
export type EffortSupport = 'output-config' | 'model-field' | 'none';

/** The capabilities of a model besides answering. */
export interface ModelTraits {
  /** Bedrock itself enforces a JSON schema. */
  readonly format: boolean;
  /** The model can be required to call one tool, whose input is the answer. */
  readonly forcedTool: boolean;
  readonly effort: EffortSupport;
}

interface Row extends ModelTraits {
  readonly models: RegExp;
}

/**
 * By foundation model; the first row that matches applies. Sources, read 2026-11-24: the Bedrock user guide on structured output
 * (Claude 4.5 and 4.6, and open-weight models of eight providers), on tool choice (Claude, Nova), and on the parameters of gpt-oss.
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

/** The capabilities of a foundation model; a model that no row matches only answers. */
export function traitsOf(modelId: string): ModelTraits {
  return ROWS.find(({ models }) => models.test(modelId)) ?? { format: false, forcedTool: false, effort: 'none' };
}
