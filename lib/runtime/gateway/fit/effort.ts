import type { Message } from '@aws-sdk/client-bedrock-runtime';
import type { EffortTrait } from '../../../facts/types';
import type { Effort, ModelRequest } from '../converse/model-request';
import { type Draft, type Fit, ignoring, type Unable, withFields, withInference } from './fit';
import { USUAL_OUTPUT } from './length';
import { NOTHING_KNOWN, type Traits } from './traits';

/** Reasoning: none, its effort, and its text. */
export const fitEffort: Fit = (draft, request, traits): Draft | Unable => {
  const { effort } = request;
  if (effort === undefined) return withText(draft, request, traits);
  const trait = traits.effort;
  const value = trait && nearest(trait, effort.value);
  if (trait && value)
    return value === 'none'
      ? withFields(draft, fieldsOf(trait, value))
      : reasoning(draft, request, traits, trait, value);
  if (effort.value === 'none') return withoutReasoning(draft, effort, traits);
  // OpenAI's default requests what a model without the parameter does anyway; of an unknown model that isn't certain.
  if (effort.value === 'medium') return traits === NOTHING_KNOWN ? ignoring(draft, effort.param) : draft;
  return {
    cannot: effort.param,
    why: trait ? `this model accepts ${listed(trait.values)}` : "this model's reasoning effort can't be chosen",
  };
};

/** The value that the model has for an effort. `minimal` means the least reasoning, which `low` is where nothing is less. */
function nearest({ values }: EffortTrait, value: Effort['value']): string | undefined {
  if (values.includes(value)) return value;
  return value === 'minimal' && values.includes('low') ? 'low' : undefined;
}

function withoutReasoning(draft: Draft, { param }: Effort, { reasoning: when }: Traits): Draft | Unable {
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

function reasoning(
  draft: Draft,
  { effort, conversationParam, lengthParam }: ModelRequest,
  traits: Traits,
  trait: EffortTrait,
  value: string,
): Draft | Unable {
  const param = effort?.param ?? '';
  const { messages = [], toolConfig, inferenceConfig } = draft.converse;
  const { maxTokens } = inferenceConfig ?? {};
  const forced = toolConfig?.toolChoice?.any ?? toolConfig?.toolChoice?.tool;
  if (forced && traits.forcedToolsWithReasoning === false) {
    return {
      cannot: 'tool_choice',
      why: `this model can't be made to call a tool while it reasons; leave out '${param}'`,
    };
  }
  if (trait.alone.includes(value) && maxTokens !== undefined) {
    return {
      cannot: lengthParam,
      why: `this model accepts no limit of tokens with '${param}' at ${listed(trait.alone)}`,
    };
  }
  const reasons = trait.alone.includes(value) ? 'alone' : isClaude(trait) ? 'claude' : 'freely';
  if (trait.by !== 'thinking-budget') return { ...withFields(draft, fieldsOf(trait, value)), reasons };
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
  return {
    ...withFields(withInference(draft, { maxTokens: limit }), {
      thinking: { type: 'enabled', budget_tokens: budget(value, limit) },
    }),
    reasons,
  };
}

const isClaude = ({ by }: EffortTrait) => by === 'adaptive' || by === 'thinking-budget';

/** The fewest tokens of reasoning that Claude accepts. */
const LEAST_BUDGET = 1_024;

/** The share of an answer's tokens that an effort may spend on reasoning. */
const SHARES: Readonly<Record<string, number>> = { minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95 };

/** Claude reasons well within 32,000 tokens, and Anthropic advises against more in one synchronous request. */
function budget(value: string, limit: number): number {
  const share = Math.floor((SHARES[value] ?? 0) * Math.min(limit, USUAL_OUTPUT));
  return Math.min(limit - 1, Math.max(LEAST_BUDGET, share));
}

function fieldsOf({ by, hidden }: EffortTrait, value: string): Readonly<Record<string, unknown>> {
  switch (by) {
    case 'adaptive':
      return { thinking: adaptive(hidden), output_config: { effort: value } };
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

const adaptive = (hidden: boolean) => ({ type: 'adaptive', ...(hidden && { display: 'summarized' }) });

/** A model that reasons anyway shows the text if the client requests a summary. */
function withText(draft: Draft, { showsReasoning }: ModelRequest, { effort, reasoning: when }: Traits): Draft {
  const reasons = when === 'on' || when === 'always';
  return showsReasoning && effort?.hidden && reasons ? withFields(draft, { thinking: adaptive(true) }) : draft;
}

/** Whether the conversation ends with results of calls that the model made without reasoning. */
function isLoopWithoutReasoning(messages: readonly Message[]): boolean {
  const [calls, results] = messages.slice(-2);
  const answersCalls = results?.content?.some(({ toolResult }) => toolResult) ?? false;
  return answersCalls && calls?.content?.[0]?.reasoningContent === undefined;
}

const listed = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');
