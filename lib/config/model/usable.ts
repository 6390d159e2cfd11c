import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideDestination } from '../../boundary/destination';
import { ON_DEMAND_MODELS } from '../../facts/generated/on-demand-models';
import { PROFILES } from '../../facts/generated/profiles';
import { SERVED_KINDS, UNSERVED_MODELS } from './not-yet';

const KINDS = new Map(ON_DEMAND_MODELS.map(({ modelId, kind }) => [modelId, kind]));
const TARGETS = [...PROFILES.map(({ id }) => id), ...ON_DEMAND_MODELS.map(({ modelId }) => modelId)];

/** The kind of a model that the gateway can't call; none for other models. */
export function kindNotServed(modelId: string): string | undefined {
  const unserved = UNSERVED_MODELS.get(modelId);
  if (unserved !== undefined) return unserved;
  const kind = KINDS.get(modelId);
  return kind === undefined || SERVED_KINDS.includes(kind) ? undefined : kind;
}

/** The models and profiles that may serve a request sent from a Region. */
export function usableTargets(boundary: ResidencyBoundary, sourceRegion: string): { id: string; modelId: string }[] {
  return TARGETS.flatMap((target) => {
    const decision = decideDestination(boundary, sourceRegion, target);
    if (!decision.inside) return [];
    const { id, modelId } = decision.destination;
    return kindNotServed(modelId) === undefined ? [{ id, modelId }] : [];
  });
}
