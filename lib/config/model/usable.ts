import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { kindOf } from '../../boundary/model-kind';
import type { Facts } from '../../facts/facts';
import { SERVED_KINDS, UNSERVED_MODELS } from './not-yet';

/** The kind of a model that the gateway can't call; none for other models. */
export function kindNotServed(facts: Facts, modelId: string): string | undefined {
  const unserved = UNSERVED_MODELS.get(modelId);
  if (unserved !== undefined) return unserved;
  const kind = kindOf(facts, modelId);
  return kind === undefined || SERVED_KINDS.includes(kind) ? undefined : kind;
}

/** The models and profiles that may serve a request sent from a Region. */
export function usableTargets(boundary: ResidencyBoundary, sourceRegion: string): { id: string; modelId: string }[] {
  const facts = factsOf(boundary);
  const targets = [...facts.profiles.map(({ id }) => id), ...facts.onDemandModels.map(({ modelId }) => modelId)];
  return targets.flatMap((target) => {
    const decision = decideDestination(boundary, sourceRegion, target);
    if (!decision.inside) return [];
    const { id, modelId } = decision.destination;
    return kindNotServed(facts, modelId) === undefined ? [{ id, modelId }] : [];
  });
}
