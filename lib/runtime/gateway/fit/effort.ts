import type { ModelRequest } from '../converse/model-request';
import { type Draft, type Fit, ignoring, type Unable, withFields } from './fit';
import { adaptive, nearest, notAmong, withoutReasoning, withReasoning } from './reasoning';
import { fitThinking } from './thinking';
import { NOTHING_KNOWN, type Traits } from './traits';

/** Reasoning: none, its effort, and its text. */
export const fitEffort: Fit = (draft, request, traits): Draft | Unable => {
  const { effort, thinking } = request;
  if (thinking !== undefined) return fitThinking(draft, request, traits, thinking);
  if (effort === undefined) return withText(draft, request, traits);
  const { param, value: given } = effort;
  if (given === 'none') return withoutReasoning(draft, param, traits);
  const trait = traits.effort;
  const value = trait && nearest(trait, given);
  if (trait && value) return withReasoning(draft, request, traits, trait, { param, value, shown: true });
  // OpenAI's default requests what a model without the parameter does anyway; of an unknown model that isn't certain.
  if (given === 'medium') return traits === NOTHING_KNOWN ? ignoring(draft, param) : draft;
  return trait ? notAmong(trait, param) : { cannot: param, why: "this model's reasoning effort can't be chosen" };
};

/** A model that reasons anyway shows the text if the client requests a summary. */
function withText(draft: Draft, { showsReasoning }: ModelRequest, { effort, reasoning: when }: Traits): Draft {
  const reasons = when === 'on' || when === 'always';
  return showsReasoning && effort?.hidden && reasons ? withFields(draft, { thinking: adaptive(true) }) : draft;
}
