import type { EffortTrait } from '../../../facts/model-facts';
import { MESSAGE_EFFORTS, type ModelRequest, type Thinking } from '../converse/model-request';
import { type Draft, ignoring, type Unable } from './fit';
import { BUDGET, LEAST_BUDGET, nearest, notAmong, withoutReasoning, withReasoning } from './reasoning';
import type { Traits } from './traits';

/** The parameter that says how much a model reasons. */
export const EFFORT = 'output_config.effort';

/** The parameter that says whether its text is shown. */
export const DISPLAY = 'thinking.display';

/** The effort of a model that needs one, where the client sets none. */
const USUAL_EFFORT = 'medium';

/**
 * Reasoning as Anthropic's API requests it. An effort without reasoning has no place in Converse, so it is listed as ignored, as is every
 * other part that the model has no form for.
 */
export function fitThinking(draft: Draft, request: ModelRequest, traits: Traits, thinking: Thinking): Draft | Unable {
  const { type, effort } = thinking;
  const trait = traits.effort;
  const reasonsAnyway = traits.reasoning === 'on' || traits.reasoning === 'always';
  if (type === 'disabled') return disabled(effort ? ignoring(draft, EFFORT) : draft, traits);
  if (type === undefined) {
    if (trait === null || !reasonsAnyway) return effort ? ignoring(draft, EFFORT) : draft;
    return reasoning(draft, request, traits, trait, thinking);
  }
  if (trait === null) {
    if (type === 'enabled' && !reasonsAnyway) return { cannot: 'thinking', why: "this model can't be asked to reason" };
    return notReasoning(draft, effort);
  }
  return reasoning(draft, request, traits, trait, thinking);
}

/** Neither the reasoning nor its effort is requested. */
const notReasoning = (draft: Draft, effort: Thinking['effort']): Draft =>
  effort ? ignoring(ignoring(draft, 'thinking'), EFFORT) : ignoring(draft, 'thinking');

/** Clients switch reasoning off for small tasks, to save tokens. A model that always reasons gives the same answer. */
function disabled(draft: Draft, traits: Traits): Draft {
  const without = withoutReasoning(draft, 'thinking', traits);
  return 'cannot' in without ? ignoring(draft, 'thinking') : without;
}

function reasoning(
  draft: Draft,
  request: ModelRequest,
  traits: Traits,
  trait: EffortTrait,
  { type, budget, display, effort }: Thinking,
): Draft | Unable {
  const param = type === undefined ? EFFORT : 'thinking';
  const takesBudget = trait.by === 'thinking-budget';
  const ignored = [
    // Where the text is shown anyway, a client that doesn't want it can drop it.
    ...(display === 'omitted' && !trait.hidden ? [DISPLAY] : []),
    ...(budget !== undefined && !takesBudget ? [BUDGET] : []),
    ...(budget !== undefined && takesBudget && effort ? [EFFORT] : []),
  ];
  // Adaptive leaves it to the model whether it reasons at all, and a short answer has no room for it.
  const { maxTokens = Number.POSITIVE_INFINITY } = draft.converse.inferenceConfig ?? {};
  if (takesBudget && type === 'adaptive' && maxTokens <= LEAST_BUDGET) return notReasoning(draft, effort);
  const value = nearest(trait, effort ?? USUAL_EFFORT);
  // A number of tokens says more than an effort does.
  if (value === undefined && !(takesBudget && budget !== undefined)) return notAmong(trait, EFFORT, MESSAGE_EFFORTS);
  const fitted = withReasoning(ignored.reduce(ignoring, draft), request, traits, trait, {
    param,
    value: trait.by === 'adaptive' && effort === undefined ? undefined : value,
    budget,
    shown: display === 'summarized',
  });
  if ('cannot' in fitted || effort === undefined || fitted.ignored?.includes(EFFORT)) return fitted;
  // Without reasoning, its effort isn't sent either.
  return fitted.ignored?.includes('thinking') ? ignoring(fitted, EFFORT) : fitted;
}
