import type { Facts } from '../facts/facts';
import type { ModelKind } from '../facts/model-facts';
import { looksLikeProfile } from './profile-id';

/** The purpose of a foundation model; none if the facts don't know it. */
export const kindOf = (facts: Facts, modelId: string): ModelKind | undefined =>
  facts.model(modelId)?.kind ?? facts.onDemandModel(modelId)?.kind;

/** The maker of a foundation model, from its id: `anthropic`. */
export const makerOf = (modelId: string): string => modelId.slice(0, Math.max(0, modelId.indexOf('.')));

/** The kind of a model, or the likely one: a model of which nothing is known answers prompts, unless its id says that it embeds. */
export const likelyKind = (facts: Facts, modelId: string): ModelKind =>
  kindOf(facts, modelId) ?? (/embed/.test(modelId) ? 'embedding' : 'text');

/** The model's own id in the id of a profile: what follows the geography. */
export const modelIdIn = (id: string): string => (looksLikeProfile(id) ? id.slice(id.indexOf('.') + 1) : id);
