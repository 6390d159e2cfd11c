import type { Message } from '@aws-sdk/client-bedrock-runtime';
import type { EffortTrait } from '../../../facts/model-facts';
import { EFFORTS, type ModelRequest } from '../converse/model-request';
import { type Draft, ignoring, type Unable, withFields, withInference } from './fit';
import { USUAL_OUTPUT } from './length';
import type { Traits } from './traits';

/** Reasoning that a request switches on. */
export interface Wanted {
  /** The parameter that requests it. */
  readonly param: string;
  /** One of the model's values; undefined if the model decides itself. */
  readonly value?: string;
  /** The most tokens of reasoning, for a model that takes a number. By default, a share of the answer's tokens. */
  readonly budget?: number;
  /** Whether a model that hides the text of its reasoning is asked for it. */
  readonly shown: boolean;
}

/** The value that the model has for an effort. `minimal` means the least reasoning, which `low` is where nothing is less. */
export function nearest({ values }: EffortTrait, value: string): string | undefined {
  if (values.includes(value)) return value;
  return value === 'minimal' && values.includes('low') ? 'low' : undefined;
}

/** The refusal of an effort that the model doesn't have. It names only values that the endpoint has too. */
export function notAmong({ values }: EffortTrait, param: string, known: readonly string[] = EFFORTS): Unable {
  const both = values.filter((value) => known.includes(value));
  const why = both.length > 0 ? `this model accepts ${listed(both)}` : "this model's reasoning effort can't be chosen";
  return { cannot: param, why };
}

/** The draft without reasoning, if the model can do without. */
export function withoutReasoning(draft: Draft, param: string, { effort, reasoning: when }: Traits): Draft | Unable {
  if (effort?.values.includes('none')) return withFields(draft, fieldsOf(effort, { value: 'none', shown: false }));
  switch (when) {
    case 'none':
    case 'off':
      return draft;
    case 'on':
      return withFields(draft, { thinking: { type: 'disabled' } });
    case 'always':
      return { cannot: param, why: "this model's reasoning can't be switched off" };
    case null:
      return { cannot: param, why: "it isn't known whether this model's reasoning can be switched off" };
  }
}

/** The draft with reasoning, which excludes some other parameters. */
export function withReasoning(
  draft: Draft,
  { conversationParam, lengthParam }: ModelRequest,
  traits: Traits,
  trait: EffortTrait,
  wanted: Wanted,
): Draft | Unable {
  const { param, value } = wanted;
  const { messages = [], toolConfig, inferenceConfig } = draft.converse;
  const { maxTokens } = inferenceConfig ?? {};
  const forced = toolConfig?.toolChoice?.any ?? toolConfig?.toolChoice?.tool;
  if (forced && traits.forcedToolsWithReasoning === false) {
    return {
      cannot: 'tool_choice',
      why: `this model can't be made to call a tool while it reasons; leave out '${param}'`,
    };
  }
  const isAlone = value !== undefined && trait.alone.includes(value);
  if (isAlone && maxTokens !== undefined) {
    return {
      cannot: lengthParam,
      why: `this model accepts no limit of tokens with '${param}' at ${listed(trait.alone)}`,
    };
  }
  const reasons = isAlone ? 'alone' : isClaude(trait) ? 'claude' : 'freely';
  if (trait.by !== 'thinking-budget') return { ...withFields(draft, fieldsOf(trait, wanted)), reasons };
  if (messages.at(-1)?.role === 'assistant') {
    return {
      cannot: conversationParam,
      why: `this model doesn't continue an answer while it reasons; leave out '${param}'`,
    };
  }
  // Within a tool loop, reasoning can't be switched on later, and a client of chats has no way to send it back.
  if (isLoopWithoutReasoning(messages)) return ignoring(draft, param);
  const limit = maxTokens ?? traits.maxOutput ?? USUAL_OUTPUT;
  if (limit <= LEAST_BUDGET) {
    return {
      cannot: lengthParam,
      why: `this model's reasoning takes ${LEAST_BUDGET} of these tokens or more; raise it, or leave out '${param}'`,
    };
  }
  const tokens = wanted.budget ?? budget(value ?? '', limit);
  const budget_tokens = Math.min(limit - 1, tokens);
  const limited = withInference(draft, { maxTokens: limit });
  return {
    ...withFields(wanted.budget !== undefined && tokens > budget_tokens ? ignoring(limited, BUDGET) : limited, {
      thinking: { type: 'enabled', budget_tokens },
    }),
    reasons,
  };
}

const isClaude = ({ by }: EffortTrait) => by === 'adaptive' || by === 'thinking-budget';

/** The parameter that sets a number of tokens. */
export const BUDGET = 'thinking.budget_tokens';

/** The fewest tokens of reasoning that Claude accepts. */
export const LEAST_BUDGET = 1_024;

/** The share of an answer's tokens that an effort may spend on reasoning. */
const SHARES: Readonly<Record<string, number>> = { minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95 };

/** Claude reasons well within 32,000 tokens, and Anthropic advises against more in one synchronous request. */
function budget(value: string, limit: number): number {
  const share = Math.floor((SHARES[value] ?? 0) * Math.min(limit, USUAL_OUTPUT));
  return Math.max(LEAST_BUDGET, share);
}

/** The model's own fields for an effort. */
export function fieldsOf({ by, hidden }: EffortTrait, { value, shown }: Pick<Wanted, 'value' | 'shown'>) {
  switch (by) {
    case 'adaptive':
      return { thinking: adaptive(hidden && shown), ...(value !== undefined && { output_config: { effort: value } }) };
    case 'reasoning-effort':
      return { reasoning_effort: value };
    case 'reasoning-config':
      return { reasoning_config: value };
    case 'nova-reasoning':
      return { reasoningConfig: { type: 'enabled', maxReasoningEffort: value } };
    case 'thinking-budget':
      return {};
  }
}

/** Reasoning of which Claude decides the amount. */
export const adaptive = (shown: boolean) => ({ type: 'adaptive', ...(shown && { display: 'summarized' }) });

/** Whether the conversation ends with results of calls that the model made without reasoning. */
function isLoopWithoutReasoning(messages: readonly Message[]): boolean {
  const [calls, results] = messages.slice(-2);
  const answersCalls = results?.content?.some(({ toolResult }) => toolResult) ?? false;
  return answersCalls && calls?.content?.[0]?.reasoningContent === undefined;
}

const listed = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');
